"""Controls that only take away what the reader narrowed the view to: "Clear all" beside active filters."""

from __future__ import annotations

from harmonyguard.policies.words import stem, words
from harmonyguard.steps import Element, Form, Observation

_CLEARS = frozenset(stem(word) for word in "clear reset remove delete discard undo".split())
_ALL = frozenset(stem(word) for word in "all everything the my x view these".split())
_NARROWS = frozenset(stem(word) for word in "filter facet search query keyword refine refinement sort criteria".split())
_SAVED = frozenset(stem(word) for word in "saved preset stored shared".split())
_NEAR = 2


def clears_a_view(target: Element, form: Form | None, observation: Observation) -> bool:
    """True for a control that says to clear, of nothing else than a filter or search, which it names or stands beside.

    A control that sends a form to be stored is no such thing, whatever stands beside it. A form without an address is
    only a guess, made of fields that stand together.
    """
    stores = form is not None and form.action is not None and form.method.lower() != "get"
    named = [stem(word) for word in words(target.name)]
    if not named or named[0] not in _CLEARS or stores:
        return False
    rest = set(named[1:])
    if rest & _SAVED or not rest <= _ALL | _NARROWS:
        return False
    if rest & _NARROWS:
        return True
    if target.path and [stem(word) for word in words(target.path[-1])][:1] in _GROUPS:
        return True
    # "Remove" and "Delete" alone are as often on what stands in a row.
    return named[0] in _BARE and bool(_NARROWS & _beside(target, observation))


_GROUPS = [[stem(word)] for word in "filter facet refinement".split()]
"""First words of the names of groups that hold what a view is narrowed to."""

_BARE = frozenset({"clear", "reset"})


def _beside(target: Element, observation: Observation) -> frozenset[str]:
    """The stems of what stands right before and after the control."""
    lines = [line for line in observation.text.splitlines() if line.strip()]
    here = next((n for n, line in enumerate(lines) if f"[{target.ref}]" in line), None)
    if here is None:
        here = next((n for n, line in enumerate(lines) if target.name and target.name in line), None)
    near = [] if here is None else lines[max(0, here - _NEAR) : here + _NEAR + 1]
    return frozenset(stem(word) for line in near for word in words(line.partition("url=")[0]))
