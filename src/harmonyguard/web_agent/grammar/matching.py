"""Finds the element that an instruction names, by role, accessible name and enclosing region.

Pure: a name that fits nothing, or several equally well, gives None; clicking something at random is never right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from harmonyguard.steps import Element, Observation

THRESHOLD = 80.0
TYPED_ROLES = frozenset({"textbox", "searchbox", "spinbutton"})
CHOSEN_ROLES = frozenset({"combobox", "listbox", "radio", "radiogroup"})
SWITCHED_ROLES = frozenset({"checkbox", "switch", "menuitemcheckbox"})
FIELD_ROLES = TYPED_ROLES | CHOSEN_ROLES | SWITCHED_ROLES
LINK_ROLES = frozenset({"link", "tab", "menuitem", "treeitem"})
CLICKED_ROLES = LINK_ROLES | {"button", "option", "radio", "checkbox", "switch"}
DESTRUCTIVE = ("delete", "remove", "erase", "discard", "cancel", "reject")
_SAME_WORD = 85.0


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Words of a name for comparing: NFKC, case-folded, without invisible characters, punctuation and plural s."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    visible = (
        "".join(c for c in folded if unicodedata.category(c) != "Cf").replace("'s ", " ").replace("e-mail", "email")
    )
    return tuple(_singular(word) for word in re.findall(r"\w+", visible))


def same(left: str, right: str) -> bool:
    """True when two names read the same."""
    return words(left) == words(right)


def score(name: str, phrase: str, *, shorter: bool = False) -> float:
    """How well an accessible name fits a phrase: 100 the same, 0 not at all.

    A name may say more than the phrase ("Subject (required)"); with `shorter` it may also say less ("E-mail"
    for "customer e-mail"). Typing errors count only word by word, and never in numbers: ticket 42 is not 43.
    """
    have, want = words(name), words(phrase)
    if not have or not want:
        # Names of signs alone ("♥", "+") are compared as they are.
        return 100.0 if not have and not want and name.strip() == phrase.strip() != "" else 0.0
    if have == want:
        return 100.0
    if _within(want, have):
        return 96.0 - min(10.0, len(have) - len(want))
    if shorter and set(have) <= set(want):
        return 88.0 - min(8.0, len(want) - len(have))
    if len(have) == len(want) and all(_close(a, b) for a, b in zip(have, want, strict=True)):
        return 82.0
    return 0.0


def best(
    elements: Iterable[Element],
    phrases: Sequence[str],
    *,
    context: str | None = None,
    shorter: bool = False,
    near: str | None = None,
) -> Element | None:
    """The element that fits the earliest phrase best, or None when none does or several do equally well.

    `context` names the region that should enclose it (its `path`) or that its name should mention; `near` is the
    id of the form that is preferred.
    """
    candidates = [element for element in elements if not element.disabled]
    for phrase in phrases:
        scored = [(element, score(element.name, phrase, shorter=shorter)) for element in candidates]
        fitting = [(element, points) for element, points in scored if points >= THRESHOLD]
        if not fitting:
            continue
        ranked = sorted(
            ((_rank(element, points, context, near), element) for element, points in fitting),
            key=lambda pair: pair[0],
            reverse=True,
        )
        if len(ranked) == 1 or ranked[0][0] > ranked[1][0] or _equivalent([e for r, e in ranked if r == ranked[0][0]]):
            return ranked[0][1]
        return None
    return None


def in_context(element: Element, context: str) -> bool:
    """True when the element's name or an enclosing region mentions `context`."""
    return any(score(name, context) >= THRESHOLD for name in (element.name, *element.path))


def mentioned(observation: Observation, name: str) -> bool:
    """True when the page itself is about `name`: its title says so or a heading does."""
    if score(observation.title, name) >= THRESHOLD:
        return True
    headings = re.findall(r"heading \"((?:[^\"\\]|\\.)*)\"", observation.text)
    return any(score(heading, name) >= THRESHOLD for heading in headings)


def option_of(element: Element, value: str) -> str | None:
    """The option of a list that `value` means: same words first, then the only one that contains them."""
    for option in element.options:
        if same(option, value):
            return option
    near = [option for option in element.options if score(option, value) >= THRESHOLD]
    return near[0] if len(near) == 1 else None


def _rank(element: Element, points: float, context: str | None, near: str | None) -> tuple[bool, float, bool, bool]:
    return (
        context is not None and in_context(element, context),
        points,
        near is not None and element.form == near,
        element.frame is None,
    )


def _equivalent(elements: Sequence[Element]) -> bool:
    """True when it does not matter which is taken.

    Links with one name that lead to one address; buttons that nothing tells apart and that destroy nothing.
    """
    first = elements[0]
    if first.url is not None and first.role == "link":
        return all(e.url == first.url and e.role == "link" for e in elements)
    alike = all((e.role, e.name, e.path, e.form, e.url) == (first.role, first.name, first.path, first.form, first.url)
                for e in elements)  # fmt: skip
    return alike and first.role == "button" and not first.name.casefold().startswith(DESTRUCTIVE)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """True when all words of `part` are in `whole`, in order."""
    rest = iter(whole)
    return all(word in rest for word in part)


def _close(left: str, right: str) -> bool:
    if left == right:
        return True
    if any(c.isdigit() for c in left + right) or left[0] != right[0] or min(len(left), len(right)) < 4:
        return False
    return fuzz.ratio(left, right) >= _SAME_WORD


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
