"""What speaks like a rule and is none: promises, powers, definitions, consequences, background, how-to. Pure."""

from __future__ import annotations

import re

from . import headings as titles
from . import vocabulary as words
from .clause_reading import Context, Reading
from .cues import cued
from .mood import is_instruction

_PENALTY = (
    r"(?:suspended|terminated|removed|revoked|disciplin\w+|prosecuted|banned|disabled|blocked"
    r"|cancelled|canceled|deleted|restricted|held|fined"
    r"|dismissed|liable|reported to|referred|subject|denied|investigated|taken|pursued|charged)"
)
CONSEQUENCE = cued(
    r"\bsubject to (?:\w+ ){0,4}(?:disciplin\w+|cancellation|termination|suspension|removal|sanctions?"
    r"|penalt\w+|prosecution|legal|action|revocation|dismissal|review)"
    r"|\b(?:may|can|could|will|might|shall) (?:also )?(?:result|lead) (?:in|to)\b"
    rf"|\b(?:may|will|might|could) be (?:\w+ly )?{_PENALTY}\b(?! (?:only|if and only))"
    rf"|^(?:the |any |all )?(?:violat\w+|anyone|offend\w+|persons?|users?|staff"
    rf"|employees?) (?:[\w']+ ){{0,10}}shall be (?:\w+ly )?{_PENALTY}\b"
    r"|\b(?:found|determined|deemed|known|suspected) (?:to (?:be|have) )?(?:\w+ )?(?:in violation|violat\w+"
    r"|breach\w*)"
    r"|\bdisciplinary (?:action|measures)\b|\bfailure to (?:comply|adhere|follow|abide)\b|\breserves? the right\b"
    r"|\b(?:who|that|which) (?:disregards?|ignores?|breaks?|violates?|breach(?:es)?) .*\b(?:may|will|can|could)\b"
    r"|\bgrounds for\b|\blegal action\b|\bup to and including\b",
    re.I,
)
ABOUT_DOCUMENT = re.compile(
    r"^(?:this|the|these|our|all) (?:\w+[- ]){0,4}?(?:polic(?:y|ies)|document|standards?|section"
    r"|guide|guidelines?|directive|page|agreement|procedure|"
    r"rules|terms|notice|code|purpose|goal|objective|aim|intent|scope|following (?:sections?"
    r"|terms|definitions))\b[^.]{0,40}?\b(?:appl(?:y|ies)|describes?|defines?|outlines?|covers?"
    r"|sets?|establish\w*|is intended|are intended|is designed|are designed|provides?|explains?"
    r"|recogni[sz]es?|acknowledges?|is effective|does not|do not|doesn't|supersedes?|is to|are to|is that|contains?|"
    r"replaces?|extends?|relates?|concerns?|may be (?:updated|changed|amended|revised)|will be (?:reviewed"
    r"|updated|revised)|is (?:reviewed|owned|maintained|approved|meant|based))\b"
    r"|\bpurpose of this\b|^to (?:whom|which) it may concern|^(?:it|they) (?:also )?(?:appl(?:y"
    r"|ies)|(?:does|do) not apply)\b",
    re.I,
)
CONTACT = cued(
    r"\b(?:contact|email|e-mail|call|reach(?: out to)?|write to|notify|tell|ask) us\b|\blet us know\b"
    r"|\bquestions (?:about|regarding|concerning|on)\b"
    r"|\bif you have (?:any )?(?:questions|concerns|feedback|comments)\b|\bplease (?:also |then )?(?:contact"
    r"|see|visit|read|refer|reach)\b"
    r"|^(?:please )?(?:see(?! that\b| to\b)|refer to|visit|read more|learn more|note that|note:|click here"
    r"|for (?:more"
    r"|further|additional) (?:information|details|guidance))\b"
    r"|^for (?:guidance|details|help|instructions|advice|information|an? \w+|the \w+)\b[^,]{0,120}, (?:please )?(?:see"
    r"|refer to|visit|consult|read)\b"
    r"|\bplease (?:direct|send) (?:any )?(?:questions|feedback|comments)\b|\bfor (?:more|further) (?:information"
    r"|details)\b",
    re.I,
)
HOW_TO = re.compile(
    r"^to \w+[^,]{3,80}, (?:please )?(?:click|go to|visit|open|select|email|contact|navigate"
    r"|fill|submit|choose|follow the)\b"
    r"|^(?:then )?run \S+.* to (?:launch|start|build|install|see|open|check out|try)\b|^thank(?:s| you)\b"
    r"|^to (?:see|find out|learn|know|read|look up)\b[^,]{3,80}, (?:please )?(?:ask|use|write|call|check|look)\b"
    r"|^use the (?:[\w-]+ ){0,2}(?:search|filters?|menu|button|field|box|link|tab|form|toolbar|icon)\b[^.]* to (?:find"
    r"|search|see|browse|look up|filter|sort|switch|navigate)\b"
    r"|^(?-i:(?:Click|Tap|Press|Choose|Select) (?:on |the )?[\"“']?[A-Z])",
    re.I,
)
RIGHTS = cued(
    r"\b(?:retains?|keeps?) (?:every|all|any|the|their) rights?\b|\b(?:ha(?:ve|s) the right to|(?:is|are) entitled"
    r"|^you own|^you retain|feel free|(?:is|are) welcome to)\b",
    re.I,
)
SOMETHING = re.compile(
    r"^(?:this|that|it|there|these|those|here) (?:is|are|was|were) (?!to\b|not\b|prohib|forbid"
    r"|requir|mandat|strict|only|never|unaccept|unlawful|illegal|compulsory"
    r"|a (?:\w+ )?(?:violation|breach|offen[cs]e|condition|requirement)|(?:the|your|everyone's"
    r"|(?:the|an?|each|every) \w+'s) (?:sole )?(?:duty"
    r"|responsibility))",
    re.I,
)
REPORTED_NORM = re.compile(
    r"^(?:under|pursuant to|according to) [^,]{0,80}\b(?:act|laws?|statutes?|regulations?|gdpr|hipaa|legislation"
    r"|articles? \d+"
    r"|constitution)\b[^,]{0,30}, (?!(?:all |any |our |every |each )?(?:you|users|employees|staff|members|researchers"
    r"|students|contractors|personnel|workforce)\b)"
    r"|^(?:the |this |federal |state |local |national |european |data protection |supervisory |applicable |current "
    r"|industry |copyright ){0,3}(?:laws?|legislation|statutes?|regulations?|regulators?|guidance|courts?|act|gdpr"
    r"|hipaa)"
    r" (?:also |now |already )?(?:provides?|requires?|states?|says?|expects?|holds?|mandates?|obliges?|demands?"
    r"|prohibits?|forbids?|makes?|gives?|allows?|permits?|protects?|recogni[sz]es?)\b"
    r"|^(?:the|one|an?) (?!(?:\w+ )?(?:polic(?:y|ies)|rules?|agreement|code|contract|standard"
    r"|directive)\b)(?:\w+ ){1,3}"
    r"(?:says|states|notes|observes|explains|warns|argues|suggests) that\b",
    re.I,
)
"""What a law or another body demands, told as a reason."""
HISTORY = cued(
    r"^in (?:earlier|past|previous|former|the past|the early|\d{4})\b|\bhad to\b"
    r"|\b(?:have|has) (?:held|ruled|found|shown|said|argued|warned) that\b|\b(?:found|showed|revealed|concluded"
    r"|learned|discovered) that\b|\bhad been (?:\w+ )?(?:told|required|asked)\b"
    r"|\b(?:was|were) (?:not )?(?:told|required|asked|expected|obliged|supposed|allowed|dropped|introduced|adopted)\b"
    r"|\b(?:rule|requirement|practice|policy)\b.* (?:was|were) (?:\w+ed|withdrawn)\b|\bused to (?:be|have|require)\b"
    r"|^(?:formerly|previously|historically|originally)\b",
    re.I,
)
CONSTRUED = cued(
    r"\b(?:shall|is to|are to|must|should|will|may) (?:not )?be (?:construed|interpreted|understood|deemed)\b"
    r"|[\"”] (?:shall |will )?means? |^nothing (?:in|herein)\b|\b(?:key ?)?words\b.*\bRFC ?\d{4}|\bas (?:described"
    r"|defined) in RFC\b"
    r"|\b(?:shall|will) (?:prevail|govern|control|survive|remain (?:available|in (?:full )?(?:force|effect)))\b"
    r"|\btakes? precedence over (?:this|these|any)\b|\b(?:terms|headings|references) .{0,40}shall mean\b",
    re.I,
)
METADATA = re.compile(
    r"^(?:document|version|revision|reference|effective|approved|issued|owner|review|last|next|classification|status"
    r"|date|published|updated|contact|prepared|author|policy (?:number|owner|no))\b[^.]{0,60}(?:\d"
    r"|\bby\b)[^a-z]*[\w ,.]{0,30}$"
    r"|^(?:issue|edition|release|draft|amendment) (?:no\.? ?)?\d[\d.]*\b[^.]{0,60}"
    r"\b(?:approved|issued|published|adopted|signed|released|in force|effective|dated|of)\b[^.]*\d[^.]*\.?$",
    re.I,
)
USUALLY = cued(r"\b(?:normally|usually|typically|currently|often|sometimes|generally speaking|in practice)\b", re.I)
ASKED_BEFORE = re.compile(r" before (?:you )?(?:start|begin|test|conduct|carry|use)\w*\b", re.I)
"""Whom to ask before one acts is no mere contact: the act has to wait."""
ADDRESSED = re.compile(
    r"^(?:please )?(?:write to|call|phone|ring|e-?mail|visit|reach)\b(?!.*\b(?:before|within|immediately|must"
    r"|at once)\b)"
    r".{0,80}(?:@|\d{3}|https?:|www\.)",
    re.I,
)
OFFERED = re.compile(
    r"^(?:if|when|should) you (?:\w+ly )?(?:disagree\b|(?:want|wish|would like) to (?:know|learn|appeal|suggest"
    r"|complain"
    r"|object|help|support|join|talk|discuss)\b|are (?:unhappy|not satisfied|interested)\b|(?:think|believe|feel) "
    r"[^,]*\b(?:decision|mistake|unfair|wrongly|error)\b|have (?:an? |any |some )?(?:\w+ )?(?:ideas?|suggestions?"
    r"|feedback"
    r"|comments?|questions?)\b)[^,]*, (?:please |then )?(?:contact|e-?mail|write|call|reach|talk|speak|get in touch|use"
    r"|ask|tell)\b",
    re.I,
)
"""Whom those may turn to who wish to: "If you disagree with a decision, write to the office"."""
RESERVATION = re.compile(
    r"\b(?:before|after|every time|each time|unless|always|only|never|not|don't|must|first)\b", re.I
)

RULE_AHEAD = cued(
    rf"\b{words.GOVERNED}\b (?:\w+ )?(?:must|shall|may not)\b|\b(?:must|may|shall) not\b|\bno \w+(?: \w+)? may\b"
    r"|^(?:do not|never)\b",
    re.I,
)
BOUND_READER = re.compile(
    r"\b(?:you|users|researchers) (?:are (?:expected|required|asked)|should|need to|agree)\b|\bdo not\b", re.I
)
ASKS_READER = re.compile(
    r"\bplease (?:do not|don't|never)\b"
    r"|\b(?:you|data|information|\w+s) should (?:not |never |immediately |always |also )?\w+",
    re.I,
)
TAKEN_FOR = re.compile(r"\bconsider (?:it|them|this|that|the \w+|any \w+) (?:to be )?(?:\w+ed|lost|stolen)\b", re.I)
"""To consider something compromised is an order; to consider doing something is advice."""
NOTICE = re.compile(
    r"\bno (?:\w+ ){0,2}expectations? of (?:\w+ )?privacy\b"
    r"|\bshould (?:not (?:expect|assume)|be aware|be advised|understand|note|expect|know)\b"
    r"|\b(?:is|are) (?:hereby )?advised that\b",
    re.I,
)
"""What people are told to reckon with is no conduct of theirs."""
EXAMPLE = re.compile(r"^(?:for example|for instance|e\.g\.)[,:]? ", re.I)
MUST = re.compile(r"\b(?:must|shall|has to|have to)\b", re.I)
BOUND_PERSON = cued(
    rf"\b{words.GOVERNED}\b[^.]{{0,60}}\b(?:must|shall|may not)\b|\bmust\b|\bprohibited\b"
    r"|\bnot (?:authori[sz]ed|permitted|allowed)\b|\bshould (?:not )?be (?:reported|sent|submitted|directed)\b"
    r"|\b(?:contact|ask|call|email|write to)\b.* before (?:you )?(?:start|begin|test|conduct|carry)\w*\b",
    re.I,
)
BINDS_PERSON = cued(
    rf"\b{words.GOVERNED}\b(?: [\w'-]+){{0,6}} (?:must|shall|may not|should|may only)\b"
    r"|^(?:do not|never|only)\b|\b(?:cannot|may not|must not) be\b",
    re.I,
)


OWNER_DOES = re.compile(
    r"^we (?:never|do not|don't|will never|won't)\b.*\byour\b|^(?:we|our (?:team|staff)) (?!must|should|never|only"
    r"|always|do not|don't|need|ask|have to|expect"
    r"|require)(?:\w+ly )?[a-z]+\b",
    re.I,
)


def aside(core: str, body: str, context: Context) -> Reading | None:
    """Why a clause is no rule although it may speak like one, or None. `body` is `core` without opening words."""
    strong = words.STRONG.search(core) is not None
    return (
        _by_form(core, body, strong=strong)
        or (None if words.OWNER_ASKS.search(core) else _by_speaker(core, context, strong=strong))
        or (None if words.OWNER_ASKS.search(core) else _by_heading(core, context, strong=strong))
        or _advice(core, strong=strong)
    )


def _by_form(core: str, body: str, *, strong: bool) -> Reading | None:
    if words.DEFINITION.match(core) or CONSTRUED.search(core):
        return Reading(None, "how words are to be understood")
    if ABOUT_DOCUMENT.search(body) and not MUST.search(core):
        return Reading(None, "about the document itself")
    if NOTICE.search(core) and not strong:
        return Reading(None, "what people have to reckon with")
    if EXAMPLE.match(core) and not strong:
        return Reading(None, "an example")
    if METADATA.match(core):
        return Reading(None, "about the document itself", normative=False)
    if SOMETHING.match(body) and not MUST.search(core):
        return Reading(None, "a description", normative=False)
    if REPORTED_NORM.search(core):
        return Reading(None, "what a law or another body demands")
    if HISTORY.search(core) and not re.search(rf"\b{words.GOVERNED}\b (?:must|shall|may) not\b", core, re.I):
        return Reading(None, "how things were")
    consequence = CONSEQUENCE.search(core)
    if consequence and not RULE_AHEAD.search(re.sub(r"\b(?:shall|must|will)\s*$", "", core[: consequence.start()])):
        return Reading(None, "a consequence, not a rule")
    return None


def _by_speaker(core: str, context: Context, *, strong: bool) -> Reading | None:
    if owner_acts(core, context):
        return Reading(None, "a promise or power of the document's owner")
    denied = words.DENIED_DUTY.search(core)
    if denied and not _duty_beside(core.replace(denied.group(0), "")):
        return Reading(None, "a duty that is denied")
    pointer = CONTACT.search(core) and not (is_instruction(core, is_item=True) and not CONTACT.match(core))
    if (pointer and not strong and not ASKED_BEFORE.search(core)) or ADDRESSED.match(core) or OFFERED.match(core):
        return Reading(None, "contact or a pointer elsewhere")
    if HOW_TO.search(core):
        return Reading(None, "how to do something")
    if RIGHTS.search(core) and not strong:
        return Reading(None, "a right")
    return None


def _duty_beside(rest: str) -> bool:
    """ "Do not open files that are not needed" forbids, whatever is denied within it."""
    return words.STRONG.search(rest) is not None or _ASKS_BESIDE.search(rest) is not None


_ASKS_BESIDE = re.compile(r"\b(?:is|are) responsible for\b|^(?:please )?(?:do not|don't|avoid|refrain from)\b", re.I)


def _by_heading(core: str, context: Context, *, strong: bool) -> Reading | None:
    path = [re.sub(r"^[\d.]+\s*", "", heading) for heading in context.headings]
    if any(titles.BACKGROUND_HEADING.match(heading) for heading in path[-2:]) and not BOUND_PERSON.search(core):
        return Reading(None, f'background ("{context.heading}")', normative=False)
    described = any(titles.DESCRIBING_HEADING.match(heading) for heading in path[-1:])
    if described and not BINDS_PERSON.search(core) and not _asks_reader(core):
        return Reading(None, f'a description ("{context.heading}")', normative=False)
    if any(titles.LIABILITY_HEADING.search(heading) for heading in path[-1:]) and not BINDS_PERSON.search(core):
        return Reading(None, f'who is liable ("{context.heading}")')
    if any(words.DEFINITION_HEADING.search(heading) for heading in path[-1:]) and not strong:
        return Reading(None, "a definition", normative=False)
    last = path[-1:]
    if any(_of_owner(heading, context) for heading in last) and not strong and not BOUND_READER.search(core):
        return Reading(None, f'what the owner does ("{context.heading}")')
    if any(titles.OWNER_HEADING.search(heading) for heading in last) and not strong and not BOUND_READER.search(core):
        return Reading(None, f'what the owner does or how to reach it ("{context.heading}")')
    demanded = re.search(r"\b(?:needs?|requires?)\b", core) or is_instruction(core, is_item=context.is_item)
    if any(titles.ENFORCEMENT_HEADING.search(heading) for heading in last) and not strong and not demanded:
        return Reading(None, f'enforcement ("{context.heading}")')
    setup = any(titles.SETUP_HEADING.match(heading) for heading in last)
    if setup and is_instruction(core, is_item=context.is_item) and not RESERVATION.search(core):
        return Reading(None, f'how to do something ("{context.heading}")')
    return None


def _of_owner(heading: str, context: Context) -> bool:
    """True for "Northwind's responsibilities", where Northwind is the owner."""
    return any(
        re.match(
            rf"(?:the )?{re.escape(name)}(?:'s)? (?:\w+ )?"
            r"(?:actions|commitments|responsibilities|obligations|role)\W*$",
            heading,
            re.I,
        )
        for name in context.owners
    )


def _asks_reader(core: str) -> bool:
    """True for an instruction, or what should or should not be done, among sentences that describe."""
    return ASKS_READER.search(core) is not None or is_instruction(core, is_item=False)


def _advice(core: str, *, strong: bool) -> Reading | None:
    advised = words.ADVICE.search(core)
    if advised is None or strong or re.search(r"\b(?:should|do not|don't|only|required)\b", core, re.I):
        return None
    # "Send both apart, ideally by phone": what is advised comes after what is asked.
    ahead = core[: advised.start()].rstrip(" ,;:\u2014-")
    asked = re.search(r"[,;]", core[: advised.start()]) and is_instruction(f"{ahead}.", is_item=True)
    return None if asked or TAKEN_FOR.search(core) else Reading(None, "advice")


BRACKETED_NAME = re.compile(r"^(we|our \w+)(?: \([^()]*\)| at (?-i:[A-Z])[\w&'-]*|, [^,:]*,)(?= \w)", re.I)
"""Who "we" are, said in brackets after it: "We (the board) will ..."."""


def owner_acts(text: str, context: Context) -> bool:
    """True when the main clause tells what the document's owner does, may do or promises."""
    text = BRACKETED_NAME.sub(r"\1", text)
    names = [re.escape(name) for name in context.owners]
    owner = "|".join([words.OWNER_SUBJECT, *(rf"(?:the )?{name}(?:'s|\u2019s)?(?: \w+){{0,3}}" for name in names)])
    acts = (
        r"(?:will|may|can|could|might|would|cannot|can't|do|don't|does|are|is|have|has|reserve|commit"
        r"|aim|strive|believe|want|take|use"
        r"|value|encourage|appreciate|recommend|provide|offer|collect|try|intend|plan|consider|work"
        r"|agree|won't|also|reserves|intends|provides|maintains|conducts|reviews|understand)"
    )
    start = r"(?:^|[,;:]\s+(?:and |but |then )?|\b(?:that|and|but|which) )"
    acting = rf"{start}(?:(?:{owner}) (?:\w+ly )?{acts}|(?:we|our \w+(?: \w+)?) shall)\b"
    found = next((one for one in re.finditer(acting, text, re.I) if not _within_condition(text[: one.start()])), None)
    if found is None:
        return words.OWNER_ASKS.search(text) is None and OWNER_DOES.match(text) is not None
    ahead, behind = text[: found.start()], text[found.end() :]
    binding = rf"\b{words.GOVERNED}\b(?: \w+){{0,3}} (?:must|shall|may not|should|are required)\b|^(?:do not|never)\b"
    return not re.search(binding, ahead, re.I) and not re.search(
        r"\b(?:you|users|employees) (?:must|shall|may not)\b", behind, re.I
    )


def _within_condition(before: str) -> bool:
    """True when what follows still belongs to a condition: "only after the fix has shipped and we have agreed"."""
    return re.search(r"\b(?:after|once|until|unless|before)\b[^,;:]*$", before, re.I) is not None
