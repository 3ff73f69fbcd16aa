"""What narrows a ban and what lifts it: leave, who it is, what was done before, states, measures, descriptions."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

from harmonyguard.policies.atom import Term
from harmonyguard.policies.lexicon import STATES
from harmonyguard.policies.rule import AllOf, AnyOf
from harmonyguard.policies.words import STOP_WORDS, words
from harmonyguard.policy_agent.reading import Condition
from harmonyguard.policy_agent.reading.grammar import AGENT, AGREES, LEAVE, PERSONA, is_participle

from .approvals import approval_of_another
from .building import CONSENT, just, stated_condition, term
from .measures import measure_in
from .people import Groups, is_told_apart, people_in, qualifier
from .persons_conditions import as_exceptions, as_groups, complaint, persons_condition, words_left
from .requests import is_request

_BY_PERSONA = re.compile(rf"\b(?!is\b|mes\b){PERSONA}s?\b")
_LEAVE_WORD = re.compile(rf"\b(?:{LEAVE})s?\b")
_AGREES = re.compile(rf"\b{AGREES}\b")
_AWAITS = re.compile(
    rf"\bwait(?:ing|ed|s)? (?:for|until) (?:the |your )?[a-z]+ (?:to |has |have )?{AGREES}\b"
    rf"|^(?:they|the [a-z]+) (?:has |have )(?:\w+ly )?{AGREES}\b"
    rf"|\b(?:verif(?:y|ied)|checked|cleared|settled)\b[^.;,]{{1,60}} with (?:the |your )?{PERSONA}s?\b"
    r"(?!'| (?:id|number|name|record|data|account|details|list)\b)"
)
"""Leave in other words: "wait for the tenant to agree", "verify the outcome with the guest"."""

_ASKS = re.compile(
    r"^(?:always |please |you must |first |prior |explicitly )*(?:ask|check|verify with|confirm|consult|wait|obtain"
    r"|gett?|request|seek)(?:ing)?\b"
)
_OTHERS = re.compile(
    r"\b(?:manager|supervisor|team lead(?:er)?|lead|officer|department|director|legal|finance|ciso|cio|management"
    r"|administrator|admin|hr|human resources|compliance|data owner|system owner|budget holder|board|committee|doctor"
    r"|physician|dean|editor|head|superior|second (?:person|pair|signature)|controller|team|desk|reviewer|approver"
    r"|colleague|maintainer|author|somebody else|someone else|anybody else"
    r"|(?:one|two|three|another|other|different|more) (?:\w+ )?(?:person|people|human|employee|member|user)s?)\b"
)
_LEAVE_OF = re.compile(
    rf"\b(?:{LEAVE})s? (?:of|by|from) (?!(?:the |an? |your )?{PERSONA}s?\b|writing)"
    r"(?:the |an? )?(?P<who>[a-z]+(?: [a-z]+)?)\b"
)
_COUNTED = re.compile(
    r"\b(?:at least (?:one|an?|two|three|\d+)|one|two|three|both|\d+|another|(?:a )?second)"
    r" (?:\w+ )?(?:approval|sign-off)s?\b"
)
"""Approvals that are counted are those of colleagues: the user gives one leave."""

_IN_THE_TASK = re.compile(
    r"\b(?:in|with) (?:the|his|her|their|its|a) (?:very )?(?:task|request|instructions?|order|goal)s?\b"
)
_MEANS = re.compile(
    r"^(?:the )?(?:phone|telephone|hand|post|mail|e-?mail|letter|fax|request|appointment|law|default|itself)s?$"
)
_STAFF = re.compile(
    r"^the \w|\b(?:staff|team|department|desk|office|hr|it|payroll|accounting|accountants?|legal|finance|board"
    r"|management"
    r"|managers?|leads?|admins?|administrators?|officers?|engineers?|directors?|supervisors?|dean|heads?|colleagues?"
    r"|humans?"
    r"|editors?|moderators?|lecturers?|teachers?|nurses?|doctors?|physicians?|pharmacists?|specialists?|auditors?"
    r"|committee"
    r"|council|secretary|registrar|librarians?|clerks?|operators?|analysts?|warehouse|centre|center|service|branch"
    r"|bank"
    r"|support|reception|owners?|experts?|security|operations|marketing|sales|persons?|people|employees?"
    r"|maintainers?)\b"
)
_ATTRIBUTE = re.compile(
    rf"^(?:the |an? )?{PERSONA}s? (?:is|are|has|have|holds?|owns?|with|who (?:is|are|has|have|holds?))"
    r" (?:an? |the |valid )?(?P<what>[\w' -]+)$"
)
_OF_PERSONA = re.compile(
    rf"^(?:the |an? |their )?{PERSONA}s? (?P<rest>(?:is|are|has|have|holds?|lives?|owns?|owes?|does not|do not"
    rf"|lacks?|bought|took out) .+)$"
)
_STATUS_IN_BRACKETS = re.compile(
    r"\((?P<field>status|state|stage|type|tier|level)(?: is|:| =|=)? ?['\"]?(?P<value>\w+)['\"]?\)$"
)
_FIELD_IS = re.compile(
    r"^(?:the |its |their |a |an )*(?P<field>[\w-]+(?: [\w-]+)?) (?:is|are|reads|says|equals|shows) "
    r"(?:an? |the |set to |still |already )?['\"]?(?P<value>[\w-]+(?: [\w-]+)?)['\"]?$"
)


def narrowings(condition: Condition) -> tuple[tuple[AnyOf, ...], str]:
    """As `narrowing`, for a condition on the user of several parts that all hold."""
    person = persons_condition(condition.text)
    groups = None if person is None else as_groups(person)
    if person is not None and groups is not None:
        return groups, words_left(person)
    told = [narrowing(part) for part in parts_of(condition)]
    return tuple(group for group, _ in told), "; ".join(left for _, left in told if left)


def narrowing(condition: Condition) -> tuple[AnyOf, str]:
    """A condition under which a ban holds, and its words where only the judge can tell."""
    known = _known(condition.text)
    if known is not None:
        return known, ""
    if past := _IN_THE_PAST.match(condition.text):
        return just(term("described", f"past {past['what']}")), ""
    if condition.kind == "after" and (moment := _MOMENT.match(condition.text)):
        return just(term("described", f"{_bare(moment['what'])} passed")), ""
    if condition.kind in ("when", "if", "where", "after", "once") and (told := _happening(condition.text)):
        return just(told), ""
    if condition.kind == "described" and _bare(condition.text):
        return just(term("described", _bare(condition.text))), ""
    text = f"{condition.kind} {condition.text}"
    return just(term("judged", text)), text


def parts_of(condition: Condition) -> list[Condition]:
    """ "If the user is a guest and has no badge": two conditions, both of which hold."""
    if len(clauses := _CLAUSES.split(condition.text)) > 1:
        return [replace(condition, text=clause) for clause in clauses]
    match = _OF_PERSONA.match(condition.text)
    if match is None or len(parts := _AND_ALSO.split(match["rest"])) == 1:
        return [condition]
    who = condition.text[: match.start("rest")]
    return [replace(condition, text=f"{who}{part}") for part in parts]


_AND_ALSO = re.compile(
    r",? and (?=(?:is|are|has|have|holds?|lives?|owns?|does not|do not|lacks?|flies|fly|travels?|pays?|uses?)\b)"
)


def lifting(condition: Condition) -> tuple[tuple[AllOf, ...], str]:
    """What lifts a ban, and its words where only the judge can tell. Nothing lifts what is left to the user alone."""
    text = condition.text
    if condition.kind in ("only", "by") and (people := lifting_people(text)):
        return tuple(AllOf(terms=told) for told in people), ""
    if condition.kind == "only" and (by := re.match(r"^by (?P<who>.+)$", text)):
        return _who(by.group("who"))
    if condition.kind == "by":
        return _who(text)
    if is_request(text):
        return (AllOf(terms=(term("requested"),)),), ""
    if (filled := _FIELD_HOLDS.match(text)) is not None:
        return _what_a_field_holds(filled)
    if len(parts := _CLAUSES.split(text)) > 1:
        return _all_of([lifting(replace(condition, text=part)) for part in parts])
    if (consent := _consent(condition)) is not None:
        return consent
    if (state := stated_condition(text)) is not None:
        return tuple(AllOf(terms=(one,)) for one in state.terms), ""
    if _A_TIME.match(text):
        when = f"{condition.kind} {text}"
        return (AllOf(terms=(term("judged", when),)),), when
    if condition.kind in ("after", "once", "until", "before", "with") and _tells_of_an_act(text):
        return (AllOf(terms=(term("done", _bare(text)),)),), ""
    if (other := _DONE_BY_THEM.match(text)) is not None:
        # That the user speaks of it tells nothing for certain; that another reason was given does.
        spoken = complaint(f"{other['done']} {other['thing']}")
        return (AllOf(terms=(spoken, term("judged", text))),), text
    if (person := persons_condition(text)) is not None:
        return as_exceptions(person), words_left(person)
    if (known := _known(text)) is not None:
        return tuple(AllOf(terms=(one,)) for one in known.terms), ""
    if told := _happening(text):
        return (AllOf(terms=(told,)),), ""
    if (
        condition.kind in ("only", "other", "except", "apart", "save", "but", "besides", "described")
        and _bare(text)
        and not _COUNTS.search(text)
        and (condition.kind in ("only", "described") or not _SAYS_AN_ACT.search(text))
    ):
        return tuple(AllOf(terms=(term("described", part),)) for part in _alternatives(text)), ""
    words = f"{condition.kind} {text}"
    return (AllOf(terms=(term("judged", words),)),), words


_THEY = (
    r"(?:airline|hotel|shop|seller|vendor|company|venue|organi[sz]er|promoter|host|provider|operator|carrier|clinic"
    r"|doctor|school|restaurant|theatre|landlord|we)"
)
_DONE_BY_THEM = re.compile(
    rf"^(?:the |our |its )?{_THEY} (?:has |have |had )?(?P<done>[a-z]+ed) (?:the |an? )?(?P<thing>[a-z]+)$"
)
"""What the other side did to the user: "if the airline cancelled the flight"."""

_CLAUSES = re.compile(
    r" and (?=(?:the|an?|its|their|it|they|no|all|every) (?:[a-z'-]+ ){0,4}?(?:is|are|was|were|has|have)\b"
    r"|at least (?:[a-z'-]+ ){1,7}?(?:is|are|has|have)\b)"
)
"""Where a condition goes on with a clause of its own: "the fee is paid and the copy is free"."""


def _all_of(parts: list[tuple[tuple[AllOf, ...], str]]) -> tuple[tuple[AllOf, ...], str]:
    """What lifts a ban where each of the parts has to hold."""
    ways = product(*(lifts for lifts, _ in parts))
    together = tuple(AllOf(terms=tuple(one for group in way for one in group.terms)) for way in ways)
    return together, "; ".join(left for _, left in parts if left)


_FIELD_HOLDS = re.compile(
    r"^(?:the )?(?:field )?['\"](?P<field>[^'\"]+)['\"](?: field)? "
    r"(?:(?P<filled>is (?:filled(?: in| out)?|set|completed|not empty|given|present))"
    r"|(?:names|holds|contains|has|shows|states|gives|carries|mentions|lists) (?P<what>.+))$"
)


def _what_a_field_holds(match: re.Match[str]) -> tuple[tuple[AllOf, ...], str]:
    """ "When the field 'Approval' names the manager": that something stands there is a fact, what it is the judge's."""
    something = term("happened", match["field"])
    if match["filled"]:
        return (AllOf(terms=(something,)),), ""
    words = f"the field “{match['field']}” {match.group().split(match['field'], 1)[1].lstrip(chr(34) + chr(39) + ' ')}"
    return (AllOf(terms=(something, term("judged", words))),), words


_A_TIME = re.compile(r"^(?:today|tomorrow|yesterday|now|noon|midnight|the (?:past|future|deadline))$")
"""What is compared to a time of the clock or calendar that no page tells."""

_SAYS_AN_ACT = re.compile(
    r"^(?:for |by )?(?!(?:during|morning|evening|meeting|pending|existing|outstanding|missing|remaining|incoming"
    r"|outgoing|shipping|billing)\b)[a-z]{3,}ing (?:the |an? |its |their )?[a-z]"
)
_COUNTS = re.compile(r"\bexactly\b")
"""An exception that is an act of its own ("except for changing the owner"), or a number: no words describe these."""

_TO_PEOPLE = re.compile(r"^(?:(?:to|for|by|with) )?(?P<who>.+)$")


def lifting_people(text: str) -> Groups:
    """The people to whom a restriction leaves the act ("only to customers with a licence"); none for other words."""
    match = _TO_PEOPLE.match(text)
    who = match["who"] if match else text
    if is_staff(who) or not (_WITH_PERSONA.search(who) or is_told_apart(who)):
        return ()
    return people_in(who) or ()


_WITH_PERSONA = re.compile(rf"^(?:[\w'-]+,? ){{1,4}}{PERSONA}s?$|^(?:members|subscribers|students|residents)$")


def _consent(condition: Condition) -> tuple[tuple[AllOf, ...], str] | None:
    text = condition.text
    by_somebody = _BY_PERSONA.search(text) or _OTHERS.search(text)
    speaks = _LEAVE_WORD.search(text) or (_AGREES.search(text) and by_somebody) or _AWAITS.search(text)
    if not speaks and not (
        _ASKS.match(text) and (_BY_PERSONA.search(text) or text in ("ask", "ask first", "asking", "asking first"))
    ):
        return None
    other = _OTHERS.search(text) or _LEAVE_OF.search(text) or _COUNTED.search(text)
    if other is not None:
        if (approval := approval_of_another(text)) is not None:
            return (AllOf(terms=(approval,)),), ""
        return (AllOf(terms=(term("judged", text),)),), text
    if _IN_THE_TASK.search(text):
        return (CONSENT, AllOf(terms=(term("judged", text),))), text
    parts = text.partition(" and ")
    for beside in (parts[2], parts[0]) if parts[1] else ():
        if len(content(beside)) > 2 and not _LEAVE_WORD.search(beside) and not _AGREES.search(beside):
            return (AllOf(terms=(*CONSENT.terms, term("judged", beside))),), beside
    if (asker := _ASKER.match(text)) is not None:
        # Who asked is in most records another than the one for whom the agent works, and answers there.
        return (CONSENT, AllOf(terms=(term("approved", asker["who"]),))), ""
    return (CONSENT,), ""


_ASKER = re.compile(
    rf"^(?:the |its |their )?(?P<who>requester|reporter|submitter|applicant) (?:has |have )?(?:\w+ly )?{AGREES}\b"
)


def _known(text: str) -> AnyOf | None:
    """A condition that facts can answer. A status in brackets says what is meant: "after arrival (status in_house)"."""
    if bracket := _STATUS_IN_BRACKETS.search(text):
        return just(term("record", bracket.group("field"), "is", bracket.group("value")))
    if (known := stated_condition(text)) is not None:
        return known
    if found := measure_in(text):
        one, left = found
        if one.atom.kind == "amount" or len(content(left)) <= 2:
            return just(one)
    if (match := _OF_PERSONA.match(text)) and (told := _alternatives_of_person(match["rest"])) is not None:
        return told
    if (match := _ATTRIBUTE.match(text)) and not _DENIED.match(match["what"]):
        return just(term("user", match.group("what"), "is", "true"))
    if (
        (match := _FIELD_IS.match(text))
        and not _OF_ALL.match(text)
        and match.group("value").split()[0] not in ("not", "to", "no")
    ):
        field, value = match.group("field"), match.group("value")
        if value in STATES or field.split()[-1] in (
            "status",
            "state",
            "stage",
            "type",
            "category",
            "priority",
            "level",
            "plan",
        ):
            return just(term("record", field.split()[-1] if field.split()[-1] in _NAMED else "", "is", value))
    return None


_DENIED = re.compile(r"(?:not|no|never|under|over|below|above|at least|younger|older)\b")


def _alternatives_of_person(rest: str) -> AnyOf | None:
    """ "Is a silver or gold member or has insurance": any of these; None where one of them is no attribute."""
    told = [qualifier(f"who {part}") for part in _OR_ELSE.split(rest)]
    known = tuple(one for one in told if one is not None)
    return AnyOf(terms=known) if len(known) == len(told) else None


_OR_ELSE = re.compile(r",? or (?=(?:is|are|has|have|holds?|lives?|owns?|does not|do not|lacks?)\b)")

_OF_ALL = re.compile(r"(?:no|none|neither|all|every|each|both) ")
""" "No bill is overdue": what is said of all of them, the state of one record does not tell."""

_IN_THE_PAST = re.compile(
    r"^(?:the |its |their )?(?:[a-z]+'s? )?(?P<what>(?:[a-z]+ ){0,3}?(?:date|deadline|day|term|period))"
    r" (?:is|are|lies|has|was) (?:already )?(?:in the past|passed|over|expired|behind (?:us|them)|elapsed)$"
)
""" "If the line's contract end date is in the past"."""

_MOMENT = re.compile(
    r"^(?:the |its |their )?(?P<what>(?:[a-z-]+ ){0,2}?(?:deadline|date|departure|arrival|expiry|cut-off"
    r"|due date|closing"
    r" date|start|end)(?: date| time)?)$"
)
"""A point in time: "after the drop deadline"."""

_BEEN = re.compile(
    r"^(?:the |its |their |an? )?(?P<what>[a-z'-]+(?: [a-z'-]+){0,3}?) (?:is|are|was|were|has been|have been|has"
    r"|have)"
    r"(?: already)? (?P<done>[a-z]+)(?P<rest>(?: (?!or\b|and\b)[a-z'-]+){0,5})$"
)
_COMMON = frozenset(
    """bought paid made used placed passed taken given set issued met done entered added attached left recorded filled
    provided uploaded written noted stated chosen selected sent received created updated changed completed""".split()
)
_DENIES = re.compile(r"\b(?:not|no|never|none|all|every|any)\b")


def _happening(text: str) -> Term | None:
    """ "The ticket has been scanned", "another reader has placed a hold": told by a value of that name."""
    match = _BEEN.match(text)
    if match is None or not is_participle(match["done"]) or _DENIES.search(text):
        return None
    if match["rest"] or match["done"] in _COMMON or len(match["what"].split()) > 2:
        return term("described", _bare(text))
    return term("described", match["done"])


_NAMED = frozenset("status state stage type category priority level plan class tier role phase".split())


def is_staff(who: str) -> bool:
    """True for people who act for the organisation, as policies call them."""
    told_apart = re.match(
        rf"(?:the |an? )?(?:{PERSONA}s?\b(?!')|(?:people|persons?) (?:aged|of|over|under|who|with)\b)", who
    )
    return _STAFF.search(who) is not None and told_apart is None


def _who(text: str) -> tuple[tuple[AllOf, ...], str]:
    who = text.strip()
    if _MEANS.match(who):
        words = f"by {who}"
        return (AllOf(terms=(term("judged", words),)),), words
    if re.fullmatch(rf"(?:the |a |an )?{PERSONA}s?(?: (?:him|her|them|it)sel(?:f|ves))?", who) or re.fullmatch(
        AGENT, who
    ):
        return (), ""
    if (found := measure_in(who)) is not None:
        return (AllOf(terms=(found[0],)),), ""
    if is_staff(who):
        return (AllOf(terms=(term("role", who.removeprefix("the ")),)),), ""
    return (AllOf(terms=(term("user", who, "is", "true"),)),), ""


def _tells_of_an_act(text: str) -> bool:
    return len(content(text)) > 0 and not re.search(r"\d", text)


def _alternatives(text: str) -> list[str]:
    text = re.sub(
        r"^(?:in|into|with|for|to|on|as|via|through|from|at|within|under|of|using|against|between|inside) ", "", text
    )
    if quoted := [value for _, value in re.findall(r"(['\"])([^'\"]+)\1", text) if _bare(value)]:
        return [_bare(value) for value in quoted]
    text = _NOR_THAT.sub("", text)
    parts = [part for part in re.split(r"\s*(?:,|/|\bor\b|\band\b)\s*", text) if _bare(part)]
    return [_bare(part) for part in parts] or [_bare(text)]


_NOR_THAT = re.compile(r",? (?:and |but )?(?:never|not) .*$|,? (?:e\.g\.|i\.e\.|for example|for instance) .*$")
""" "From tags only, never from branches": what comes after is none of what is allowed."""


def _bare(text: str) -> str:
    return " ".join(content(text))


def content(text: str) -> list[str]:
    """The words of a text that are no stop words."""
    return [word for word in words(text) if word not in STOP_WORDS]
