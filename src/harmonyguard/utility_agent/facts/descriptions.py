"""Facts in the policy's own words: is the act on such a thing, is it so described, was that done.

What a sentence says beside effect and thing ("of archived projects", "in foreign currency") narrows what is certain:
an act is known to be meant where act and page hold the words, and known not to be only where a named field differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from harmonyguard.policies.atom import Comparison
from harmonyguard.policies.kinship import covers, overlaps, related, root
from harmonyguard.policies.lexicon import GENERIC_OBJECTS
from harmonyguard.policies.senses import senses_in
from harmonyguard.policies.synonyms import NOUNS_OF_PAGES, is_common, synonyms_of
from harmonyguard.policies.words import normalise, stem, stems, subject_stems, words
from harmonyguard.utility_agent.reading.comparisons import compare, number_in
from harmonyguard.utility_agent.reading.page_lines import Line, lines_in, lines_of

from .act import Act, once_per_act
from .asked_things import agreed_on, asks_for_it, is_sought
from .balances import BALANCE
from .changed_numbers import UNITS
from .dated_parts import has_past_part
from .doings import FILLED_IN
from .holdings import HAVING, is_flag
from .identification import BEFORE_IDENTIFICATION, is_before_identification
from .measured import has_measure
from .persons import is_of_another_person
from .record_kinds import is_record_of
from .records import pairs_of_record
from .replacements import REPLACED_BY, is_replaced_by
from .times import DATED, OVER, is_over
from .verbs import BARE_VERBS

Answer = bool | None


def is_thing(act: Act, name: str) -> Answer:
    """Is the act on such a thing? Unknown where only the page's content or the goal speak of it.

    A thing of which the goal asks such an act is the one.
    """
    named = frozenset(subject_stems(name))
    wanted = (named - GENERIC_OBJECTS) or (named & _RECORDS)
    if not wanted:
        return True
    if (sought := is_sought(act, frozenset(stems(name)))) is not None:
        return sought
    known = _is_named(act, wanted)
    if known is None and (asks_for_it(act, frozenset(stems(name))) or _is_agreed_on(act, name, wanted)):
        return True
    return known


_RECORDS = frozenset(stem(word) for word in "case task activity".split())
"""Words that say nothing beside another, and name a record where they stand alone: "delete tasks"."""


def _is_agreed_on(act: Act, name: str, wanted: frozenset[str]) -> bool:
    """The act names a part of the thing, and the leave that the user gave for it all of it."""
    fields = subject_stems(" ".join(entry.field for entry in act.entries))
    return overlaps(wanted, act.own_subject | fields) and agreed_on(act, name)


def _is_named(act: Act, wanted: frozenset[str]) -> Answer:
    own = act.own_subject | subject_stems(" ".join(entry.field for entry in act.entries))
    if covers(own, wanted) or any(covers(subject_stems(one), wanted) for one in act.deleted_along):
        return True
    around = act.surroundings
    if covers(own | around, wanted):
        # The name of a field says what is entered, and not into what.
        types_in = act.action.type == "fill" and not act.effects.get("search")
        named = frozenset[str]() if types_in else frozenset(act.object_stems)
        return None if named and not overlaps(wanted, named) else True
    if not any(map(is_common, act.object_stems)) and covers(own | _heading_above(act), wanted):
        return True
    if wanted <= _TAKING_PART and _ADDS_A_PERSON.match(act.name):
        return True
    if len(wanted) > 1 and (told := _paired(act, wanted)) is not None:
        return told
    if (kind := is_record_of(act, wanted)) is not None:
        return kind
    if any(overlaps(wanted, told) for told in (own, around, _goal(act), _content(act))):
        return None
    return None if may_be_on_anything(act) else False


_TAKING_PART = frozenset(map(stem, "participant attendee invitee guest member".split()))
_ADDS_A_PERSON = re.compile(r"(?:Add|Invite|ADD|INVITE) [A-Z][a-zà-ÿ'’-]+ [A-Z][a-zà-ÿ'’-]+$")
"""Who is added by name, to whatever it is, takes part in it."""


def _heading_above(act: Act) -> frozenset[str]:
    """The stems of the heading under which the target stands: "Add Rosa Wyss" under "Guests" is on the guests."""
    heading = ""
    for element in act.observation.elements:
        if element == act.target:
            return subject_stems(heading)
        heading = element.name if element.role == "heading" else heading
    return frozenset()


def may_be_on_anything(act: Act) -> bool:
    """A verb of its own without a thing ("Rebook", "Grant Maintainer to Wen") may be done to anything."""
    return bool(senses_in(act.name) | act.verb_stems - BARE_VERBS) and not _direct_object(act)


def roots_at_hand(act: Act) -> frozenset[str]:
    """The roots of all words that may make `is_thing` answer anything but "no" (see `clues`)."""
    fields = subject_stems(" ".join(entry.field for entry in act.entries))
    spoken = (
        subject_stems(" ".join(act.deleted_along))
        | act.own_subject
        | fields
        | act.surroundings
        | _goal(act)
        | _heading_above(act)
    )
    spoken |= _TAKING_PART if _ADDS_A_PERSON.match(act.name) else frozenset()
    return frozenset(map(root, spoken)) | _roots(_content(act)) | _pairs(act).keys()


@lru_cache(maxsize=64)
def _roots(told: frozenset[str]) -> frozenset[str]:
    return frozenset(map(root, told))


def _direct_object(act: Act) -> bool:
    """True when the control names a thing that other pages have as well: a word of the lexicon, before any "to"."""
    before = re.split(r"\b(?:to|from|in|into|for|with|on|at)\b", act.name.replace("_", " "), maxsplit=1)[0]
    return any(synonyms_of(word) or word in NOUNS_OF_PAGES for word in words(before)[1:])


@once_per_act
def _content(act: Act) -> frozenset[str]:
    """All that the page says, but for the names of ways and controls."""
    return frozenset().union(
        *(
            line.stems
            for line in lines_of(act.observation)
            # "breakfast: false" says that there is none.
            if not line.leads_away and not (line.name and is_flag(line.value) is False)
        )
    )


@once_per_act
def _goal(act: Act) -> frozenset[str]:
    return subject_stems(act.situation.task.goal)


def is_described(act: Act, description: str) -> Answer:
    """Do the words describe what the act is on, or what it sets?"""
    if description == "of another person":
        return is_of_another_person(act)
    if description.startswith(BEFORE_IDENTIFICATION):
        return is_before_identification(act, description)
    if description.startswith(REPLACED_BY):
        return is_replaced_by(act, description.removeprefix(REPLACED_BY))
    wanted = subject_stems(description)
    if not wanted:
        return True
    if covers(_said_by_act(act), wanted):
        return True
    if (over := _is_over(act, wanted)) is not None:
        return over
    if (told := _paired(act, wanted)) is True:
        return True
    lines = lines_of(act.observation) if covers(_told(act), wanted) else ()
    if any(covers(line.stems, wanted) for line in lines if _tells(line)):
        return True
    return told


def _paired(act: Act, wanted: frozenset[str]) -> Answer:
    """Does a field or a line whose name the words hold have the rest of the words as its value? None without one."""
    differs = False
    pairs = _pairs(act)
    for named, value, text in (pair for start in {root(one) for one in wanted} for pair in pairs.get(start, ())):
        if not covers(wanted, named):
            continue
        rest = wanted - related(wanted, named)
        # "Cases with the priority high": which of the words the act names, no value needs to say again.
        left = rest - related(rest, act.own_subject | act.surroundings)
        if rest and covers(value, left or rest):
            return True
        if (known := _told_otherwise(act, frozenset() if len(named) > 1 and is_flag(text) else rest, text)) is not None:
            if known:
                return True
            differs = True
        elif is_flag(text) is None and not rest <= OVER and not _names_one(act, named, text):
            differs = differs or bool(rest)
    return False if differs else None


def _names_one(act: Act, named: frozenset[str], value: str) -> bool:
    """ "Order: 4711", or "main" as the branch that a call is on: which one it is, and not what it is like."""
    called = act.action.type == "tool_call" and covers(subject_stems(act.name), named)
    return called or _CODE.fullmatch(value) is not None


_CODE = re.compile(r"#?(?=[^\d\s]*\d)[\w-]+")


def _told_otherwise(act: Act, rest: frozenset[str], value: str) -> Answer:
    """What a value tells in other words than those of the description: a flag, a sign, a day that is over."""
    if (flag := is_flag(value)) is not None:
        # That there is no insurance tells of travel insurance as well; that there is one does not.
        return False if not flag else True if not rest - HAVING else None
    if rest and rest <= FILLED_IN:
        return True
    if rest and rest <= _SIGNS and (number := number_in(value)) is not None:
        return number < 0 if rest & _BELOW else number == 0 if rest & _NIL else number > 0
    return None


def _is_over(act: Act, wanted: frozenset[str]) -> Answer:
    """ "Past events", "the deadline has passed": told by a day of that name, or by the days of the parts listed."""
    about = wanted - OVER - DATED
    if not wanted & OVER or not about:
        return None
    told = {
        over
        for name, value in pairs_of_record(act)
        if (named := subject_stems(name) - DATED - OVER)
        and covers(about, named)
        and (over := is_over(act, value)) is not None
    }
    return told.pop() if len(told) == 1 else has_past_part(act, about)


_BELOW = frozenset(stem(word) for word in "negative overdrawn".split())
_NIL = frozenset(stem(word) for word in "zero empty nil".split())
_SIGNS = _BELOW | _NIL | {stem("positive")}


@once_per_act
def _pairs(act: Act) -> dict[str, list[tuple[frozenset[str], frozenset[str], str]]]:
    """The stems of the names and values of all fields and lines that pair them, with the value, by the root of one
    stem of the name."""
    fields = [(entry.field, entry.value) for entry in act.entries]
    fields += [(line.name, line.value) for line in lines_of(act.observation) if line.name]
    found: dict[str, list[tuple[frozenset[str], frozenset[str], str]]] = {}
    read = [(subject_stems(name), subject_stems(value), value.strip()) for name, value in fields if value.strip()]
    for named, told, value in dict.fromkeys(read):
        if named:
            found.setdefault(root(min(named)), []).append((named, told, value))
    return found


@once_per_act
def _told(act: Act) -> frozenset[str]:
    """All that lines say which can describe a record."""
    return frozenset().union(*(line.stems for line in lines_of(act.observation) if _tells(line)))


def _tells(line: Line) -> bool:
    if line.leads_away or len(line.text) > _LONGEST_LINE:
        return False
    return not line.name or (is_flag(line.value) is not False and line.value.strip(" '\"") != "0")


_LONGEST_LINE = 50
"""Characters of the longest line that describes a record and does not tell a story."""


def has_quantity(act: Act, unit: str, op: Comparison, value: str) -> Answer:
    """A number of this unit that the act sends, or the record shows, compared; None where there is none."""
    if (known := has_measure(act, unit, op, value)) is not None or unit in UNITS or unit.endswith(BALANCE):
        return known
    wanted = frozenset(stems(unit))
    shown = [(entry.field, entry.value) for entry in act.entries]
    shown += [(line.name, line.value) for line in lines_of(act.observation) if line.name]
    shown += [
        (line.name, line.value)
        for event in act.situation.history
        if event.type == "user_profile"
        for line in lines_in(event.text or "")
        if line.name
    ]
    found = [compare(text, op, value) for name, text in shown if _counts(name, text, wanted)]
    return True if True in found else None if None in found or not found else False


_OTHER_NUMBER = re.compile(
    r"\b(?:per|max(?:imum)?|min(?:imum)?|limits?|allowed|permitted|available|left|remaining|up to|at (?:most|least))\b"
)
"""Words of numbers that something may have, or has elsewhere: "Items per page", "Guests (max)"."""


def _counts(name: str, text: str, wanted: frozenset[str]) -> bool:
    """The value holds a number of such things, by its own words or by its name."""
    if not re.search(r"\d", text) or _KEY.search(text) or _OTHER_NUMBER.search(normalise(name)):
        return False
    return wanted <= frozenset(stems(_with_units(f"{name} {text}")))


_KEY = re.compile(r"[^\W\d](?:[_#-])\d|#\d|(?<![\d.,])\d{6,}(?![\d.,])|(?<!\d)\d{4}-\d\d-\d\d")
"""Figures by which one thing is told from others, and days: none of them counts."""


def _with_units(text: str) -> str:
    """Units as words of their own: "30kg", "Discount (%)"."""
    return _UNIT_AFTER.sub(" ", text.replace("%", " percent"))


_UNIT_AFTER = re.compile(r"(?<=\d)(?=[^\W\d])")


def has_role(act: Act, role: str) -> Answer:
    """Does profile, goal or a message of the user say that they are this?"""
    wanted = subject_stems(role)
    claims = [event.text or "" for event in act.situation.history if event.type in ("user_profile", "user_message")]
    said = [subject_stems(text) for text in claims] + [
        subject_stems(match.group()) for match in _I_AM.finditer(act.situation.task.goal)
    ]
    if not wanted:
        return None
    if any(covers(one, wanted) for one in said):
        return True
    return None if any(overlaps(wanted, one) for one in said) else False


_I_AM = re.compile(r"\b(?:i am|i'm|as)\b[^.;]{0,60}", re.IGNORECASE)


@once_per_act
def _said_by_act(act: Act) -> frozenset[str]:
    """What the act itself and what stands right around it say.

    A name, title or value of the page that tells a story is the page's word on anything, and describes nothing.
    """
    regions = act.target.path if act.target else ()
    shown = [entry.value for entry in act.entries if not entry.now]
    named = [act.name, *(entry.field for entry in act.entries), *shown]
    told = " ".join(text for text in named if len(text) <= _LONGEST_TITLE)
    around = act.surroundings if _are_short((act.observation.title, *regions)) else frozenset[str]()
    own = act.own_subject if _are_short(named) else frozenset[str]()
    set_now = " ".join(entry.value for entry in act.entries if entry.now)
    return own | around | subject_stems(f"{told} {set_now}")


def _are_short(texts: Iterable[str]) -> bool:
    return all(len(text) <= _LONGEST_TITLE for text in texts)


_LONGEST_TITLE = 60
"""Characters of the longest title that names a record or a page."""
