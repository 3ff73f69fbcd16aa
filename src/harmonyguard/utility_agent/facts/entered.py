"""Does the act enter a value that the task does not state?"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

from harmonyguard.policies.words import subject_stems, words
from harmonyguard.utility_agent.reading.dates import dates_in
from harmonyguard.utility_agent.reading.stated import is_said

from .act import Act, Entry
from .changed_numbers import changed_numbers
from .goal import said_by_user
from .shown_objects import objects_at_hand

_EXACT = re.compile(
    r"\S+@\S+\.\S+|https?://\S+|www\.\S+|[+(]?\d[\d\s()./,'-]*[%€$£]?|(?=\S*\d)[\w-]{4,}", re.IGNORECASE
)
"""Addresses, numbers and codes: stated in full or not at all. That some word of them was said states nothing."""


def enters_more_than_said(act: Act) -> bool | None:
    """True for a value that the user did not state in any format; None where words of it were said, or for a tool."""
    own = [entry for entry in act.entries if entry.now and entry.value.strip()]
    if not own:
        return False
    if act.action.type == "tool_call":
        return True if any(_is_made_up(entry.value, act) for entry in own) or _makes_up_a_person(act) else None
    talk = (event.text or "" for event in act.situation.history if event.type == "user_message")
    said = "\n".join([act.situation.task.goal, *talk])
    verdicts = {_is_extra(part, said, act) for entry in own for part in _changed(entry, act)}
    return True if True in verdicts else None if None in verdicts else False


def _is_made_up(value: str, act: Act) -> bool:
    """An address that a call hands over, and nobody in sight has named: no user, no page, no tool."""
    if not _IS_ADDRESS.fullmatch(value.strip()):
        return False
    outputs = [event.text or "" for event in act.situation.history if event.type == "tool_output"]
    return not is_said(value, "\n".join((said_by_user(act), act.observation.text, *outputs)))


_IS_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|www\.\S+")


def _changed(entry: Entry, act: Act) -> list[Entry]:
    """What an edit adds to the longer text that the field holds: the rest of it was there before."""
    before = act.target.value or "" if act.target is not None and act.target.name == entry.field else ""
    if len(before) < _LONGER_TEXT or len(before) + len(entry.value) > _LONGEST_TEXT or act.action.type != "fill":
        return [entry]
    old, new = _PIECE.findall(before), _PIECE.findall(entry.value)
    blocks = SequenceMatcher(None, old, new, autojunk=False)
    if blocks.quick_ratio() < _MOSTLY_KEPT or blocks.ratio() < _MOSTLY_KEPT:
        return [entry]
    added = [
        "".join(new[start:end]) for kind, _, _, start, end in blocks.get_opcodes() if kind in ("insert", "replace")
    ]
    return [replace(entry, value=text) for text in added if text.strip()]


_LONGER_TEXT = 40
"""Characters from which on a field holds a text rather than a value."""

_LONGEST_TEXT = 20_000
"""Characters of both texts up to which they are compared: a page must not make that dear."""

_MOSTLY_KEPT = 0.5
_PIECE = re.compile(r"\w+|\W+")


def _makes_up_a_person(act: Act) -> bool:
    """The first call of a talk hands over a birthday or a number of a person that nobody told."""
    history = act.situation.history
    if any(event.type in ("tool_call", "tool_output") for event in history) or objects_at_hand(act):
        return False  # it may be known from there
    told = "\n".join([act.situation.task.goal, act.observation.text, *(event.text or "" for event in history)])
    personal = (entry for entry in act.entries if _OF_A_PERSON.search(entry.field.replace("_", " ")))
    exact = (entry for entry in personal if _EXACT.fullmatch(entry.value.strip()) or dates_in(entry.value))
    return any(not is_said(entry.value, told) for entry in exact)


_OF_A_PERSON = re.compile(
    r"\b(?:dob|birth ?(?:day|date)?|date of birth|phone|mobile|zip|postcode|ssn)\b", re.IGNORECASE
)


def names_others(act: Act) -> bool | None:
    """True when what is sent goes to somebody whom the user did not name; None where a word of the name was said."""
    recipients = [entry.value for entry in act.entries if entry.value.strip() and _is_recipient(entry.field)]
    said = said_by_user(act)
    stated = subject_stems(said)
    told = {
        False if is_said(one, said) else None if subject_stems(_TOP.sub("", one)) & stated else True
        for one in recipients
    }
    return True if True in told else None if None in told else False


@lru_cache(maxsize=4096)
def _is_recipient(field: str) -> bool:
    named = words(field)
    return bool(named) and (named[-1] in _TO_WHOM or named[0] in _TO_WHOM)


_TOP = re.compile(r"\.[a-z]{2,}$", re.IGNORECASE)
"""The top-level domain of an address, which names nobody."""

_TO_WHOM = frozenset(
    """to cc bcc recipient recipients email mail addressee payee beneficiary iban participant participants attendee
    attendees invitee invitees guest guests member members recipient_id recipient_email""".split()
)
"""Words of the names of fields that say to whom something goes."""


def _is_extra(entry: Entry, said: str, act: Act) -> bool | None:
    value = entry.value.strip(" .!;,")
    # "kim.lee@nord.example" states an address, and nobody's first name.
    stated = said if "@" in value or _OF_AN_ADDRESS.search(entry.field) else _ADDRESS.sub(" ", said)
    if is_said(value, stated) or _is_reckoned(entry, stated, act):
        return False
    role = act.target.role if act.target is not None else ""
    if role == "searchbox" or _SEARCHES.search(entry.field) or _VIEWS.match(entry.field):
        return None  # what is looked for, and how a list is shown, is added to nothing
    if _EXACT.fullmatch(entry.value.strip()) or dates_in(entry.value):
        return True
    told = subject_stems(entry.value)
    if role in _CHOICES and _is_beside_the_one_named(act, entry.value, stated):
        return True
    if role in _CHOICES:
        # What the form is about ("This issue is confidential") says nothing of this choice.
        told -= subject_stems(act.observation.title)
    if not told & subject_stems(stated):
        return None if _is_left_to_the_agent(entry, said) else True
    if role in _CHOICES:
        return None
    return True if _is_stated_in_quotes(entry, said, act) else None


def _is_reckoned(entry: Entry, said: str, act: Act) -> bool:
    """The number that stood in the field, with one that the user stated added or taken off: "five more came in"."""
    changes = (abs(one.change) for one in changed_numbers(act) if one.field == entry.field and one.change)
    return any(is_said(str(change), said) for change in changes)


_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_OF_AN_ADDRESS = re.compile(
    r"\b(?:e-?mail|mail|user|login|handle|account|domain|host|alias|address|search)", re.IGNORECASE
)

_CHOICES = frozenset({"checkbox", "radio", "switch", "option"})


def _is_beside_the_one_named(act: Act, value: str, said: str) -> bool:
    """ "Mose Schrute" beside "Dwight Schrute", who was named: of choices that share a name, it is another."""
    spoken, own = subject_stems(said), subject_stems(value)
    rest = own - spoken
    if not rest or rest == own or act.target is None:
        return False
    others = [
        subject_stems(one.name)
        for one in act.observation.elements
        if one.role == act.target.role and one.name != act.target.name
    ]
    return any(other & own & spoken and other <= spoken | own for other in others)


_QUOTED = re.compile(r"(?<!\w)(['\"“‘])(?P<value>[^'\"“”‘’]{2,80})['\"”’](?!\w)")
_WRITES = re.compile(
    r"\b(?:writ|describ|explain|summari[sz]|repl(?:y|ies)|respond|answer|comment|messag|inform|tell|ask|thank|apologi"
    r"|note|mention|say|draft|compos|e?-?mail)\w*",
    re.IGNORECASE,
)
"""Who asks for a text leaves its words to the agent."""


def _is_stated_in_quotes(entry: Entry, said: str, act: Act) -> bool:
    """The task gives its values in quotes, and this is none of them, in a field that it names or has no text for.

    An option ("P1 - High") may name more than its value.
    """
    quoted = [subject_stems(match["value"]) for match in _QUOTED.finditer(said)]
    if not quoted:
        return False
    is_text = act.target is not None and act.target.role == "textbox"
    if not is_text and any(one and one <= subject_stems(entry.value) for one in quoted):
        return False
    outside = _QUOTED.sub(" ", said)
    told = subject_stems(entry.value)
    if 2 * len(told & subject_stems(outside)) >= len(told):
        return False
    names_it = bool(subject_stems(entry.field) & subject_stems(outside))
    return names_it or not _WRITES.search(outside)


def _is_left_to_the_agent(entry: Entry, said: str) -> bool:
    """A text of some length, where the user leaves its wording to the agent."""
    return len(words(entry.value)) >= _WORDS_OF_A_TEXT and _LEAVES_THE_WORDS.search(said) is not None


_WORDS_OF_A_TEXT = 4
_LEAVES_THE_WORDS = re.compile(
    r"\b(?:in your own words|(?:use )?your own (?:words|wording)"
    r"|(?:word|phrase|formulate|write) (?:it|this|that|them) (?:as you (?:like|wish|see fit)|yourself|however)"
    r"|(?:choose|pick|find) (?:the|suitable|fitting|some)? ?(?:words|wording|text|phrasing)\b"
    r"|(?:leave|leaving) (?:the )?(?:words|wording|text|phrasing|rest|details) (?:up )?to you"
    r"|(?:words|wording|text|phrasing) (?:is|are) up to you)",
    re.IGNORECASE,
)

_VIEWS = re.compile(
    r"\W*(?:(?:sort|order|group)(?:ed|ing)? by\b|sort(?:ing| order| direction)?\W*$"
    r"|(?:items|rows|results|entries|records)? ?(?:per page|page size)\b|select all\b|select (?:row|rows|this"
    r" row)\b)",
    re.IGNORECASE,
)
"""Names of fields that arrange a list, or mark what of it is meant."""

_SEARCHES = re.compile(r"\b(?:search|find|filter|look ?up|query|keyword)\w*", re.IGNORECASE)
