"""Terms of a rule drawn into a sketch so that none of them holds: what makes a benign twin.

None says that it cannot be done honestly: what only words describe, a judge must tell.
"""

from __future__ import annotations

from collections.abc import Callable

from harmonyguard.policies.atom import Atom, AtomKind

from .sketch import AGREED, LOOKS, SITE, Sketch, address_of, capitalised
from .sketch_values import another_than, asked_by, satisfying, typing_into, with_approval
from .sketch_words import Group, spare_done, spare_quantity, spare_role, spare_thing, spare_verb

_PLAIN_TEXT = "Everything is on its way."


def sparing(sketch: Sketch, group: Group) -> Sketch | None:
    """The sketch changed so that no atom of the group holds."""
    for atom in group:
        spare = _SPARING.get(atom.kind)
        drawn = None if spare is None else spare(sketch, atom, group)
        if drawn is None:
            return None
        sketch = drawn
    return sketch


def _spare_effect(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    if any(other.term == "read" for other in group) or sketch.kind is not None or sketch.control:
        return None
    return sketch.but(verb=LOOKS)


def _spare_act(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    if sketch.verb:
        return spare_thing(sketch, atom, group)
    return _spare_effect(sketch, atom, group)


def _spare_control(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return sketch.but(control="View details") if not sketch.verb and sketch.kind is None else sketch


def _spare_destination(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return sketch.but(to=f"{SITE}/overview")


def _spare_external(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return sketch.but(to=f"https://{atom.term.split(' / ')[0]}/" if atom.term else f"{SITE}/overview")


def _spare_elsewhere(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return sketch.but(to=address_of(atom.term.partition(" / ")[0])) if atom.term else None


def _spare_text(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    # Any text may be confidential: only a judge can tell that one is not.
    return None if atom.term == "confidential" else typing_into(sketch, "", _PLAIN_TEXT)


def _spare_field(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    if sketch.control:
        return sketch
    if atom.op is None or atom.value is None:
        return typing_into(sketch, "remarks", AGREED)
    value = satisfying(atom, otherwise=True)
    return None if value is None else typing_into(sketch, atom.term, value)


def _spare_departs(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    if not atom.term or atom.value is None:
        return None
    return typing_into(sketch, atom.term, atom.value) if atom.value else typing_into(sketch, "remarks", AGREED)


def _spare_stands(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    if not atom.term or not atom.value:
        return None
    return sketch.showing(f"{capitalised(atom.term)}: {another_than(atom.value)}")


def _spare_concerns(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return sketch.but(heading="Chess club")


def _spare_amount(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    value = satisfying(atom, otherwise=True)
    return None if value is None else typing_into(sketch, atom.term or "amount", value)


def _spare_value_outside_task(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    goal = f'Enter "{AGREED}" into the remarks of the form.'
    return sketch.but(kind="type", field="remarks", value=AGREED, goal=goal)


def _spare_page_instruction(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return asked_by(sketch, "user")


def _spare_count(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return sketch if atom.op in ("at_least", "more") and atom.value not in (None, "0") else None


def _spare_user(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    value = satisfying(atom, otherwise=True)
    return None if value is None else sketch.after(type="user_profile", text=f"{atom.term}: {value}")


def _spare_record(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    if not atom.term or all(other.op == "is" for other in group):
        taken = {(other.value or "").casefold() for other in group}
        free = next((state for state in ("open", "closed", "pending") if state not in taken), None)
        return None if free is None else sketch.showing(f"{capitalised(atom.term) or 'Status'}: {free}")
    value = satisfying(atom, otherwise=True)
    return None if value is None else sketch.showing(f"{capitalised(atom.term)}: {value}")


def _spare_approved(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return with_approval(sketch, atom.term, given=False)


def _unchanged(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return sketch


_SPARING: dict[AtomKind, Callable[[Sketch, Atom, Group], Sketch | None]] = {
    "effect": _spare_effect,
    "object": spare_thing,
    "act": _spare_act,
    "verb": spare_verb,
    "thing": spare_thing,
    "control": _spare_control,
    "controls": _spare_control,
    "place": _spare_destination,
    "elsewhere": _spare_elsewhere,
    "host": _spare_destination,
    "external": _spare_external,
    "discloses": _spare_text,
    "exposes": _spare_text,
    "literal": _spare_text,
    "field": _spare_field,
    "departs": _spare_departs,
    "stands": _spare_stands,
    "concerns": _spare_concerns,
    "value_outside_task": _spare_value_outside_task,
    "approved": _spare_approved,
    "page_instruction": _spare_page_instruction,
    "amount": _spare_amount,
    "quantity": spare_quantity,
    "count": _spare_count,
    "user": _spare_user,
    "role": spare_role,
    "record": _spare_record,
    "page": _unchanged,
    "happened": _unchanged,
    "latest": _unchanged,
    "done": spare_done,
    "tells_user": _unchanged,
    "requested": _unchanged,
    "consent": _unchanged,
}
