"""The words of normative English that offline extraction reads: who is bound, and how. Patterns ignore case."""

from __future__ import annotations

import re

GOVERNED = (
    r"(?:you|users?|employees?|staff|personnel|contractors?|agents?|assistants?|members?|participants?|researchers?"
    r"|students?|faculty|customers?|clients?|vendors?|suppliers?|providers?|third[- ]part(?:y"
    r"|ies)|administrators?|admins?"
    r"|managers?|owners?|custodians?|developers?|engineers?|individuals?|persons?|people|anyone"
    r"|everyone|everybody|no one"
    r"|nobody|workers?|workforce|agenc(?:y|ies)|organi[sz]ations?|operators?|teams?|part(?:y|ies)|visitors?|guests?"
    r"|licensees?|subscribers?|holders?|bots?|models?|reporters?|reviewers?|departments?|officers?"
    r"|volunteers?|partners?"
    r"|consultants?|associates?|colleagues|executives|supervisors|human|system|systems|authors?|recipients?|finders?)"
)

PROHIBITION = re.compile(
    r"\b(?:will|would|shall|must|should|can) not be (?:permitted|allowed|tolerated|accepted|acceptable|authori[sz]ed)\b"
    r"|\bno \w+(?: \w+){0,3} (?:is|are) (?:issued|given|granted|made|shared|stored|released|accepted"
    r"|installed|used|sent|processed|kept)\b|"
    r"\b(?:must|shall|may|can|should|will|would|ought to|are to|is to)\s+(?:not|never|neither|no longer)\b"
    r"|\b(?:cannot|can't|mustn't|shouldn't|won't|may n't|can not)\b"
    r"|\b(?:prohibit\w*|forbid\w*|forbidden|banned|disallow\w*|off[- ]limits|impermissible|unauthori[sz]ed (?:to"
    r"|for))\b"
    r"|\bnot (?:be )?(?:permitted|allowed|authori[sz]ed|acceptable|tolerated|possible|permissible)\b|\bunacceptable\b"
    r"|\b(?:refrain|abstain|desist)\b|\bagree(?:s|d)? (?:that you (?:will|shall) )?not to\b|\bnever\b"
    r"|\b(?:do not|don't)\b|\bunder no circumstances\b|\bin no (?:event|case)\b"
    r"|\bno \w+(?: \w+){0,4} (?:may|shall|must|can|should|is|are)\b|\bavoid(?:s|ing)?\b|\bno one (?:may|shall|can)\b",
    re.I,
)
OBLIGATION = re.compile(
    r"\b(?:must|shall|should|ought to)\b"
    r"|\b(?:is|are|be|being) (?:\w+ly )?(?:required|obliged|obligated|expected|mandatory|compulsory"
    r"|instructed|directed|needed)\b"
    r"|\b(?:need|needs|have|has) to\b|\bneed(?:s)? (?:\w+ )?(?:prior|explicit|approval|permission"
    r"|confirmation|consent|authori[sz]ation)\b"
    r"|\brequire(?:s|d)?\b|\bmandatory\b|\bagree(?:s)? to\b(?! (?:the|these|this|our|be bound))"
    r"|\bis to be\b|\bare to (?:be )?\w+"
    r"|\b(?:is|are) responsible for\b|\bmake(?:s)? sure\b|\bensure(?:s)?\b|\bit is (?:your|the"
    r"|the \w+['\u2019]s|every \w+['\u2019]s|everyone['\u2019]s) (?:sole )?(?:duty|responsibility)\b",
    re.I,
)
LIMIT = re.compile(
    r"\b(?:may|can|is|are|be) only\b|\bonly (?:be|if|when|after|with|for|by|once|to|in|from|on|those|the|use)\b|^only\b"
    r"|\bonly\b[^.]{0,80}\b(?:may|can|is|are|should)\b|\bif and only if\b"
    r"|\bat most\b|\bno more than\b|\bnot exceed\b|\bno later than\b|\bno longer than\b|\bno (?:less|fewer) than\b"
    r"|\blimited to\b|\b(?:a )?maximum of\b|\bminimum of\b|\bup to (?:\d+|one|two|three|four"
    r"|five|six|ten)\b|\brestricted to\b",
    re.I,
)
PERMISSION = re.compile(
    r"\b(?:may|can|might|could|(?:is|are|be) (?:permitted|allowed|authori[sz]ed|free|welcome))\b", re.I
)
CONDITION = re.compile(
    r"\b(?:only|without|unless|provided|as long as|so long as|after|before|subject to|at most"
    r"|no more than|until|but not"
    r"|but cannot|but may not|except|with (?:the )?(?:prior|written|explicit|express)\b|prior (?:written )?(?:approval"
    r"|consent|permission)"
    r"|upon|with approval)\b",
    re.I,
)
IF = re.compile(r"\b(?:if|when|where|in case)\b", re.I)
STATIVE = re.compile(
    r"\b(?:is|are) (?:\w+ly )?(?:not )?\w+(?:ed|en|wn|pt|ld|lt|nt|de|ut|ght)\b.*\b(?:after|before"
    r"|within|at least|only|prior to|upon"
    r"|every|regularly|annually|quarterly|monthly|weekly|daily|immediately|promptly|at all times"
    r"|as soon as|unless|at any time|in plain ?text)\b",
    re.I,
)
DENIED_DUTY = re.compile(
    r"\b(?:do|does|did) not (?:need|have|require|necessarily)\b|\bdon't (?:need|have to)\b|\bdoesn't (?:need|have to)\b"
    r"|\bneed not\b|\b(?:is|are) not (?:required|obliged|obligated|mandatory|necessary|expected"
    r"|needed)\b|\bno need to\b"
    r"|\bnot (?:necessary|mandatory|compulsory)\b|\bno requirement\b|\b(?:is|are) optional\b",
    re.I,
)
STRONG = re.compile(r"\b(?:must|shall|prohibited|forbidden|never|may not|cannot|required to)\b", re.I)

_PENALTY = (
    r"(?:suspended|terminated|removed|revoked|disciplin\w+|prosecuted|banned|disabled|blocked"
    r"|cancelled|canceled|deleted|restricted|held|fined"
    r"|dismissed|liable|reported to|referred|subject|denied|investigated|taken|pursued|charged)"
)
CONSEQUENCE = re.compile(
    r"\bsubject to (?:\w+ ){0,4}(?:disciplin\w+|cancellation|termination|suspension|removal|sanctions?"
    r"|penalt\w+|prosecution|legal|action|revocation|dismissal|review)"
    r"|\b(?:may|can|could|will|might|shall) (?:also )?(?:result|lead) (?:in|to)\b"
    rf"|\b(?:may|will|might|could|shall) be (?:\w+ly )?{_PENALTY}\b(?! (?:only|if and only))"
    r"|\b(?:found|determined|deemed|known|suspected) (?:to (?:be|have) )?(?:\w+ )?(?:in violation|violat\w+|breach\w*)"
    r"|\bdisciplinary (?:action|measures)\b|\bfailure to (?:comply|adhere|follow|abide)\b|\breserves? the right\b"
    r"|\blegal action\b|\bup to and including\b",
    re.I,
)
ABOUT_DOCUMENT = re.compile(
    r"^(?:this|the|these|our|all) (?:\w+[- ]){0,4}?(?:polic(?:y|ies)|document|standards?|section"
    r"|guide|guidelines?|directive|page|agreement|procedure|"
    r"rules|terms|notice|code|purpose|goal|objective|aim|intent|scope|following (?:sections?"
    r"|terms|definitions))\b[^.]{0,40}?\b(?:appl(?:y|ies)|describes?|defines?|outlines?|covers?"
    r"|sets?|establish\w*|is intended|are intended|is designed|are designed|provides?|explains?"
    r"|is effective|does not|do not|doesn't|supersedes?|is to|are to|is that|contains?|"
    r"replaces?|extends?|relates?|concerns?|may be (?:updated|changed|amended|revised)|will be (?:reviewed"
    r"|updated|revised)|is (?:reviewed|owned|maintained|approved|meant|based))\b"
    r"|\bpurpose of this\b|^to (?:whom|which) it may concern|^(?:it|they) (?:also )?(?:appl(?:y"
    r"|ies)|(?:does|do) not apply)\b",
    re.I,
)
DEFINITION = re.compile(
    r"^[\W_]*(?P<term>"
    r"(?:[\"“'\u2018][^\"”'\u2019]{2,60}[\"”'\u2019]|(?:(?:an?|the)\s+)?[A-Z][\w/&-]*(?: [\w/&()-]+){0,5}))\W{0,3}\s*"
    r"(?:means?\b|(?:is|are) defined as\b|refers? to\b|shall mean\b|has the meaning\b|denotes?\b)"
    r"|^By (?P<meant>[\w -]{2,60}?) (?:we|you) (?:mean|understand)\b",
)
CONTACT = re.compile(
    r"\b(?:contact|email|e-mail|call|reach(?: out to)?|write to|notify|tell|ask) us\b|\blet us know\b"
    r"|\bquestions (?:about|regarding|concerning|on)\b"
    r"|\bif you have (?:any )?(?:questions|concerns|feedback|comments)\b|\bplease (?:contact"
    r"|see|visit|read|refer|reach)\b"
    r"|^(?:please )?(?:see|refer to|visit|read more|learn more|note that|note:|click here|for (?:more"
    r"|further|additional) (?:information|details|guidance))\b"
    r"|\bplease (?:direct|send) (?:any )?(?:questions|feedback|comments)\b|\bfor (?:more|further) (?:information"
    r"|details)\b",
    re.I,
)
HOW_TO = re.compile(
    r"^to \w+[^,]{3,80}, (?:please )?(?:click|go to|visit|open|select|email|contact|navigate"
    r"|fill|submit|choose|follow the)\b",
    re.I,
)
ADVICE = re.compile(
    r"\b(?:recommend(?:s|ed)?|encourage[sd]?|prefer(?:red|s)?|suggest(?:s|ed)?|consider|advis(?:e"
    r"|ed|able)|ideally|tips?)\b",
    re.I,
)
RIGHTS = re.compile(
    r"\b(?:ha(?:ve|s) the right to|(?:is|are) entitled|^you own|^you retain|feel free|(?:is|are) welcome to)\b", re.I
)
POSSIBILITY = re.compile(
    r"\b(?:may|might|can|could) (?:also |still |not )?(?:be (?:able|affected|exposed|found|useful"
    r"|available|necessary|required|needed|difficult|harmful|applicable)"
    r"|include|contain|vary|occur|cause|affect|differ|expose|seem|appear|pose|happen|arise)\b"
    r"|\b(?:may|might|could) (?:also |still |not )?(?:have|become|apply|help|change|depend|take|require|not be)\b",
    re.I,
)
OWNER_ASKS = re.compile(
    r"\bwe (?:\w+ )?(?:ask|require|request|expect|prohibit|forbid|do not (?:allow|permit|tolerate"
    r"|accept|authori[sz]e)|don't (?:allow|permit|tolerate))\b",
    re.I,
)
OWNER_SUBJECT = (
    r"(?:we|our (?:\w+ ){0,3}(?:team|staff|company|service|platform|organi[sz]ation|support|employees)"
    r"|the (?:company|university|organi[sz]ation|college|district|city|service|platform|institution"
    r"|government|employer|firm)|management)"
)
SOMETHING = re.compile(
    r"^(?:this|that|it|there|these|those|here) (?:is|are|was|were) (?!to\b|not\b|prohib|forbid"
    r"|requir|mandat|strict|only|never|unaccept|(?:the|your|everyone's|every \w+'s) (?:sole )?(?:duty"
    r"|responsibility))",
    re.I,
)

BACKGROUND_HEADING = re.compile(
    r"^(?:[\dIVX.]+\s*)?(?:purpose|scope|background|overview|introduction|objectives?|applicability"
    r"|audience|contacts?|questions?\??|references?"
    r"|related (?:\w+ ?)+|revision history|version(?: history)?|document control|change log|about(?: this \w+)?"
    r"|summary|rationale|why .*|legal basis|authority"
    r"|further reading|resources|acknowledge?ments?|history|preamble|purpose (?:and|&) scope"
    r"|intent|appendix.*|frequently asked questions|faqs?|credits?|attribution)\W*$",
    re.I,
)
ENFORCEMENT_HEADING = re.compile(
    r"\b(?:enforcement|sanctions|consequences|non-?compliance|violations?|disciplinary|penalt"
    r"|breach(?:es)? of (?:this|the))\b",
    re.I,
)
OWNER_HEADING = re.compile(
    r"\b(?:our (?:commitments?|promise|rights|responsibilit)|what (?:you can expect|to expect"
    r"|we (?:will|do|promise))|safe harbou?r|expect from us|we commit|how we|your rights"
    r"|how to report|report(?:ing)? (?:abuse|a violation))",
    re.I,
)
DEFINITION_HEADING = re.compile(
    r"\b(?:definitions?|glossary|terminology|key terms|defined terms|abbreviations|acronyms)\b", re.I
)
PROHIBITING_HEADING = re.compile(
    r"\b(?:prohibit\w*|unacceptable|forbidden|not (?:allowed|permitted|acceptable|authori[sz]ed)"
    r"|don'?ts|restrictions?|restricted|do not|must not|may not|never|can(?:no|')t|misuse|banned"
    r"|disallowed|out of bounds)\b",
    re.I,
)
OBLIGING_HEADING = re.compile(
    r"\b(?:requirements?|rules|obligations?|must|required|responsibilit\w+|do'?s|guidelines|instructions"
    r"|standards?|expectations|always|duties|required actions|best practices"
    r"|polic(?:y|ies)|procedures?|controls?|conduct|steps|before|when|acceptable use)\b",
    re.I,
)

OPENERS = re.compile(
    r"^(?:(?:always|only|please|also|then|otherwise|however|in addition|additionally|furthermore"
    r"|first|second|third|finally|immediately|promptly|instead"
    r"|at all times|where possible|when possible|if possible|in general|generally|next|importantly"
    r"|and|or|once done|lastly|note that|carefully|properly|regularly|periodically|securely"
    r"|under this policy|wherever possible|whenever possible)[,:]?\s+)+",
    re.I,
)
SUBORDINATE = re.compile(
    r"^(?:if|when|whenever|before|after|where|once|unless|until|for|in|within|at|by|on|upon|during"
    r"|as|while|prior to|to|with|without|under|from|every|each|during|regardless|rather than"
    r"|instead of)\b",
    re.I,
)
LABEL = re.compile(r"^(?P<label>[A-Z][^.:;!?\"“”]{1,60}):\s+(?=\S)")
