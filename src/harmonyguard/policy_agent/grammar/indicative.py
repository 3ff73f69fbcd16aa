"""Rules told in the present tense: "Accounts are reviewed each quarter", "No glass on deck", "Changes go through".

Standards, house rules and agent instructions say how things are and mean how they have to be; descriptions of a
product or a service read alike. What tells them apart is here: a negation, a condition, a time by which, a place
where things belong, an agent that is bound. Pure.
"""

from __future__ import annotations

import re

from . import vocabulary as words
from .asides import USUALLY
from .clause_reading import Context, Reading
from .verbs import NOUN_TOO, VERBS, participle, third_person

KEPT = re.compile(
    r"\b(?:is|are|get|gets) (?:\w+ly )?(?:not )?(?!(?:intended|designed|based|located|called|named|known|composed"
    r"|comprised|considered|related|meant|concerned|interested|aimed)\b)\w+(?:ed|en|wn|rn|pt|ld|lt|nt|de|ut"
    r"|ght)\b.*\b(?:after|before"
    r"|whenever"
    r"|within|at least|only|prior to|upon"
    r"|every|each (?:day|week|month|quarter|year|time)|(?:for|with|on|at) each|regularly|annually"
    r"|(?<!\bthe )(?<!\ba )(?:quarterly|monthly|weekly|daily)|immediately|first(?=\W*$)"
    r"|promptly|the same day|at all times|as soon as|unless|at any time|in plain ?text)\b",
    re.I,
)
TIMETABLE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august|september|october"
    r"|november|december)\b",
    re.I,
)
NO_PEOPLE_BAN = re.compile(
    r"^(?:(?:absolutely|strictly|definitely) )?(?:no|nothing) (?!(?:one|matters?|beats|compares|happens|helps|longer"
    r"|doubt|need|problem|warrant\w+|action|changes? (?:since|to)|known"
    r"|further (?:action"
    r"|info\w*)"
    r"|results?|more than|part of|charge|fees?|obligation|liability|later|fewer|less|guarantee\w*|such"
    r"|other (?:warrant|right))\b)"
    r"\D",
    re.I,
)
PARTICIPLE = r"(?:\w+(?:ed|en|wn|rn|pt|ld|lt|nt|ut|ght)|made|read|run|put|set|cut|held|lent|left|done|taken|given)"
NEGATED = re.compile(
    rf"^(?P<subject>(?:[\w'/-]+ ){{1,9}}?(?:\([^)]*\) )?)(?:(?P<be>is|are)(?: not|n't)|(?:do|does)(?: not|n't) get"
    rf"|gets? never"
    rf"|(?:is|are) never) (?:to be )?(?P<done>{PARTICIPLE})\b",
    re.I,
)
NOT_DONE_BY_ANYONE = frozenset(
    """related limited supported affected included covered intended interested located known designed involved
    concerned associated aware open different sufficient present evident apparent relevant independent
    dependent considered deemed regarded complicated advanced experienced counted insured guaranteed encrypted
    connected meant""".split()
)
"""Participles that describe a state more often than something that people refrain from."""
BELONGS = re.compile(
    r"\b(?:(?:go|goes) (?:in|into|through|under|via|on)|belongs? (?:in|on|under|at|inside)|(?:stay|stays|remain"
    r"|remains)"
    r" (?:in|on|at|out|off|inside|within|with|behind|outside|under|locked|closed|shut|open|below|between|private))\b",
    re.I,
)
BEARS = re.compile(
    r"^(?:every|each|all) (?:[\w'-]+ ){1,8}?(?:carry|carries|bears?|displays?|shows?)\b"
    r"|^(?!this |that |it |these )(?:[\w'-]+ ){1,6}(?:is|are) for (?:\w+ ){1,3}(?:business|purposes|use)\b",
    re.I,
)
GOES_TO = re.compile(
    r"^(?!the \w+ goes|it |that |this )(?:[\w'-]+ ){1,6}(?:go|goes) (?:back )?to (?:the|an?|your|their) ", re.I
)
RATHER_THAN = re.compile(r"\w, (?:and )?not (?:in|on|by|via|from|through|with|the|an?|to|at)\b", re.I)
GRANTED = re.compile(
    r"\b(?:is|are) (?:lent|given|issued|granted|released|assigned|admitted|loaned|handed(?: out"
    r"| over)?) (?:only )?to\b"
    r"(?: [\w-]+){1,8} (?:who|aged|with|holding|whose)\b",
    re.I,
)
ROUTED = re.compile(
    r"\b(?:is|are|get|gets) (?:passed|referred|directed|forwarded|escalated|reported|submitted|routed|handed)(?: on"
    r"| over)? to"
    r" (?:the|an?|your|their|our) \w",
    re.I,
)
ARRANGED = re.compile(
    r"\b(?:is|are) (?:booked|ordered|requested|submitted|bought|purchased|arranged|raised"
    r"|filed) (?:only )?(?:through|via|by"
    r"|with|in) ",
    re.I,
)
WILL_BE = re.compile(
    r"^(?!your |our |this |that |it |they |we |you |(?:[\w'-]+ ){0,3}?(?:reports?|requests?|submissions?|complaints?"
    r"|appeals?|(?:[\w'-]+ )?(?:submitted|received|collected|provided)"
    rf"|exceptions?|violations?|reviews?|training|applications?|notices?|{words.GOVERNED}) )"
    r"(?:[\w'(),-]+ ){1,9}?(?P<will>will) be (?!available|able|subject|provided|conducted|considered|deemed)",
    re.I,
)
"""What will be done with things: a rule among rules, as "is done" is; what will be done with reports is a promise."""
ONE_AT_A_TIME = re.compile(
    r"^(?:one|two|three|a single) [\w\s-]{3,40} (?:at a time|per \w+)\b"
    r"|^(?:one|two|three|a single) (?:[\w-]+ ){1,3}for (?:each|every) [\w ]+\W*$",
    re.I,
)
KEPT_SO = re.compile(
    r"^(?!your |our |this |that |it |they )(?:[\w'/,-]+ ){1,9}?(?:is|are) (?:\w+ly |always )?(?:kept|held|retained"
    r"|archived"
    r"|stored) (?:\w+ly )?"
    r"(?:separate(?:ly)?|apart|confidential|secret|private|locked|closed|shut|up to date|current|clear|clean|dry|cool"
    r"|under lock"
    r"|out of|away from|off|on file|for (?:at least |up to |a minimum of )?(?:\d+|one|two|three|four|five|six|seven"
    r"|eight"
    r"|nine|ten|twelve|thirty|sixty|ninety) (?:hour|day|week|month|year)s?)\b",
    re.I,
)
"""The state or the time in which things are kept."""
WITHHELD = re.compile(
    r"\b(?:receives?|gets?|has|have|is given|are given|is granted|are granted) no (?:[\w-]+ ){1,4}(?:until|unless"
    r"|without"
    r"|before|beyond)\b",
    re.I,
)
DONE_BY_READER = re.compile(
    rf"^(?!.*\b(?:that|which|who)\b.* by you)(?:[\w'/-]+ ){{1,6}}(?:is|are) (?:\w+ly |always )?{PARTICIPLE} (?:only )?"
    r"by you(?:rself)?(?=,? (?:and|but) not\b|, not\b|\W*$)",
    re.I,
)
"""What has to be the reader's own: "The report is written by you, not by a friend"."""
ROLE = re.compile(
    r"^(?:the|an?|each|every) (?:[\w-]+ ){0,3}?(?:(?-i:C[A-Z]{1,2}O|DPO)|requester|approver|coordinator|commander"
    r"|responder|secretary|treasurer|administrator|engineer|officer|manager|director|lead|leader|owner|head|supervisor"
    r"|reviewer|author|developer|operator|nurse|physician|technician|analyst|editor|steward|custodian|controller"
    r"|employee|contractor|colleague|driver|guard)"
    r"(?: (?:of|on|in) (?:the |an? )?[\w-]+| who [^,.]{3,60}?)? (?:\w+ly |then |also "
    r"|first )?(?P<verb>[a-z]+s)\b(?! to (?:the|an?) )",
    re.I,
)
"""A single office holder and what it does: among rules, the duty of that office."""
IN_SOME_ORDER = re.compile(r"\b(?:sorted|ordered|grouped|ranked|numbered|counted) (?:by|from|in) ", re.I)
BY_ITSELF = re.compile(r"\bby (?:itself|themselves)\b", re.I)
AT_TIMES = re.compile(r"^(?:every|each|within|before|twice|once) [^,]{2,60}, ", re.I)
BY_ARRANGEMENT = re.compile(r"^(?:only )?(?:by|with|after|on|upon) (?:prior|written|advance) \w+\b", re.I)
SYSTEM = re.compile(
    r"^(?:the|each|every|an?) (?:information system|organi[sz]ation|agency|(?:covered )?entity|business associate"
    r"|application"
    r"|contractor|supplier|provider|processor|controller|system(?: owner| administrator)?|administrator|institution"
    r"|service provider|data (?:owner|steward|custodian))s? (?:\w+ly )?(?P<verb>[a-z]+)\b",
    re.I,
)
PEOPLE = re.compile(
    rf"^(?:all |any |every |each |two |both |new "
    rf"|the )?(?:[\w-]+ ){{0,3}}?{words.GOVERNED}(?: of (?:the |an? )?\w+)? (?:\w+ly )?"
    rf"(?P<verb>(?!{words.GOVERNED}\b)[a-z]+)\b",
    re.I,
)
CIRCUMSTANCE = re.compile(
    r"\b(?:until|before|after|at all times|at the (?:end|start|beginning|close) of|only|immediately|within|at least"
    r"|whenever|when \w+ing|unless"
    r"|prior to|promptly|by the end of|first|without|no more than|at most|if asked|when asked)\b",
    re.I,
)
FREQUENCY = re.compile(r"\b(?:each|every|weekly|daily|monthly|quarterly|annually)\b", re.I)
"""How often something is done: a duty among rules, and elsewhere more often an account of what people do."""
CONTROLLED = re.compile(
    r"^(?!the \w+ (?:is|are)\b|most |some |many |several )(?:[\w'/,-]+ ){1,9}?(?:is|are) (?:\w+ly )?(?:disabled"
    r"|revoked"
    r"|masked|shredded|encrypted|locked|escorted|approved|reviewed|logged|recorded|documented|worn|signed|tied"
    r"|secured"
    r"|sealed|verified|checked|inspected|monitored|protected|destroyed|deleted|removed|erased|overwritten|returned"
    r"|handed (?:in|back|over)|labell?ed|marked|classified|authori[sz]ed|granted|restricted|separated|segregated"
    r"|tested|patched|backed up|changed|rotated|paid|cleaned|washed|wiped|trained|notified|reported|retained"
    r"|archived|hidden"
    r"|copied|opened|filed|supervised|accompanied|registered|configured|hardened|validated|sanitized|disposed|stored"
    r"|treated as|handled"
    r"|shared|assigned|switched off"
    r"|turned off|closed|covered(?! by\b)|announced|declared)\b",
    re.I,
)
"""Things that a governed person does something to, in the passive and with no time by which."""
EVERY_ONE = re.compile(
    r"^(?:all|any|each|every|new) (?:[\w'/,()-]+ ){1,14}?(?:(?:undergo(?:es)?|pass(?:es)?|follows?) "
    r"|(?:is|are) (?:\w+ly )?(?P<done>\w+ed|built|kept|written|run|given|held|sent|put)\b)"
    r"|^(?!the |these |those |this |they |most |some |many |several |other )(?:[\w'/-]+ ){1,6}?(?:undergo "
    r"|are (?:\w+ly )?(?P<how>\w+ed|built|kept|written|given|held|sent) (?:by|via|using|through|in|to|from|against) )",
    re.I,
)
"""What is done with every one of its kind, or by whom and how: among rules, how each has to be dealt with."""
TELLS_A_FACT = frozenset(
    """include contain offer consist support allow help represent want see find enjoy own expect know understand think
    appear feel face relate trust prefer choose come vary have receive get attend appreciate grow rely learn gain love
    choose benefit study serve live work fall earn provide generate""".split()
)
"""Verbs that tell what someone or something is like, rather than what they are to do."""


def told_rule(core: str, context: Context) -> Reading | None:
    """The rule that a statement in the present tense gives, or None."""
    if context.among_rules and (found := WILL_BE.match(core)) is not None:
        core = f"{core[: found.start('will')]}are {core[found.end() :]}"
    if _bans_by_name(core):
        return Reading("prohibition", "a ban without a verb")
    if (
        re.match(r"(?:our|we)\b", core, re.I)
        or USUALLY.search(core)
        or BY_ITSELF.search(core)
        or re.search(r", (?:so(?! that)|because|since|as)\b", core)
    ):
        return None
    if core[:1].islower() and not context.is_item:
        return None
    if ONE_AT_A_TIME.match(core):
        return Reading("limit", "a limit without a verb")
    if BY_ARRANGEMENT.match(core):
        return Reading("limit", "by arrangement")
    if _leaves_undone(core):
        return Reading("prohibition", "states what is not done")
    if KEPT.search(core) and not TIMETABLE.search(core) and not re.match(r"(?:if|when)\b", core, re.I):
        return Reading("obligation", "states how things are kept")
    if context.among_rules and (_controls(core) or ARRANGED.search(core)):
        return Reading("obligation", "states what is done with things, among rules")
    if ROUTED.search(core) and "automatically" not in core:
        return Reading("obligation", "states to whom it goes")
    if GRANTED.search(core):
        return Reading("limit", "states who is given it")
    if context.among_rules and (told := _among_rules(core)) is not None:
        return told
    if context.among_rules and BEARS.match(core):
        return Reading("obligation", "states what each thing bears or is for")
    if context.among_rules and GOES_TO.match(core):
        return Reading("obligation", "states where things go")
    subject = not re.match(r"(?:it|this|that|they|he|she|there|these|those|we|i)\b", core, re.I)
    if subject and (BELONGS.search(core) or RATHER_THAN.search(core)):
        return Reading("obligation", "states where things belong")
    condition = re.match(r"(?:if|when|whenever|upon|once|where) [^,]*, ", core, re.I) or (
        AT_TIMES.match(core) if context.among_rules else None
    )
    if condition:
        return _acted(core[condition.end() :], bound=True)
    return _acted(core, bound=bool(CIRCUMSTANCE.search(core) or (context.among_rules and FREQUENCY.search(core))))


def _among_rules(core: str) -> Reading | None:
    """What says how things are in a description, and how they have to be among rules."""
    if KEPT_SO.match(core):
        return Reading("obligation", "states how things are kept, among rules")
    if WITHHELD.search(core):
        return Reading("limit", "states what is withheld until then")
    if DONE_BY_READER.match(core):
        return Reading("obligation", "states what the reader has to do in person")
    if _holds_office(core):
        return Reading("obligation", "states what an office holder does, among rules")
    return None


def _holds_office(core: str) -> bool:
    found = ROLE.match(core)
    verb = third_person(found.group("verb").casefold()) if found else None
    return found is not None and verb is not None and verb not in TELLS_A_FACT and not _is_compound(core, found)


def _bans_by_name(core: str) -> bool:
    """ "No glass on deck." and "No alcohol, except at receptions": no verb says more."""
    if not NO_PEOPLE_BAN.match(core) or len(core.split()) < 2:
        return False
    main = re.split(
        r"\b(?:that|which|who|if|when|unless|while|because|until|where|except|without|before|after)\b|[,;:(]", core
    )[0]
    return re.search(r"\b(?:is|are|was|were|has|have|had|will|does|do|can|could|would|exists?)\b", main, re.I) is None


def _leaves_undone(core: str) -> bool:
    found = NEGATED.match(core)
    if found is None or found.group("done").casefold() in NOT_DONE_BY_ANYONE:
        return False
    subject = found.group("subject").strip()
    if re.match(r"(?:this|that|it|they|these|those|we|he|she|if|when|there|and|but)\b", subject, re.I):
        return False
    singular = (found.group("be") or "").casefold() == "is"
    if singular and re.match(r"(?:the|our|your)\b", subject, re.I):
        return False
    done = found.group("done").casefold()
    return not done.endswith("ed") or participle(done) is not None


def tells_practice(core: str) -> bool:
    """True for "All changes are reviewed": a document of such sentences is a standard, told in the present tense."""
    return _controls(core) or _holds_office(core)


def _controls(core: str) -> bool:
    found = CONTROLLED.match(core) or _of_every_one(core)
    if IN_SOME_ORDER.search(core):
        return False
    return found is not None and not TIMETABLE.search(core) and re.search(r"\bby (?:our|us)\b", core) is None


def _of_every_one(core: str) -> re.Match[str] | None:
    found = EVERY_ONE.match(core)
    done = (found.group("done") or found.group("how") or "").casefold() if found else ""
    described = done in NOT_DONE_BY_ANYONE or (done.endswith("ed") and participle(done) is None)
    return None if described else found


def _acted(core: str, *, bound: bool) -> Reading | None:
    """A bound party and what it does: "The organization employs ...", "Two guards stay until ...".

    `bound` says that a condition or a circumstance binds it.
    """
    if (system := SYSTEM.match(core)) and (verb := third_person(system.group("verb").casefold())):
        return (
            None if verb in TELLS_A_FACT else Reading("obligation", f'states what is done ("{system.group("verb")}")')
        )
    if re.match(
        r"(?:most|some|many|several|few) |the (?:\w+ ){1,3}(?:officer|manager|director|team|desk|office)\b", core, re.I
    ):
        return None
    if (people := PEOPLE.match(core)) and bound:
        said = people.group("verb").casefold()
        verb = said if said in VERBS else third_person(said)
        if verb and verb not in TELLS_A_FACT and not (said in NOUN_TOO and said == verb and _is_compound(core, people)):
            return Reading("obligation", f'states what people do ("{said}")')
    return None


def _is_compound(core: str, people: re.Match[str]) -> bool:
    """ "Staff access is", "User records are": the verb is a noun when a finite verb follows it."""
    following = re.match(r"\s*(\w+)", core[people.end() :])
    return following is None or following.group(1).casefold() in {
        "is", "are", "must", "shall", "may", "can", "will", "should", "has", "have", "and", "or", "to", "of", "was",
    }  # fmt: skip
