"""The words of normative English that offline extraction reads: who is bound, and how. Patterns ignore case."""

from __future__ import annotations

import re

from .cues import cued

GOVERNED = (
    r"(?:you|users?|employees?|staff|personnel|contractors?|agents?|assistants?|members?|participants?|researchers?"
    r"|students?|faculty|customers?|clients?|vendors?|suppliers?|providers?|third[- ]part(?:y"
    r"|ies)|administrators?|admins?"
    r"|managers?|owners?|custodians?|developers?|engineers?|individuals?|persons?|people|anyone"
    r"|everyone|everybody|no one"
    r"|nobody|workers?|workforce|agenc(?:y|ies)|organi[sz]ations?|operators?|teams?|part(?:y|ies)|visitors?|guests?"
    r"|licensees?|subscribers?|holders?|bots?|models?|reporters?|reviewers?|departments?|officers?"
    r"|volunteers?|partners?"
    r"|consultants?|associates?|colleagues|executives|supervisors|human|system|systems|authors?|recipients?|finders?"
    r"|drivers?|riders?|passengers?|pupils?|teachers?|instructors?|parents?|tenants?|residents?|patrons?|borrowers?"
    r"|cardholders?|patients?|clinicians?|nurses?|physicians?|technicians?|analysts?|scientists?|trainees?|interns?"
    r"|maintainers?|committers?|collaborators?|moderators?|attendees?|speakers?|sponsors?|exhibitors?|applicants?"
    r"|senders?|candidates?|merchants?|sellers?|buyers?|testers?|hunters?|crews?|trustees?|directors?|auditors?"
    r"|entit(?:y|ies)"
    r"|lessees?|signatories|renters?|hosts?|leads?|heads?|chairs?|editors?|stewards?|processors?|controllers?)"
)

PROHIBITION = cued(
    r"\b(?:will|would|shall|must|should|can) not be (?:permitted|allowed|tolerated|accepted|acceptable"
    r"|authori[sz]ed)\b"
    r"|\bno \w+(?: \w+){0,3} (?:is|are) (?:issued|given|granted|made|shared|stored|released|accepted"
    r"|installed|used|sent|processed|kept)\b|"
    r"\b(?:must|shall|may|can|should|will|would|ought to|are to|is to)\s+(?:not|never|neither|no longer)\b"
    r"|\b(?:cannot|can't|mustn't|shouldn't|won't|may n't|can not)\b"
    r"|\b(?:prohibit\w*|forbid\w*|forbidden|banned|disallow\w*|off[- ]limits|impermissible|unauthori[sz]ed (?:to"
    r"|for))\b"
    r"|\bnot (?:be )?(?:permitted|allowed|authori[sz]ed|acceptable|tolerated|possible|permissible)\b|\bunacceptable\b"
    r"|\b(?:refrain|abstain|desist)\b|\bagree(?:s|d)? (?:that you (?:will|shall) )?not to\b|\bnever\b"
    r"|\b(?:is|are) not to (?=\w)|\b(?:do not|don't)\b|\bunder no circumstances\b|\bin no (?:event|case)\b"
    r"|\bno \w+(?: \w+){0,4} (?:may|shall|must|can|should|is|are)\b|(?<!to )\bavoid(?:s|ing)?\b"
    r"|\b(?:no one|nobody) (?:may|shall|can|should|must|is)\b|\b(?:in|under) no circumstances?\b|\bnot (?:yours"
    r"|for you) to\b"
    r"|\bnot something you\b|\bwith (?:nobody|no one)\b|\bha(?:s|ve) no place\b|\b(?:barred|precluded"
    r"|excluded) from\b|\bout of bounds\b"
    r"|\bneither\b.* (?:may|shall)\b|\bzero[- ]tolerance\b"
    r"|\b(?:is|are) (?:a (?:serious )?)?(?:violation|breach|misuse|abuse)s? of\b"
    r"|\bconstitutes? (?:a |an )?(?:\w+ )?(?:violation|breach|misuse|misconduct|offen[cs]e)\b|\binappropriate\b"
    r"|\b(?:is|are) (?:not |in)eligible\b"
    r"|\b(?:is|are) not (?:appropriate|acceptable|ok|okay|fine|open to|available to)\b"
    r"|\b(?:is|are) (?:not|never) (?:an? |the )?(?:\w+ )?(?:acceptable|welcome|permissible|excusable)\b"
    r"|\b(?:is|are|will be) (?:unwelcome|inexcusable)\b",
    re.I,
)
OBLIGATION = re.compile(
    r"\b(?:must|shall|should|ought to)\b"
    r"|\b(?:is|are|be|being) (?:\w+ly )?(?:required|obliged|obligated|bound|expected|mandatory|compulsory"
    r"|instructed|directed|needed)\b|\b(?:is|are) (?:\w+ly )?(?:asked|requested|told|reminded) (?:not )?to\b"
    r"|\btakes? (?:the |an? )?(?:\w+ )?(?:consent|approval|permission|signatures?)\b|\b(?:need|needs|have|has) to\b"
    r"|\bneeds? (?:[\w-]+ ){0,3}(?:approval|review|permission|consent|sign-?off)\b"
    r"|\bneeds? (?:\w+ )?(?:prior|explicit|approval|permission"
    r"|confirmation|consent|authori[sz]ation|an?|the|its|their|his|her|your|our|two|three|both|at least)\b"
    r"|^(?:all|any|each|every|new) (?:[\w'-]+ ){1,6}?needs? (?=\w+(?: \w+)?\W*$|\w+ (?:before|from|for|in|with)\b)"
    r"|\brequire(?:s|d)?\b|\bmandatory\b|\bagree(?:s)? to\b(?! (?:the|these|this|our|be bound))"
    r"|\b(?:is|are) (?:always |only |also )?to (?:be )?\w+"
    r"|\b(?:has|have|under|accepts?|bears?|takes?) (?:an?|the|full) (?:\w+ )?"
    r"(?:duty|obligation|responsibility) (?:to|for)\b"
    r"|\b(?:is|are|remains?) (?:\w+ly )?responsible for\b|\bmake(?:s)? sure\b|\bensure(?:s)?\b"
    r"|\bit(?: is|'s) (?:your|the"
    r"|the \w+['\u2019]s|every \w+['\u2019]s|everyone['\u2019]s) (?:sole )?(?:duty|responsibility)\b",
    re.I,
)
LIMIT = cued(
    r"\b(?:may|can|is|are|be) only\b|\bonly (?:be|if|when|after|with|for|by|once|to|in|from|on|those|the|use)\b"
    r"|^only\b"
    r"|\bonly\b[^.]{0,80}\b(?:may|can|is|are|should)\b|\bif and only if\b"
    r"|\bat most\b|\bno more than\b|\bnot exceed\b|\bno later than\b|\bno longer than\b|\bno (?:less|fewer) than\b"
    r"|\b(?:solely|exclusively)\b|\balone\b(?=\W*$|[,;])|\bby \w+(?: \w+){0,3} alone\b"
    r"|\bonly\W*$|\b(?:reserved|confined) (?:for|to)\b"
    r"|(?<!not )\blimited to\b"
    r"|\b(?:maximum|minimum)\b[^.;]{0,40}\d|\b(?:a )?maximum of\b|\bminimum of\b|\bup to (?:\d+|one"
    r"|two|three|four"
    r"|five|six|ten)\b|\brestricted to\b",
    re.I,
)
PERMISSION = re.compile(
    r"\b(?:may|can|might|could|(?:is|are|be|it's) (?:permitted|allowed|authori[sz]ed|free|welcome|fine|okay|ok"
    r"|acceptable))\b",
    re.I,
)
CONDITION = re.compile(
    r"\bwith (?:[\w']+ ){1,5}(?:agreement|approval|consent|permission|sign-?off|supervision|authori[sz]ation)\b"
    r"|\b(?:only|solely|exclusively|once|without|unless|provided|as long as|so long as|after|before"
    r"|subject to(?! (?:availability|space|capacity|demand|weather|change))|at most"
    r"|no more than|until|but (?:not|nowhere|no one)"
    r"|but cannot|but may not|except|with (?:the )?(?:prior|written|explicit|express)\b"
    r"|prior (?:written )?(?:approval"
    r"|consent|permission)"
    r"|upon|with approval)\b",
    re.I,
)
IF = re.compile(r"\b(?:if|when|where|in case)\b", re.I)
DENIED_DUTY = re.compile(
    r"\b(?:do|does|did) not (?:need|have|require|necessarily)\b|\bdon't (?:need|have to)\b|\bdoesn't (?:need"
    r"|have to)\b"
    r"|\bno (?:\w+ ){1,5}?(?:is|are|will be|shall be) (?:required|needed|necessary)\b"
    r"|\bneed not\b|\b(?:is|are) not (?:required|obliged|obligated|mandatory|necessary|expected"
    r"|needed)\b|\bno need to\b"
    r"|\bnot (?:necessary|mandatory|compulsory)\b|\bno requirement\b|\b(?:is|are) optional\b",
    re.I,
)
STRONG = cued(
    r"\b(?:must|shall|prohibited|forbidden|never|may not|cannot|required to)\b"
    r"|^(?:you|users|members|participants|contributors) will not (?!be\b|receive|see|need|have|lose|find|get)",
    re.I,
)

DEFINITION = re.compile(
    r"^(?:For (?:the )?purposes? of (?:this|these|the) [\w ]{3,40}, )?(?:[Tt]he (?:term|word|phrase|expression) )?"
    r"[\W_]*(?P<term>"
    r"(?:[\"“'\u2018][^\"”'\u2019]{2,60}[\"”'\u2019]|(?:(?:an?|the)\s+)?[A-Z][\w/&-]*(?: [\w/&()-]+){0,5}))\W{0,3}\s*"
    r"(?:(?:shall |will )?means?\b(?! (?:of|to)\b)|(?:is|are) defined as\b|refers? to\b|has the meaning\b|denotes?\b)"
    r"|^By (?P<meant>[\w -]{2,60}?) (?:we|you) (?:mean|understand)\b",
)
ADVICE = re.compile(
    r"\b(?:recommend(?:s|ed)?|encourage[sd]?|prefer(?:red|s)?|consider|advis(?:e|ed|able)|ideally|tips?)\b"
    r"|\bsuggests?\b"
    r"|\b(?:is|are) suggested\b",
    re.I,
)
POSSIBILITY = re.compile(
    r"\b(?:may|might|can|could) (?:also |still |not )?(?:be (?:able|affected|exposed|found|useful"
    r"|available|necessary|required|needed|difficult|harmful|applicable)"
    r"|include|contain|vary|occur|cause|affect|differ|expose|seem|appear|pose|happen|arise)\b"
    r"|\b(?:may|might|could) (?:also |still |not )?(?:have|become|apply|help|change|depend|take (?:time|up|some"
    r"|longer|a while|several|effect)|require|not be)\b",
    re.I,
)
DEFINITION_HEADING = re.compile(
    r"\b(?:definitions?|glossary|terminology|key terms|defined terms|abbreviations|acronyms)\b|^terms(?: used.*)?$",
    re.I,
)
OWNER_ASKS = re.compile(
    r"\bwe (?:\w+ )?(?:ask|require|request|expect|prohibit|forbid|do not (?:allow|permit|tolerate"
    r"|accept|authori[sz]e)|don't (?:allow|permit|tolerate))\b",
    re.I,
)
OWNER_SUBJECT = (
    r"(?:we|our (?:\w+ ){0,3}(?:team|staff|company|service|platform|organi[sz]ation|support|employees|liability"
    r"|obligations?)"
    r"|the (?:company|university|organi[sz]ation|college|district|city|service|platform|institution"
    r"|government|employer|firm)|management)"
)


OPENERS = re.compile(
    r"^(?:(?:always|only|please|kindly|also|then|otherwise|however|in addition|additionally|furthermore"
    r"|first|second|third|finally|immediately|promptly|instead"
    r"|at all times|where possible|when possible|if possible|in general|generally|next|importantly"
    r"|and|or|once done|lastly|note that|carefully|properly|regularly|periodically|securely"
    r"|under this policy|wherever possible|whenever possible)[,:]?\s+)+",
    re.I,
)
SUBORDINATE = re.compile(
    r"^(?:if|when|whenever|before|after|where|once|unless|until|for|in|within|at|by|on|upon|during"
    r"|as|while|prior to|to|with|without|under|from|(?:every|each) (?:time|day|week|month|quarter|year|morning)"
    r"|during|regardless|rather than"
    r"|instead of)\b",
    re.I,
)
LABEL = re.compile(r"^(?P<label>[A-Z][^.:;!?\"“”]{1,60}):\s+(?=\S)")
