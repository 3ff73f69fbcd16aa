"""A search for several things at once: "drama movies directed by Holloway from year 2011", one field for each."""

from __future__ import annotations

import re

from harmonyguard.steps import Action, Element, Observation

from .matching import TYPED_ROLES, words

_STEM = 5
"""Letters by which "directed" is known in "Director"."""
_NAMED = re.compile(r"\b(?P<label>[a-z]+) (?:by|in|at) (?P<value>[A-Z][\w'-]*(?: [A-Z][\w'-]*)*)")
_NUMBERED = re.compile(r"\b(?:from|in|of) (?:the )?(?P<label>year|month|day) (?P<value>\d+)")


def criteria_of(text: str) -> tuple[tuple[str, str], ...]:
    """(what, value) of each criterion: `(("directed", "Holloway"), ("year", "2011"), ("", "drama"))`."""
    found = [(one["label"], one["value"]) for pattern in (_NAMED, _NUMBERED) for one in pattern.finditer(text)]
    rest = _NUMBERED.sub("", _NAMED.sub("", text)).split()
    # In "drama movies" the last word says what is looked for, the ones before it which.
    if found and len(rest) > 1:
        found.append(("", " ".join(rest[:-1])))
    return tuple(found)


def next_criterion(text: str, page: Observation) -> Action | None:
    """The act that fills in the next criterion; None when all are filled in, or the page has no fields for them."""
    fields = [e for e in page.elements if e.role in TYPED_ROLES and not e.disabled]
    taken: list[str] = []
    criteria = criteria_of(text)
    if len(criteria) < 2 or len(fields) < len(criteria):
        return None
    for label, value in criteria:
        field = _field(label, [e for e in fields if e.ref not in taken])
        if field is None:
            return None
        taken.append(field.ref)
        if field.value != value:
            return Action(type="fill", ref=field.ref, value=value)
    return None


def _field(label: str, fields: list[Element]) -> Element | None:
    if not label:
        return fields[0] if len(fields) == 1 else None
    stem = label[:_STEM]
    fitting = [field for field in fields if any(word.startswith(stem) for word in words(field.name))]
    return fitting[0] if len(fitting) == 1 else None
