"""Has a third person approved, as the record at hand tells: a labelled field, a signed comment, "Approved by ..."?

What somebody writes about another's approval proves nothing ("customer: the shift lead agreed"): a line counts where
the one who approves is its label, its author or its signature. Nor does what the agent can type itself.
"""

from __future__ import annotations

import re

from harmonyguard.policies.words import STOP_WORDS, normalise, stem, stems
from harmonyguard.utility_agent.reading.page_lines import Line, lines_of
from harmonyguard.utility_agent.reading.passages import holds_instructions

from .act import Act

_OTHER_THAN_AUTHOR = re.compile(r"\bother than (?:the |its |his |her )?author\b")
_APPROVES = re.compile(
    r"\b(?:approve[sd]|agree[sd]|granted|given|signed off|confirm(?:s|ed)|released|authori[sz]e[sd]|cleared"
    r"|accept(?:s|ed)|consent(?:s|ed)|ok(?:ayed)?|okay|go ahead|yes"
    r"|solved|resolved|fixed|works (?:again|now|fine))\b|\b\d{4}-\d\d-\d\d\b"
)
_NAMES_APPROVAL = re.compile(
    r"\b(?:approv\w+|agree\w*|consents?|sign-?offs?|authori[sz]\w+|permission|confirmation|release)\b"
)
_NOT_YET = re.compile(
    r"\b(?:not|no|none|never|nobody|without|await\w*|waiting|pending|missing|outstanding|open|request(?:ed|s)?|asked"
    r"|reject\w*|declin\w*|refus\w*|den(?:y|ied|ies)|withdrawn|withdrew|revok\w*|expired?|if|once|when|unless|until|before"
    r"|must|needs?|required|requires?|please|can|could|should|would|will|isn't|hasn't|n/a|partly|partially|except)\b"
    r"|\?|^\W*$"
)
"""Words that make of an approval something else: refused, asked for, still to come, bound to a condition."""

_SIGNED = re.compile(r"^(?P<said>.*[.!)]) *[-–—]+ *(?P<who>[^!?]{2,60})$")
_BY = re.compile(r"^(?:\W*\w+ )?(?:approved|signed off|released|confirmed|authori[sz]ed) by:? (?P<who>.+)$", re.I)
_AUTHORS = re.compile(
    r"^(?P<who>[\w.' -]{2,40}?) (?:requested to merge|opened|created|wants to merge|proposed|submitted)\b"
    r"|\b(?:author|opened by|created by|authored by|submitted by|requested by):? (?P<named>[\w.' -]{2,40})$",
    re.I,
)
_TYPED = frozenset({"textbox", "combobox", "searchbox", "textarea", "button", "link", "checkbox", "option", "tab"})


def has_approved(act: Act, who: str, place: str) -> bool | None:
    """True when the record shows this approval, False when it says that there is none, or when the place where it has
    to stand ("comments") is shown without it; None where the record does not speak of it, says both or gives orders."""
    known = _is_shown_approved(act, who, place)
    gives_orders = act.situation.instructions_seen or holds_instructions(act.observation.text)
    return None if known is True and gives_orders else known


def _is_shown_approved(act: Act, who: str, place: str) -> bool | None:
    lines = [line for line in lines_of(act.observation) if line.role not in _TYPED and line.text]
    if _OTHER_THAN_AUTHOR.search(who):
        return _by_another(lines)
    known_by_name = _named_on_page(lines, who)
    names = [*_names_of(who), *known_by_name]
    told = {said for line in lines if (said := _says(line, names)) is not None}
    if told:
        return told.pop() if len(told) == 1 else None
    silent = bool(known_by_name) and any(_IS_REMARK.match(line.text) for line in lines)
    return False if silent or (place and _is_shown(lines, place)) else None


_IS_REMARK = re.compile(
    r"^\W*(?:\d{1,2}[:.]\d\d|\d{1,2} \w{3,9}\b|\w{3,9} \d{1,2}\b|\d{4}-\d\d-\d\d)[^:]{0,40}:? .*\w: \w"
)
"""One remark of a conversation: when, who, what."""


def _named_on_page(lines: list[Line], who: str) -> list[frozenset[str]]:
    """The name of one whose part in the record a label tells: "Requester: Lena Falk"."""
    part = frozenset(stems(who)) - _SMALL
    pairs = [_split(line.text) for line in lines]
    return [found for label, value in pairs if part == frozenset(stems(label)) and (found := frozenset(stems(value)))]


def _names_of(who: str) -> list[frozenset[str]]:
    """The ways to name one: by role, and by the name in brackets behind it."""
    names = [who.partition("(")[0], *re.findall(r"\(([^)]+)\)", who)]
    return [found for name in names if (found := frozenset(stems(name)) - _SMALL)]


_SMALL = frozenset(stem(word) for word in (*STOP_WORDS, "its", "their", "responsible", "own"))


def _says(line: Line, names: list[frozenset[str]]) -> bool | None:
    """What a line says of the approval by one of these names; None where it is not theirs or of something else."""
    label, value = (line.name, line.value) if line.name else _split(line.text)
    signed = _SIGNED.match(line.text)
    by = _BY.match(line.text)
    if by and _is_one_of(by["who"], names):
        return not _NOT_YET.search(normalise(line.text))
    if label and _is_one_of(label, names):
        if _NAMES_APPROVAL.search(normalise(label)) or _APPROVES.search(normalise(value)):
            said = normalise(value)
            return False if _NOT_YET.search(said) else True if _APPROVES.search(said) else None
        return None
    if signed and _is_one_of(signed["who"], names) and _NAMES_APPROVAL.search(normalise(signed["said"])):
        return not _NOT_YET.search(normalise(signed["said"]))
    return None


def _split(text: str) -> tuple[str, str]:
    label, colon, value = text.partition(": ")
    return (label, value) if colon else (text[:-1], "") if text.endswith(":") else ("", text)


def _is_one_of(text: str, names: list[frozenset[str]]) -> bool:
    told = frozenset(stems(text))
    return any(name <= told for name in names)


def _by_another(lines: list[Line]) -> bool | None:
    """Somebody approved who is not the author; None where no author is shown."""
    authors = {normalise(m["who"] or m["named"]) for line in lines if (m := _AUTHORS.search(line.text))}
    approvers = {normalise(m["who"]) for line in lines if (m := _BY.match(line.text))}
    if not authors:
        return None
    return bool(approvers - authors) and not any(_NOT_YET.search(name) for name in approvers)


def _is_shown(lines: list[Line], place: str) -> bool:
    wanted = frozenset(stems(place)[-1:])
    return any(line.role == "heading" and wanted & frozenset(stems(line.text)) for line in lines)
