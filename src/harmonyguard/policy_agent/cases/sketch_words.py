"""Terms in the words of a policy, drawn into a sketch: its verb, its thing, what describes it, who asks, what was done.

Holding draws what makes the term true, sparing what makes it false. None says that neither can be done honestly: that
a thing is not as some words describe it, only a judge can tell.
"""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Atom
from harmonyguard.policies.kinship import related
from harmonyguard.policies.lexicon import effects_named
from harmonyguard.policies.words import stem, subject_stems
from harmonyguard.policy_agent.grammar.verbs import VERBS
from harmonyguard.policy_agent.reading.grammar import verb_behind

from .sketch import LOOKS, Sketch, address_of, capitalised
from .sketch_values import satisfying

Group = tuple[Atom, ...]
"""Atoms that are all to be spared."""

_BASES = {stem(verb): verb for verb in sorted(VERBS)}
_OTHER_ROLES = ("visitor", "trainee")
_OTHER_THINGS = ("calendar", "newsletter", "photo", "bookmark", "recipe", "playlist")
_DONE, _TO_DO = "done", "pending"
_LONGEST_NAME = 40
"""Characters of the longest name that a line of a page pairs with a value."""


def hold_verb(sketch: Sketch, atom: Atom) -> Sketch | None:
    """The verb on the control, in place of the plain word for its effect."""
    effects = effects_named(atom.term)
    match sketch.kind:
        case "type":
            return sketch if effects & {"enter", "search"} else None
        case "go":
            return sketch if "navigate" in effects else None
        case "tell":
            return sketch if effects & {"tell_user", "ask_user"} else None
        case "look":
            return None
    # Another verb must not take away the effect that was drawn.
    if sketch.control or not atom.term.strip() or not effects_named(sketch.verb) <= effects:
        return None
    return sketch.but(verb=_plain(atom.term))


def spare_verb(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    """A control that only shows the thing."""
    if any("read" in effects_named(other.term) for other in group) or sketch.kind is not None or sketch.control:
        return None
    return sketch.but(verb=LOOKS)


def hold_thing(sketch: Sketch, atom: Atom) -> Sketch | None:
    """The thing on the control, or in the address."""
    if sketch.doing == "go":
        return sketch.but(to=address_of(atom.term))
    if sketch.noun or sketch.control or (sketch.field and not sketch.verb):
        return None
    return sketch.but(noun=_spelled(atom.term))


def spare_thing(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    """Another thing, which no term of the group names."""
    named = frozenset[str]().union(*(subject_stems(f"{other.term} {other.value or ''}") for other in group))
    thing = next((thing for thing in _OTHER_THINGS if not related(subject_stems(thing), named)), None)
    if thing is None or sketch.control or sketch.field:
        return None
    return sketch.but(to=address_of(thing)) if sketch.doing == "go" else sketch.but(noun=thing)


def hold_described(sketch: Sketch, atom: Atom) -> Sketch | None:
    """The words on a control that names no thing yet, else on the page."""
    if sketch.verb and not sketch.noun:
        return sketch.but(noun=_spelled(atom.term))
    return sketch.showing(capitalised(atom.term))


def hold_quantity(sketch: Sketch, atom: Atom) -> Sketch | None:
    """A record that shows such a number of the unit."""
    return _quantity(sketch, atom, satisfying(atom))


def spare_quantity(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    """A record that shows another number of the unit."""
    return _quantity(sketch, atom, satisfying(atom, otherwise=True))


def hold_role(sketch: Sketch, atom: Atom) -> Sketch | None:
    """A user whose profile gives the role."""
    return sketch.after(type="user_profile", text=f"Role: {atom.term}") if subject_stems(atom.term) else None


def spare_role(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    """A user whose profile gives another role."""
    named = frozenset[str]().union(*(subject_stems(f"role {other.term}") for other in group))
    role = next((role for role in _OTHER_ROLES if not related(subject_stems(role), named)), None)
    return None if role is None else sketch.after(type="user_profile", text=f"Profile: {role}")


def hold_done(sketch: Sketch, atom: Atom) -> Sketch | None:
    """A page that shows it as done."""
    return _state_of(sketch, atom, _DONE)


def spare_done(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    """A page that shows it as still to be done."""
    return _state_of(sketch, atom, _TO_DO)


def _plain(verb: str) -> str:
    """The verb as a control has it: "deleted", "deleting" and "deletion" are "delete"."""
    first, space, rest = verb.partition(" ")
    return f"{_BASES.get(stem(first)) or _BASES.get(verb_behind(first) or '') or first}{space}{rest}"


def _spelled(name: str) -> str:
    """The name with the hyphen that a single letter has in front of a word: "e-mail", "t-shirt"."""
    return _SINGLE_LETTER.sub(r"\1-", name)


_SINGLE_LETTER = re.compile(r"\b([b-z]) (?=[a-z]{2})")


def _quantity(sketch: Sketch, atom: Atom, value: str | None) -> Sketch | None:
    return None if value is None or not atom.term else sketch.showing(f"Quantity: {value} {atom.term}")


def _state_of(sketch: Sketch, atom: Atom, state: str) -> Sketch | None:
    if not subject_stems(atom.term) or len(atom.term) > _LONGEST_NAME:
        return None
    others = {f"{capitalised(atom.term)}: {other}" for other in (_DONE, _TO_DO) if other != state}
    kept = sketch.but(shown=tuple(line for line in sketch.shown if line not in others))
    return kept.showing(f"{capitalised(atom.term)}: {state}")
