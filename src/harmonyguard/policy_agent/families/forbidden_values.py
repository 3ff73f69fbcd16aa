"""Values that must not be set, boxes that must stay as they are, fields that are to be left alone."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import AllOf, AnyOf, Rule

from .building import NOT, USER, clean, just, term
from .records_meant import records_meant
from .value_words import BARE, FIELD, MARKS, QUOTED, ROLES, WHAT

_V = rf"(?:{QUOTED}|(?P<bare>{BARE}))"
_A = r"(?:the |an? |any |its |their )?"
_F = rf"(?P<field>{FIELD})"
_HAVE = (
    r"(?:have|get|receive|carry|use|hold|be (?:given|assigned|granted|set to|put in|put on|moved to|created with"
    r"|created as|created in|added with|added as|invited with|invited as|saved with|saved as))"
)
_FORBIDDEN = tuple(
    re.compile(form)
    for form in (
        rf"^(?:the )?{_F}(?: of {WHAT})? (?:is|are) (?:never|not) (?:set|changed|moved|put|reset)"
        rf" (?:to|on|at) {_A}{_V}$",
        rf"^{WHAT} {NOT} (?:ever )?{_HAVE} {_A}{_F}(?: of)? {_V}$",
        rf"^{WHAT} {NOT} (?:ever )?{_HAVE} {_A}{_V} {_F}$",
        rf"^no {WHAT} (?:may|must|shall|should|can|is to|are to) (?:ever )?{_HAVE} {_A}{_F}(?: of)? {_V}$",
        rf"^no {WHAT} (?:may|must|shall|should|can|is to|are to) (?:ever )?{_HAVE} {_A}{_V} {_F}$",
        rf"^{NOT} (?:give|grant|assign) (?:the |an? )?(?:{_V} {_F}) to {WHAT}$",
        rf"^{NOT} (?:give|grant|assign) (?:the |an? )?{_F} {_V} to {WHAT}$",
        rf"^{NOT} (?:give|grant|assign) {WHAT} {_A}{_F}(?: of)? {_V}$",
        rf"^{NOT} (?:give|grant|assign) {WHAT} (?:the |an? ){_V} {_F}$",
        rf"^{NOT} (?:set|change|switch|move|put|turn) {_A}{_F}(?: (?:of|on|for) {WHAT})? (?:to|on|at) {_A}{_V}$",
        rf"^{NOT} (?:choose|use|select|pick|enter|assign) {_A}{_V} (?:as|for|in) {_A}{_F}(?: (?:of|on|for) {WHAT})?$",
        rf"^{NOT} (?:leave|keep) {_A}{_F}(?: (?:of|on|for) {WHAT})? (?:at|on|as|in) {_A}{_V}$",
        rf"^{NOT} (?:choose|use|select|pick|enter) {_A}{QUOTED} {_F}(?: (?:of|on|for|in) {WHAT})?$",
        rf"^(?:the )?{_F} {QUOTED} {NOT} be (?:used|set|chosen|selected|assigned|given)(?: (?:of|on|for|in) {WHAT})?$",
        rf"^(?:the )?{_F} of {WHAT} {NOT} (?:ever )?be (?:set to |changed to |moved to )?{_A}{_V}$",
    )
)
_BOX = r"(?:(?:box|checkbox|check box|tick box|option|switch|toggle)(?: (?:for|called|named|labelled))? )?"
_C = (
    rf"(?:the |any )?{_BOX}(?P<box>['\"][^'\"]+['\"]|[\w-]+(?: [\w-]+){{0,3}}?)(?: (?:box|checkbox|check box"
    rf"|tick box|option|switch|toggle))?"
)
_TICKED = r"(?:ticked|checked)"
_ON = r"(?:ticked|checked|on|switched on|turned on|enabled|selected)"
_UNTICKED = r"(?:unticked|unchecked)"
_OFF = r"(?:unticked|unchecked|off|switched off|turned off|disabled|deselected|empty)"
_STAYS = r"(?:(?:must|should|shall|has to|is to) (?:always )?(?:be|stay|remain|be left|be kept)|is(?: always)?)"
_NAMED = r"(?:the |any )?(?:(?:box|checkbox|check box|tick box|option|switch|toggle) )?(?P<box>['\"][^'\"]+['\"])"
_FOR = rf"(?: (?:for|on|in) {WHAT})?"
_BOXES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form), state)
    for form, state in (
        (rf"^{NOT} (?:untick|uncheck|deselect)(?:ing)? {_C}{_FOR}$", "yes"),
        (rf"^{NOT} tick(?:ing)? {_C}{_FOR}$", "no"),
        (rf"^{NOT} (?:check|select)(?:ing)? {_NAMED} (?:box|checkbox|check box|tick box)$", "no"),
        (rf"^{NOT} (?:check|select)(?:ing)? (?:the )?(?:box|checkbox|check box|tick box) {_NAMED}$", "no"),
        (rf"^(?:always )?(?:leave|keep) {_C} (?:ticked|checked|on){_FOR}$", "yes"),
        (rf"^(?:always )?(?:leave|keep) {_C} (?:unticked|unchecked|off){_FOR}$", "no"),
        (rf"^{_C} {_STAYS} {_TICKED}{_FOR}$", "yes"),
        (rf"^{_C} {_STAYS} {_UNTICKED}{_FOR}$", "no"),
        (rf"^{_NAMED} {_STAYS} {_ON}{_FOR}$", "yes"),
        (rf"^{_NAMED} {_STAYS} {_OFF}{_FOR}$", "no"),
        (rf"^(?:always )?tick {_C}{_FOR}$", "yes"),
    )
)
"""What is said of boxes, and how they must stand. What is switched on or off without one is no box by its name."""

_AS_IT_IS = (
    r"(?:alone|as (?:it is|is|they are|it was|you found (?:it|them))|unchanged|untouched|unmodified"
    r"|where (?:it is|they are))"
)
_LEFT = tuple(
    re.compile(form)
    for form in (
        rf"^(?:leave|keep) {_A}{_F} (?:of|on|for) {WHAT} {_AS_IT_IS}$",
        rf"^{NOT} (?:change|touch|alter|edit|modify|adjust) {_A}{_F} (?:of|on|for) {WHAT}$",
        rf"^{NOT} (?:change|touch|alter|edit|modify|adjust) {_A}(?:field )?['\"](?P<field>[^'\"]+)['\"](?: field)?"
        rf"(?: (?:of|on|for) {WHAT})?$",
        rf"^(?:the )?{_F} (?:of|on|for) {WHAT} (?:{NOT} be (?:changed|touched|altered|edited|modified|adjusted)"
        rf"|stays? {_AS_IT_IS}"
        rf"|(?:must|should|is to|are to) (?:be left|be kept|stay|remain) {_AS_IT_IS})$",
    )
)


def forbidden_value(statement: str) -> Rule | None:
    """ "New members must not have the role Owner.", "Do not untick 'Notify'.", "Leave the owner of leads alone." """
    text = clean(statement)
    for form in _FORBIDDEN:
        if match := form.match(text):
            told = match.groupdict()
            records = records_meant(told.get("what"))
            value = told.get("value") or told.get("bare")
            if records is not None and value not in _DONE_TO_IT:
                return Rule(when=(just(term("field", match["field"], "is", value)), *records))
    if rule := _assigned_to(text) or _marked_so(text):
        return rule
    if rule := _unwanted(text) or _made_one(text) or _kept_empty(text):
        return rule
    if match := _NOT_MADE.match(text):
        return _not_made(match["what"], match["mark"])
    if match := _NEVER_CREATED.match(text):
        return _not_created(match["what"], match["mark"])
    asked = _IF_ASKED.search(text)
    for form, state in _BOXES:
        if match := form.match(text[: asked.start()] if asked else text):
            records = records_meant(match.groupdict().get("what")) or ()
            rule = Rule(when=(just(term("departs", match["box"].strip("'\""), "is", state)), *records))
            return _but_for(asked.group().strip(), rule) if asked else rule
    if (rule := _text_left(text)) is not None:
        return rule
    for form in _LEFT:
        if (match := form.match(text)) and (records := records_meant(_MINE.sub("", match["what"] or ""))) is not None:
            return Rule(when=(just(term("field", match["field"])), *records))
    return None


_IF_ASKED = re.compile(rf" (?:unless|except (?:when|if|where)) (?:i|we|{USER}|the task|you are|it is) \b[^,;]*$")


def _but_for(condition: str, rule: Rule) -> Rule:
    """The rule, but for what the judge finds to be so: what the user asks for may be the act, and not the box."""
    lifted = AllOf(terms=(term("judged", condition),))
    return rule.model_copy(update={"unless": (lifted,), "understood": "partly", "remainder": (condition,)})


_TEXT = r"(?:text|wording|words|content|body)"
_EDITED = (
    r"(?:changed|touched|altered|edited|modified|adjusted|rephrased|corrected|rewritten|shortened|cleaned(?: up)?)"
)
_EDIT = r"(?:change|touch|alter|edit|modify|adjust|rephrase|correct|rewrite|shorten|clean(?: up)?)"
_KEPT_AS = (
    rf"(?:{NOT} be {_EDITED}|(?:is|are) (?:not to be|never) {_EDITED}|(?:(?:must|should|shall|is to"
    rf"|has to) )?(?:stays?|remains?|be left"
    r"|be kept) (?:as .+|unchanged|untouched|alone))"
)
_TEXTS = tuple(
    re.compile(form)
    for form in (
        rf"^(?:the |an? |any |every )?(?P<what>[\w ]+?)(?:'s|s') {_TEXT} {_KEPT_AS}$",
        rf"^(?:the )?{_TEXT} of {WHAT} {_KEPT_AS}$",
        rf"^{NOT} {_EDIT} (?:the )?{_TEXT} of {WHAT}$",
        rf"^{NOT} {_EDIT} (?:the |an? |any )?(?P<what>[\w ]+?)(?:'s|s') {_TEXT}$",
        rf"^(?:leave|keep) (?:the )?{_TEXT} of {WHAT} {_AS_IT_IS}$",
    )
)


def _text_left(text: str) -> Rule | None:
    """ "The wording of reviews stays as it is": the field that holds it is called so, or by what it is."""
    match = next((found for form in _TEXTS if (found := form.match(text))), None)
    records = records_meant(match["what"]) if match else None
    if match is None or records is None:
        return None
    fields = (match["what"].removesuffix("s"), "text", "content", "body", "message", "description", "wording")
    return Rule(when=(AnyOf(terms=tuple(term("field", name) for name in dict.fromkeys(fields))), *records))


_ASSIGNED = tuple(
    re.compile(form)
    for form in (
        rf"^{NOT} (?:assign|route|hand) {WHAT} to (?:the )?(?:user |account |member )?{QUOTED}$",
        rf"^{WHAT} (?:{NOT}|(?:is|are) never to) be assigned to (?:the )?(?:user |account |member )?{QUOTED}$",
    )
)
_MARKED = tuple(
    re.compile(form)
    for form in (
        rf"^{NOT} (?:set|mark|flag|put|move|switch) {WHAT} (?:to|as|at|on) (?:the )?{QUOTED}$",
        rf"^{WHAT} {NOT} be (?:set|marked|flagged|put|moved|switched) (?:to|as|at|on) (?:the )?{QUOTED}$",
    )
)
_ANYTHING = frozenset({"anything", "something", "one", "it", "them", "any"})


def _assigned_to(text: str) -> Rule | None:
    match = next((found for form in _ASSIGNED if (found := form.match(text))), None)
    records = _records(match["what"]) if match else None
    if match is None or records is None:
        return None
    return Rule(when=(just(term("field", "assignee", "is", match["value"])), *records))


def _marked_so(text: str) -> Rule | None:
    """ "Do not mark tickets as 'Urgent'": whichever field offers the value."""
    match = next((found for form in _MARKED if (found := form.match(text))), None)
    if match and re.fullmatch(rf"(?:the )?{FIELD}(?: of .+)?", match["what"]):
        return None  # it is the field that must not be set so
    records = _records(match["what"]) if match else None
    if match is None or records is None:
        return None
    return Rule(when=(just(term("departs", "", "is_not", match["value"])), *records))


def _records(what: str) -> tuple[AnyOf, ...] | None:
    return () if what in _ANYTHING else records_meant(what)


_NOT_MADE = re.compile(
    rf"^(?:you )?{NOT} (?:make|leave|set|mark|keep|turn)(?: or (?:make|leave|set|mark|keep"
    rf"|turn))* {WHAT} (?:to |as )?(?P<mark>{MARKS})$"
)
_NEVER_CREATED = re.compile(
    rf"^(?:you )?{NOT} (?:create|open|start|set up|add|publish|make) (?:an? |any |new )*"
    rf"(?P<mark>{MARKS}) (?P<what>[a-z ]+)$"
)
_OPPOSITES = {"public": "private", "private": "public", "hidden": "public", "unlisted": "listed", "draft": "published"}


def _not_created(what: str, mark: str) -> Rule | None:
    """ "Do not create public links": a button may be called by it as well, and then no field is set."""
    rule = _not_made(f"new {what}", mark)
    if rule is None:
        return None
    # The first words name it, before "to", "in" or "for" something.
    thing = re.split(r" (?:to|in|for|of|on|from) ", what)[0].removesuffix("s")
    called = tuple(term("control", f"{verb} {mark} {thing}") for verb in ("create", "add", "new", "make"))
    made_so, of_it, *narrowed = rule.when
    groups = (AnyOf(terms=(*made_so.terms, *called)), AnyOf(terms=(*of_it.terms, *called)), *narrowed)
    return rule.model_copy(update={"when": groups})


def _not_made(what: str, mark: str) -> Rule | None:
    """ "Do not make a wiki public": no field needs to be named, and a box may be called by the opposite."""
    records = _records(what)
    if records is None:
        return None
    terms = [
        term("field", "visibility", "is", mark),
        term("departs", mark, "is", "no"),
        term("departs", "", "is_not", mark),
    ]
    if mark in _OPPOSITES:
        terms.append(term("departs", _OPPOSITES[mark], "is", "yes"))
    return Rule(when=(AnyOf(terms=tuple(terms)), *records))


_BANNED = (
    r"(?:(?:is|are) (?:(?:strictly |always )*(?:not (?:allowed|permitted|acceptable|wanted|to be (?:used|chosen"
    r"|set|selected|created"
    r"|made|picked))|forbidden|prohibited|banned|off[- ]limits|taboo|ruled out|disallowed|unacceptable"
    r"|out of the question))"
    rf"|{NOT} be (?:used|chosen|set|selected|created|made|picked|allowed))"
)
_UNWANTED = tuple(
    re.compile(form)
    for form in (
        rf"^(?P<mark>{MARKS}) {WHAT} {_BANNED}$",
        rf"^{WHAT} (?:with|of|at|in) (?:the |an? )?(?P<mark>{MARKS}) {FIELD} {_BANNED}$",
        rf"^{WHAT} (?:with|of|at|in) (?:the |an? )?{_F}(?: of)? {QUOTED} {_BANNED}$",
        rf"^{WHAT} (?:with|of|at|in) (?:the |an? )?{QUOTED} {_F} {_BANNED}$",
        rf"^(?:the )?{QUOTED} {_F} {_BANNED}$",
        rf"^(?:the )?{_F} {QUOTED} {_BANNED}$",
        rf"^(?P<what>[^'\"(]+?) \(['\"]?{QUOTED}['\"]?\) {_BANNED}$",
        rf"^no {WHAT} (?:may|must|should|shall|can|is to|are to) (?:ever )?be (?P<mark>{MARKS})$",
        rf"^no (?P<mark>{MARKS}) (?P<what>[a-z ]+)$",
    )
)


def _unwanted(text: str) -> Rule | None:
    """ "Public boards are not allowed", "'Urgent' priority is off limits", "Pages for all ('Public') are banned"."""
    for form in _UNWANTED:
        if (match := form.match(text)) is None:
            continue
        told = match.groupdict()
        what = told.get("what")
        if told.get("mark"):
            return _not_made(_new(what), told["mark"])
        records = _records(_new(what)) if what and told.get("field") else ()
        if records is None:
            return None
        if told.get("field"):
            return Rule(when=(just(term("field", told["field"], "is", told["value"])), *records))
        return Rule(when=(just(term("departs", "", "is_not", told["value"])),))
    return None


def _new(what: str | None) -> str:
    return (what or "anything").strip()


_MADE = tuple(
    re.compile(form)
    for form in (
        rf"^{NOT} (?:make|appoint|promote|invite|add|turn)(?:ing)? (?:anybody|anyone|somebody|people|someone|{WHAT})"
        rf"(?: to(?: be)?| into| as)? (?:an? |the )?(?P<role>{ROLES})s?$",
        rf"^(?:nobody|no one|no-one|no (?:new )?(?:members?|users?|people|person)) (?:is|are|may|must|should"
        rf"|can)(?: to| ever)? ?(?:be )?"
        rf"(?:be )?(?:made|appointed|promoted to|invited as|added as|become|becomes)(?: to)? (?:an? "
        rf"|the )?(?P<role>{ROLES})s?$",
    )
)


def _made_one(text: str) -> Rule | None:
    """ "Do not make anybody an owner": the role must not be set so."""
    match = next((found for form in _MADE if (found := form.match(text))), None)
    if match is None:
        return None
    return Rule(
        when=(AnyOf(terms=(term("field", "role", "is", match["role"]), term("departs", "", "is_not", match["role"]))),)
    )


_EMPTY = r"(?:empty|blank|unset|open|unfilled|free)"
_ENTERED = r"(?:set|given|entered|specified|added|chosen|selected|provided|filled in|assigned|defined|picked)"
_OPTIONAL = r"(?:[\w-]+ )??(?:(?:expiry|expiration|end|due|start)(?: date)?|deadline|milestone|weight)"
_KEPT_EMPTY = tuple(
    re.compile(form)
    for form in (
        rf"^(?:always )?(?:leave|keep) (?:the |any |its )?(?P<field>[\w' -]+?)(?: field| box)?(?: (?:of|on"
        rf"|for) {WHAT})? {_EMPTY}$",
        rf"^(?:the |any )?(?P<field>[\w' -]+?)(?: field| box)?(?: (?:of|on|for) {WHAT})? (?:(?:must|should|shall"
        rf"|is to|has to) )?"
        rf"(?:always )?(?:stays?|remains?|(?:is|are|be)(?: to be)? (?:left|kept)) {_EMPTY}$",
        rf"^{NOT} give {WHAT} (?:an? |any )(?P<field>{_OPTIONAL})$",
        rf"^no (?P<field>[\w' -]+?)(?: field)? (?:must|should|shall|may|can|is to) (?:ever )?be"
        rf" {_ENTERED} (?:for|to|on|in|with) (?:any )?(?P<what>(?:newly|new)\b.+)$",
        rf"^no (?P<field>{_OPTIONAL}) (?:must|should|shall|may|can|is to) (?:ever )?be {_ENTERED}"
        rf"(?: (?:for|to|on|in|with) {WHAT})?$",
        rf"^{WHAT} (?:must|should|shall|may|can|are to|is to) (?:not|never) (?:have|get|receive|be given|carry|bear) "
        rf"(?:an? |any )(?P<field>{_OPTIONAL})$",
        r"^(?:the )?(?P<access>access|membership)s? (?:of|for) [\w ]+ (?:must|should|shall|may) (?:not"
        r"|never) (?:expire|end)$",
    )
)


def _kept_empty(text: str) -> Rule | None:
    """ "The expiry date stays empty", "Leave the cost centre blank": nothing is entered there."""
    match = next((found for form in _KEPT_EMPTY if (found := form.match(text))), None)
    if match is None:
        return None
    field = match.groupdict().get("field")
    if field is None:
        return Rule(when=(_filled(["expiration date", "expiry date"]),))
    if len(field.split()) > _LONGEST_FIELD or _NO_FIELD.search(field) or _DENIED.search(field):
        return None
    records = records_meant(match.groupdict().get("what")) or ()
    return Rule(when=(_filled([name for name in re.split(r",? (?:and|or) |, ", field) if name]), *records))


def _filled(fields: list[str]) -> AnyOf:
    """Anything entered in one of the fields, or sent in it."""
    return AnyOf(terms=tuple(term("departs", name, "is", "") for name in fields))


_DENIED = re.compile(r"\b(?:must|should|shall|may|can|not|never|no)\b")
""" "The note must not be left empty" demands the opposite."""

_LONGEST_FIELD = 4
_NO_FIELD = re.compile(
    r"\b(?:tickets?|issues?|doors?|cases?|pages?|tabs?|windows?|questions?|chats?|requests?|lines?|it|them"
    r"|options?|fields|boxes|things)$"
)
"""What is left open without being a field that is left empty."""

_DONE_TO_IT = frozenset("changed altered edited modified removed deleted updated touched".split())
_MINE = re.compile(r"^(?:my|our|your|his|her|their|existing|any|all) ")
