"""The many ways of tying an act to who the user is brought to two: "ACT is reserved for PEOPLE", "PEOPLE must not ACT".

"Vans may be hired by drivers of 21 or older only", "No one without a licence may hire a van" and "Hiring vans requires
an age of at least 21" say whose act is forbidden. What is left to staff, or to nobody in particular, is left as it is.
"""

from __future__ import annotations

import re

from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.reading.grammar import AGENT, ALLOWED, EVERYBODY, LEAVE, NUMBER, PERSONA, is_participle

from .people import is_told_apart, people_in
from .users_clauses import MANY, MAY, tied_by_clause

_ONLY = r"(?:only|solely|exclusively|strictly)"
_NOT_MAY = (
    r"(?:(?:may|can|must|should|shall|will|could) (?:not|never)|cannot|can't|"
    r"(?:is|are) (?:not (?:allowed|permitted|entitled) to|never to|not to))"
)
_USER = rf"(?:(?:the |an? |any |every |each )?(?:{PERSONA}|driver|visitor|holder)s?|you|people|(?:any|some|every)one)"
_FOR = r"(?:for|by|on behalf of|in the name of)"
_DONE = (
    r"(?P<verb>(?:put|[a-z]+(?:ed|[a-z]{2}t|[a-z]ld|en|ne|ade))(?:(?:,| or| and|, or|, and) [a-z]+)*"
    r"(?: (?:up|in|out|for))?)"
)
_THING = r"(?P<thing>[^.;:]+?)"
_ACT = r"(?P<act>[^.;:]+?)"
_WHO = r"(?P<who>[^.;:]+?)"
_ALONE = rf"(?:,? (?:{_ONLY}|alone))?"
_YEARS = r"(?: years?)?(?: of age| old)?(?:,? (?:or|and) (?:older|over|above|more|up))?"
_NEEDED = (
    r"(?:required|needed|necessary|mandatory|indispensable|compulsory"
    r"|an? (?:condition|precondition|prerequisite|requirement|must))"
)
_IS = r"(?:is|are|stays?|remains?|(?:may|shall|will|must) be)"
_OPEN = r"(?:allowed|permitted|possible|open|available|accessible|offered|granted|meant|intended)"
_IF_THEY = (
    rf"(?:if|when|where|whenever) (?P<user>{_USER}|they) "
    r"(?P<is>is|are|has|have|does|do|holds?|owns?|lacks?|owes?) (?P<what>[^.;:,]+)"
)
_WITH = r"(?:who|whose|with|without|under|over|below|above|aged|younger|older|lacking|of|that)"
_HELD = (
    r"(?:member(?:ship)?|subscription|licen[cs]e|permit|registration|vaccination|certificates?|certification|clearance"
    r"|training|insurance|badge|account|card|pass|residency|residence)"
)
_VALUE = r"\(\w+ ?(?:=|==|:|is|>=|<=|>|<|!=|≥|≤) ?[\w.-]+\)"

_DO_NOT = rf"(?:never|do not|don't|(?:{AGENT} )?{_NOT_MAY}|it is (?:not allowed|not permitted|forbidden|prohibited) to)"

_PASSED = rf"{_DONE}(?P<where> (?:in|into|to|on|onto) [^.;:]+?)?"
"""A participle, and where the thing is brought ("put into the cart")."""

_RESERVED = tuple(
    re.compile(form)
    for form in (
        # The thing stands first, and what is done to it follows.
        rf"^{_THING} {MAY} {_ONLY} be {_PASSED} {_FOR} {_WHO}{_ALONE}$",
        rf"^{_THING} {MAY} be {_PASSED} {_ONLY} {_FOR} {_WHO}{_ALONE}$",
        rf"^{_THING} {MAY} be {_PASSED} {_FOR} {_ONLY} {_WHO}$",
        rf"^{_THING} {MAY} be {_PASSED} {_FOR} {_WHO},? (?:{_ONLY}|alone)$",
        rf"^{_THING} (?:is|are) {_ONLY} {_DONE} {_FOR} {_WHO}$",
        rf"^{_THING} (?:is|are) {_DONE} {_FOR} {_WHO},? (?:{_ONLY}|alone)$",
        # The act stands first.
        rf"^{_ACT} {_IS} (?:{_ONLY} )?(?:reserved|restricted|limited|confined) (?:to|for) {_WHO}{_ALONE}$",
        rf"^{_ACT} {_IS} {_ONLY} {_OPEN} (?:to|for) {_WHO}{_ALONE}$",
        rf"^{_ACT} {_IS} {_OPEN} (?:{_ONLY} (?:to|for)|(?:to|for) {_ONLY}) {_WHO}{_ALONE}$",
        rf"^{_ACT} {_IS} {_OPEN} (?:to|for) {_WHO},? (?:{_ONLY}|alone)$",
        rf"^{_ACT} (?:is|are) (?:the |an? )?(?:privilege|preserve|prerogative|right) of {_WHO}{_ALONE}$",
        # The people stand first.
        rf"^(?:{_ONLY}|none but|nobody but|no one but) {_WHO} {MAY} (?!be {_DONE})(?P<act>[^.;:]+? {_VALUE})$",
        rf"^{_WHO} {_ONLY}: {_ACT}$",
        rf"^{_ONLY} (?:for|to|by) {_WHO}: {_ACT}$",
        rf"^{_ACT} {_IS} {_ONLY} {_OPEN} (?P<who>with (?:an? |the |valid |proof of )*{_HELD})$",
        # The act is a topic, or what the agent does.
        rf"^{_ACT} (?:is|are) {_ONLY} (?:for|to) {_WHO}$",
        rf"^{_ACT}: (?:(?:{_ONLY} )?(?:for|to) )?{_WHO} {_ONLY}$",
        rf"^{_ACT}: {_ONLY} (?:(?:for|to) )?{_WHO}$",
        rf"^(?:{AGENT} (?:{MAY} )?)?(?P<act>[^.;:]+?) {_ONLY} {_FOR} {_WHO}$",
        rf"^{_ACT} {_IS} (?:{_ONLY} )?{_OPEN} {_ONLY}? ?from (?P<who>(?:the )?age of {NUMBER}{_YEARS})$",
        rf"^{_ACT} {_IS} {_ONLY} {_OPEN} from (?P<who>(?:the )?age of {NUMBER}{_YEARS})$",
    )
)
_BARRED = tuple(
    re.compile(form)
    for form in (
        rf"^{_IF_THEY}, (?:(?:they|you|he or she|the user|the agent) )?(?:{_NOT_MAY}|do not|don't|never) {_ACT}$",
        rf"^{_IF_THEY}, {_ACT} (?:is|are) (?:not (?:allowed|permitted|possible)|prohibited|forbidden)$",
        rf"^{_THING} {_NOT_MAY} be {_DONE} {_FOR} {_WHO}$",
        rf"^no {_THING} {MAY} be {_DONE} {_FOR} {_WHO}$",
        rf"^{_THING} {MAY} neither be {_DONE} nor (?:be )?(?P<also>[a-z]+) {_FOR} {_WHO}$",
        rf"^{_DO_NOT} {_ACT} of (?P<who>(?:an? |any )?(?:{PERSONA}|person) {_WITH} [^.;:]+)$",
        rf"^(?P<who>(?:an? |any )(?:{PERSONA}|person) {_WITH} [^.;:]+?) {_NOT_MAY} (?!be {_DONE}){_ACT}$",
        rf"^no {_ACT} {_FOR} {_WHO}$",
        rf"^no {_ACT} (?P<who>without (?:an? |the |valid )*{_HELD})$",
        rf"^{_ACT} {_FOR} {_WHO} (?:is|are|must be) (?:always )?(?:not (?:allowed|permitted|possible|accepted)"
        rf"|prohibited|refused"
        rf"|declined|forbidden|barred|banned)$",
        rf"^{_DO_NOT} {_ACT} (?:on behalf of|in the name of) {_WHO}$",
        rf"^{_DO_NOT} {_ACT} for {_WHO}$",
        rf"^{_DO_NOT} (?P<act>[^.;:]+) for {_WHO}$",
        rf"^{_ACT} (?:is|are) (?:not (?:allowed|permitted|open|available|possible|intended|meant|accessible|for)"
        rf"|prohibited|forbidden|barred|closed|denied|off[- ]limits|banned|refused|blocked|disabled|locked)(?: for"
        rf"| to)? {_WHO}$",
        rf"^{_WHO} (?:is|are) (?:excluded|barred|banned|prohibited|precluded|kept) from {_ACT}$",
        rf"^{_WHO} (?:is|are) (?:not|never) eligible (?:to|for) {_ACT}$",
    )
)
_NOBODY = re.compile(
    rf"^(?:no one|nobody|no-one|none|no (?P<kind>(?:[a-z'-]+ )?)(?P<noun>{PERSONA}|person|people|driver|visitor|minor"
    rf"|child|teenager)s?) (?P<rest>{_WITH} [^.;:]+? )?{MAY} (?!be {_DONE}){_ACT}$"
)
_LACKING = re.compile(rf"^(?:un|non-?)(?P<what>[a-z]{{4,}}) (?P<noun>{_USER}) {_NOT_MAY} {_ACT}$")
_NEEDS = (
    re.compile(r"^(?P<act>[^.;:]+): (?P<need>(?:the )?minimum age (?:is |of )?\d+[a-z ]*)$"),
    re.compile(
        rf"^(?:the )?(?:minimum )?age (?:requirement|limit) (?:for|to) {_ACT}(?::| is) (?P<need>{NUMBER}{_YEARS})$"
    ),
    re.compile(rf"^(?P<need>{NUMBER}(?: years)?) is the (?:minimum|least|lowest) age (?:for|to|at which to) {_ACT}$"),
    re.compile(rf"^{_ACT}: (?P<need>[^.;:]+?) (?:is )?{_NEEDED}$"),
    re.compile(
        rf"^{_ACT} (?:requires?|needs?|presupposes?|calls? for|demands?|(?:is|are) conditional (?:up)?on) "
        rf"(?:that |for )?(?:{_USER} (?P<has>to be|be|is|are|to have|have|has|to hold|holds?|to own|owns?) )?"
        r"(?P<need>[^.;:]+)$"
    ),
    re.compile(
        rf"^(?:in order )?to {_ACT},? {_USER} (?:must|has to|have to|needs? to|should|is required to|are required to) "
        r"(?P<has>be|have|hold|own|possess) (?P<need>[^.;:]+)$"
    ),
    re.compile(
        rf"^(?:{_USER} )?{MAY} {_ACT} only (?:if|when|once|while|as long as|provided(?: that)?)"
        rf" (?:they|he|she|he or she|you|{_USER}) (?P<has>are|is|have|has|holds?|owns?|possess(?:es)?)"
        r" (?P<need>[^.;:]+)$"
    ),
    re.compile(
        rf"^(?P<need>[^.;:,]+?) (?:is|are) {_NEEDED} (?:in order )?(?:to|for|before|when|if you want to) {_ACT}$"
    ),
    re.compile(
        rf"^{_USER} (?:must|has to|have to|needs? to|should) (?P<has>be|have|hold|own|possess) (?P<need>[^.;:]+?) "
        rf"(?:in order )?(?:to|before (?:you |they )?) ?{_ACT}$"
    ),
)
_AGE = re.compile(
    rf"^(?:reached |turned |attained )?(?:an? |the |minimum |user )*(?:age(?: of)? )?(?:at least |over |aged "
    rf"|least )*(?P<age>{NUMBER}){_YEARS}$"
    rf"|^(?:an? |the )?minimum age (?:of |is )?(?P<least>{NUMBER}){_YEARS}$"
    rf"|^(?:to )?(?:be |have reached |reached )*(?:the )?(?:full |legal )age (?P<full>)$"
)
_ONE_PERSON = re.compile(rf"^(?:an? |the )?(?:{PERSONA}|person) {_WITH}\b")
_HOLDING = re.compile(rf"(?:\b{_HELD}|{_VALUE})$")
_ASIDE = re.compile(
    r"^(?P<act>[^.;:()]+?)(?:\s+[-–—]+\s+|,\s+|\s*\(\s*)(?:that is(?: to say)?|i\.e\.|meaning|in other words|namely"
    r"|which means|by which we mean|to wit)[,:]?\s+(?P<told>[^.;:()]+?)(?:\s+[-–—]+\s+|\s*\)\s*|,\s+)"
    r"(?P<rest>(?:is|are|may|must|can|requires?|needs?|stays?|remains?)\b.+)$"
)
_STAFF = re.compile(r"\b(?:staff|managers?|administrators?|admins?|agents?|assistants?|support|teams?|department)\b")
_LEAVE = re.compile(rf"\b(?:asking|asked|agree\w*|approved|confirmed|consented|{LEAVE})\b")
"""Words that speak of leave, which is for others to read ("for the user without asking")."""

_SENTENCE = re.compile(r"(?<=[\w'\")])(?:[.!]\s+(?=[A-Z'\"])|;\s+)")
_OPEN_TO_ALL = re.compile(
    r"^(?!.*\b(?:with|without|if|when|where|unless|except|but|not|no|only|whose|who|from|after|until)\b)"
    rf"(?:[^,;:.]+ (?:is|are|stays?|remains?) (?:{_OPEN}|free|fine) (?:to|for) {EVERYBODY}"
    rf"|{EVERYBODY} (?:may|can|is allowed to|are allowed to) [^,;:.]+"
    rf"|[^,;:.]+ (?:may|can) be [a-z]+ by {EVERYBODY})\.?$",
    re.IGNORECASE,
)
"""What is open to everybody narrows nothing of what is not."""


_PROFILE_SAYS = re.compile(
    r"\b(?:(?:the|their|his|her|your) )?(?:user(?:'s)? |customer(?:'s)? |guest(?:'s)? )?(?:profile|record|file)"
    r" (?:of the \w+ )?(?:says|states|shows|indicates|confirms|tells|lists|notes)(?: that)? "
    r"(?=(?:the (?:user|customer|guest|member|client)|they|he|she) (?:is|are|has|have|holds?)\b)",
    re.IGNORECASE,
)
"""Where it stands who the user is: nothing but that is asked."""


def of_users(statement: str) -> str:
    """The statement with each sentence that ties an act to who the user is in one of the two forms."""
    statement = _PROFILE_SAYS.sub("", statement)
    parts = [part.strip() for part in _SENTENCE.split(statement) if part.strip()]
    narrow = [part for part in parts if not _OPEN_TO_ALL.match(part)]
    if narrow and len(narrow) < len(parts):
        parts, statement = narrow, " ".join(f"{part.rstrip('.')}." for part in narrow)
    told = [_plain(part) for part in parts]
    if not any(told):
        return statement
    return " ".join(f"{plain or part.rstrip('.')}." for plain, part in zip(told, parts, strict=True))


def _plain(sentence: str) -> str | None:
    text = re.sub(r"[’‘]", "'", normalise(sentence)).strip(" .!")
    if len(text) > _LONGEST:
        return None
    full = _in_full(text)
    changed, text = full != text, full
    explained = _ASIDE.match(text)
    text = f"{explained['told']} {explained['rest']}" if explained else text
    text = re.sub(rf",? (only|alone) ({_VALUE})$", r" \2 \1", text)
    for found in (_by_clause, _nobody, _lacking, _needing, _reserved, _barred):
        if (plain := found(text)) is not None:
            return plain
    return text if explained or changed else None


_LONGEST = 300


def _aged(match: re.Match[str]) -> str:
    return f"{'users ' if not match[1].startswith('of ') else ''}aged {match[2]} or over"


_WHOEVER = re.compile(r"^whoever (is|has|does|holds|owns|lacks|owes)\b")
_NEITHER = re.compile(rf" {MAY} neither (?!be )([a-z]+(?: [^.;:,]+?)?) nor ")
_SHORT = tuple(
    (re.compile(form), full)
    for form, full in (
        (r"\bfor (adults|grown-ups|members|residents) only (\([^()]+\))", r"for \1 \2 only"),
        (r"\b(is|are|was|has|have|does|do)n't\b", r"\1 not"),
        (
            rf"\b(adults|grown-ups|of (?:full |legal )?age) ?\(({NUMBER}) ?(?:\+|(?:or|and) (?:over|older|above"
            rf"|up))[^()]*\)",
            _aged,
        ),
        (rf"\b({NUMBER}) ?\+(?! ?\d)", r"\1 or over"),
        (rf"\b(under|over)-({NUMBER})(?:s|-year-olds)\b", r"users \1 \2"),
        (rf"\. ({_VALUE})$", r" \1"),
        (
            r"^((?:if|when|where|unless) [^,]+), no ([^;:]+?) (?:is|are|(?:may|must|can|should) be)"
            r" ([a-z]+(?: or [a-z]+)?)$",
            r"\1, do not \3 \2",
        ),
        (
            r"^((?:if|when|where|unless) [^,]+), no ([^;:]+?) (?:is|are|(?:may|must|can|should) be) applied for$",
            r"\1, do not apply for \2",
        ),
        (
            r"^([a-z_]+) must be (true|false) (?:for|before|to) [^:]+: .*\b(?:cart|bag|basket)\b.*$",
            r"shopping requires \1 = \2",
        ),
        (
            r"^([a-z_]+) must be (true|false) (?:for|before|to|in order to) (?:(?:the agent|you|any|every) )?([^:]+?)"
            r"(?::.*)?$",
            r"\3 requires \1 = \2",
        ),
        (r"\bnon-?(member|resident|subscriber|student|employee)s\b", r"users who are not \1s"),
        (rf"\b(?:foreign|overseas) (?=(?:{PERSONA}|person)s?\b)", "non-domestic "),
        (r"\b(?:with|having) ([a-z_]+) ?(?:==?|:) ?(true|false|yes|no)\b", r"(\1 = \2)"),
    )
)


def _in_full(text: str) -> str:
    """ "Isn't" as "is not", "adults (18+)" as those of that age, "whoever has none" as people who have none."""
    text = _WHOEVER.sub(lambda match: f"users who {MANY[match[1]]}", text)
    text = _NEITHER.sub(r" must not \1 or ", text)
    for form, full in _SHORT:
        text = form.sub(full, text)
    return text


def _by_clause(text: str) -> str | None:
    """ "Do not rent a van if the driver has no licence", "unless they are members"."""
    if _OF_THE_THING.match(text) or _SETS_A_VALUE.match(text) or (tied := tied_by_clause(text)) is None:
        return None
    return _barred_to(tied.who, tied.act) if tied.sense == "barred" else _reserved_for(tied.who, tied.act)


_OF_THE_THING = re.compile(
    rf"^(?!(?:{PERSONA}|person)s?\b)[a-z][a-z -]*? (?:may|can|must|should|shall|are|is|cannot)(?: only| not| never)?"
    r" (?:be )?\w+ (?:only )?(?:if|once|when|after|unless|until|while|as long as) (?:they|it)"
    r" (?:are|is|have been|has been) (?:not |already |fully |still |completely )*(?!domestic|vaccinated|unvaccinated"
    r"|insured|licensed|adults?|eligible|\w+s$)[a-z]+$"
)
""" "Orders may only be shipped once they are paid": the orders are, and no user."""


_SETS_A_VALUE = re.compile(
    r"^(?:do not|don't|never|only) (?:use|set|choose|select|pick|assign|change)\b[^;:.]*['\"][^'\"]+['\"]"
)
""" "Do not use the priority 'Urgent' unless the customer is blocked": a value of a record, and no act of a user."""


def _nobody(text: str) -> str | None:
    """ "No one without a licence may ...": those without one may not."""
    if (match := _NOBODY.match(text)) is None:
        return None
    noun = f"{match['noun']}s" if match["noun"] else "users"
    kind, rest = (match["kind"] or "").strip(), (match["rest"] or "").strip()
    if kind and not rest:
        lacking = re.match(r"(?:un|non-?)([a-z]{4,})$", kind)
        rest = f"who are not {lacking[1]}" if lacking else f"who are {kind}"
    if noun in ("minors", "childs"):
        noun, rest = "users", "under 18"
    rest = re.sub(r"\b(?:is|has|does|holds|owns|lacks|owes)\b", lambda one: MANY[one.group()], rest)
    return _barred_to(f"{noun} {rest}", match["act"]) if rest else None


def _lacking(text: str) -> str | None:
    """ "Unvaccinated users may not ...": those who are not vaccinated."""
    if (match := _LACKING.match(text)) is None:
        return None
    return f"{match['noun']} who are not {match['what']} must not {match['act']}"


def _needing(text: str) -> str | None:
    """ "Hiring a van requires an age of at least 21", "To hire a van, a driver must hold a licence"."""
    for form in _NEEDS:
        if (match := form.match(text)) is None:
            continue
        has, need = match.groupdict().get("has") or "", match["need"].strip()
        if age := _AGE.match(need):
            return f"{_act(match)} is reserved for users aged {age['age'] or age['least'] or '18'} or over"
        if _ONE_PERSON.match(need) and (plain := _reserved_for(need, _act(match))):
            return plain
        if not _HOLDING.search(need) and not re.search(r"\bbe\b|\bare\b|\bis\b", has):
            continue
        need = re.sub(r"^(?:an? |the |valid |proof of |to )+", "", need)
        who = f"users who {'are' if re.search(r'be|are|is', has) else 'hold'} {need}"
        if plain := _reserved_for(who, _act(match)):
            return plain
    return None


def _reserved(text: str) -> str | None:
    if text.startswith("no "):
        return None  # "No room may be reserved for a child" reserves none
    for form in _RESERVED:
        if (match := form.match(text)) and (plain := _reserved_for(match["who"], _act(match))):
            return plain
    return None


def _barred(text: str) -> str | None:
    for form in _BARRED:
        if (match := form.match(text)) and (plain := _barred_to(_who(match), _act(match))):
            return plain
    return None


def _who(match: re.Match[str]) -> str:
    """The people: as they stand, or those of whom a condition tells ("If the guest has no badge, ...")."""
    told = match.groupdict()
    return str(told["who"]) if told.get("who") else f"users who {MANY.get(told['is'], told['is'])} {told['what']}"


def _act(match: re.Match[str]) -> str:
    """The act: as it stands, or of a passive clause verb and thing turned round."""
    told = match.groupdict()
    if told.get("act"):
        return _turned(re.sub(rf"^(?:{MAY}) (?=[a-z]+ )", "", str(told["act"])))
    verbs = " or ".join(one for one in (told.get("verb"), told.get("also")) if one)
    return f"{verbs} {told['thing']}{told.get('where') or ''}" if verbs else ""


def _turned(act: str) -> str:
    """ "A flight is booked": the act of a passive clause, verb first."""
    match = _PASSIVE.match(act)
    if match is None or not all(map(is_participle, re.split(r",? (?:or|and) |, ", match["done"]))):
        return act
    return f"{match['done']} {match['thing']}{match['rest']}"


_PASSIVE = re.compile(
    r"^(?P<thing>[^.;:,]+?) (?:is|are|gets?|(?:can|may|could|is to|are to) be) "
    r"(?P<done>[a-z]+(?:(?:,| or| and|, or|, and) [a-z]+)*)(?P<rest>(?: [^.;:]+)?)$"
)


def _reserved_for(who: str, act: str) -> str | None:
    if value := re.search(rf" {_VALUE}$", act):
        act, who = act[: value.start()], f"{who}{value.group()}"
    who = _in_the_plural(who)
    return f"{act} is reserved for {who}" if _are_people(who) and _is_act(act) else None


def _barred_to(who: str, act: str) -> str | None:
    """What only some may not do; a rule that binds everybody, or the agent, is none of these."""
    if act.startswith("no "):
        return None  # "No ticket is closed without a note": what the thing lacks, and no user
    if re.fullmatch(
        r"(?:the |all |any |an? )?(?:minors|children|underage (?:users|persons|people|customers)|minor|child)", who
    ):
        return f"users under 18 must not {act}"
    if value := re.search(rf" {_VALUE}$", act):
        act, who = act[: value.start()], f"{who}{value.group()}"
    if lacking := re.match(rf"(?:un|non-?)(?P<what>[a-z]{{4,}}) (?P<noun>{_USER})$", who):
        who = f"{lacking['noun']} who are not {lacking['what']}"
    who = _in_the_plural(who)
    told = is_told_apart(who) or re.search(rf"{_VALUE}$", who)
    return f"{who} must not {act}" if told and _are_people(who) and _is_act(act) else None


def _in_the_plural(who: str) -> str:
    """ "A guest who is ...", "anyone without ...", "without ...": the people of whom it is so."""
    who = re.sub(r"^(?:any|some|every)(?:one|body)\b|^those\b", "users", who)
    who = re.sub(r"^the age of\b|^age of\b", "users of", who)
    who = re.sub(r"^(?=with(?:out)?\b)", "users ", who)
    one = re.match(rf"(?:an? |any |every |each |the )?(?P<noun>{PERSONA}|person) (?P<rest>{_WITH}\b.+)$", who)
    if one is None:
        return who
    verb = r"^who (is|has|does|holds|owns|lacks|owes)\b"
    return f"{one['noun']}s {re.sub(verb, lambda match: f'who {MANY[match[1]]}', one['rest'])}"


def _are_people(who: str) -> bool:
    return not _STAFF.search(who.split(" who ")[0]) and not _LEAVE.search(who) and bool(people_in(who))


def _is_act(act: str) -> bool:
    verb = act.split()[0] if act else ""
    return bool(verb) and verb not in ALLOWED and not (verb == "be" and is_participle(act.split()[-1]))
