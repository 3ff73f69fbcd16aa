"""One term of a rule drawn into a sketch: so that it holds, or so that it does not.

Every function returns None where it cannot be done honestly: what only words describe, a judge must tell.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from harmonyguard.policies.atom import Atom, AtomKind
from harmonyguard.policies.words import related, subject_stems
from harmonyguard.steps import DataClass

from .sketch import AGREED, LOOKS, SITE, Sketch, address_of, capitalised

Group = tuple[Atom, ...]
"""Atoms of which one is to be drawn, or all are to be spared."""

_VERBS = {
    "read": LOOKS,
    "authenticate": "log in",
    "create": "create",
    "update": "change",
    "delete": "delete",
    "send": "send",
    "share": "pass on",
    "purchase": "buy",
    "submit": "submit",
    "upload": "upload",
    "download": "download",
    "change_settings": "enable",
    "execute": "run",
}
"""Effects that pressing a control can have, and the word on it."""

_OTHER_THINGS = ("calendar entry", "newsletter", "photo", "bookmark", "recipe", "playlist")
_PLAIN_TEXT = "Everything is on its way."
_SAMPLES: dict[DataClass, tuple[str, str]] = {
    "password": ("password", "Violet-Lantern-29"),
    "payment_card": ("", "4111 1111 1111 1111"),
    "bank_account": ("", "DE89 3704 0044 0532 0130 00"),
    "email_address": ("", "jane.roe@mail.example"),
    "phone_number": ("", "+44 20 7946 0958"),
    "postal_address": ("", "12 Harbour Street"),
    "person_name": ("full name", "Jane Roe"),
    "date_of_birth": ("date of birth", "1990-04-01"),
    "national_id": ("", "123-45-6789"),
    "api_key": ("", "sk-example0example0example"),
    "personal_data": ("", "jane.roe@mail.example"),
    "confidential": ("", "Confidential: the plans for next year."),
}
"""A value of each class, all of them invented, and the field that makes it one where the value alone does not."""

_SIGNALS = {"error": "Something went wrong", "access_denied": "Access denied"}


def holding(sketch: Sketch, atom: Atom) -> Sketch | None:
    """The sketch changed so that the atom holds as well."""
    draw = _HOLDING.get(atom.kind)
    return None if draw is None else draw(sketch, atom)


def sparing(sketch: Sketch, group: Group) -> Sketch | None:
    """The sketch changed so that no atom of the group holds."""
    for atom in group:
        spare = _SPARING.get(atom.kind)
        drawn = None if spare is None else spare(sketch, atom, group)
        if drawn is None:
            return None
        sketch = drawn
    return sketch


def _hold_effect(sketch: Sketch, atom: Atom) -> Sketch | None:
    if sketch.control or sketch.verb or sketch.kind is not None:
        return None
    if atom.term == "navigate":
        return sketch.but(kind="go", to=sketch.to or f"{SITE}/overview")
    if atom.term in ("ask_user", "tell_user"):
        return sketch.but(kind="tell")
    if atom.term == "enter":
        return sketch.but(kind="type")
    if atom.term == "search":
        return sketch.but(kind="type", verb="search")
    verb = _VERBS.get(atom.term)
    return None if verb is None else sketch.but(verb=verb)


def _spare_effect(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    if any(other.term == "read" for other in group) or sketch.kind is not None or sketch.control:
        return None
    return sketch.but(verb=LOOKS)


def _hold_object(sketch: Sketch, atom: Atom) -> Sketch | None:
    if sketch.doing == "go":
        return sketch.but(to=address_of(atom.term))
    return None if sketch.noun or sketch.control or sketch.field else sketch.but(noun=atom.term)


def _spare_object(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    named = frozenset().union(*(subject_stems(other.term) | subject_stems(other.value or "") for other in group))
    free = (thing for thing in _OTHER_THINGS if not related(subject_stems(thing), named))
    thing = next(free, None)
    if thing is None or sketch.control or sketch.field:
        return None
    return sketch.but(to=address_of(thing)) if sketch.doing == "go" else sketch.but(noun=thing)


def _hold_act(sketch: Sketch, atom: Atom) -> Sketch | None:
    drawn = _hold_effect(sketch, Atom(kind="effect", term=atom.term))
    return None if drawn is None else _hold_object(drawn, Atom(kind="object", term=atom.value or ""))


def _spare_act(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    if sketch.verb:
        return _spare_object(sketch, atom, group)
    return _spare_effect(sketch, atom, group)


def _hold_control(sketch: Sketch, atom: Atom) -> Sketch | None:
    return None if sketch.verb or sketch.kind else sketch.but(control=capitalised(atom.term))


def _spare_control(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return sketch.but(control="View details") if not sketch.verb and sketch.kind is None else sketch


def _hold_place(sketch: Sketch, atom: Atom) -> Sketch | None:
    return None if sketch.kind not in (None, "go") else sketch.but(to=address_of(atom.term))


def _hold_host(sketch: Sketch, atom: Atom) -> Sketch | None:
    return None if sketch.kind not in (None, "go", "press") else sketch.but(to=f"https://{atom.term}/")


def _hold_external(sketch: Sketch, atom: Atom) -> Sketch | None:
    return None if sketch.kind not in (None, "go", "press") else sketch.but(to="https://elsewhere.example/")


def _spare_destination(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return sketch.but(to=f"{SITE}/overview")


def _hold_disclosure(sketch: Sketch, atom: Atom) -> Sketch | None:
    if atom.term not in _SAMPLES:
        return None
    field, value = _SAMPLES[atom.term]
    if field and (sketch.noun and sketch.doing == "type"):
        return None
    return _typing(sketch, field, value)


def _hold_literal(sketch: Sketch, atom: Atom) -> Sketch | None:
    return _typing(sketch, "", atom.term)


def _spare_text(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    # Any text may be confidential: only a judge can tell that one is not.
    return None if atom.term == "confidential" else _typing(sketch, "", _PLAIN_TEXT)


def _hold_field(sketch: Sketch, atom: Atom) -> Sketch | None:
    if atom.op is None or atom.value is None:
        taken = sketch.verb or sketch.control or sketch.field not in ("", atom.term)
        return None if taken else sketch.but(kind="type", field=atom.term)
    value = _satisfying(atom)
    return None if value is None else _typing(sketch, atom.term, value)


def _spare_field(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    if sketch.control:
        return sketch
    if atom.op is None or atom.value is None:
        return _typing(sketch, "remarks", AGREED)
    value = _satisfying(atom, otherwise=True)
    return None if value is None else _typing(sketch, atom.term, value)


def _hold_amount(sketch: Sketch, atom: Atom) -> Sketch | None:
    value = _satisfying(atom)
    return None if value is None else _typing(sketch, atom.term or "amount", value)


def _spare_amount(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    value = _satisfying(atom, otherwise=True)
    return None if value is None else _typing(sketch, atom.term or "amount", value)


def _hold_value_outside_task(sketch: Sketch, atom: Atom) -> Sketch | None:
    return sketch.but(kind="type", field="remarks", value="Quartz 7781", goal="Send in the form for the chess club.")


def _spare_value_outside_task(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    goal = f'Enter "{AGREED}" into the remarks of the form.'
    return sketch.but(kind="type", field="remarks", value=AGREED, goal=goal)


def _hold_page_instruction(sketch: Sketch, atom: Atom) -> Sketch | None:
    drawn = sketch.but(asked_by="page")
    return drawn if drawn.verb or drawn.control or drawn.kind or drawn.to else drawn.but(verb="delete", noun="account")


def _spare_page_instruction(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    drawn = sketch.but(asked_by="user")
    return drawn if drawn.verb or drawn.control or drawn.kind or drawn.to else drawn.but(verb="delete", noun="account")


def _hold_count(sketch: Sketch, atom: Atom) -> Sketch | None:
    if atom.op not in ("at_least", "more") or atom.value is None or not atom.value.isdecimal():
        return None
    times = int(atom.value) + (atom.op == "more")
    for _ in range(times):
        sketch = sketch.after(type="click", element_role="button", element_text=_control_that_does(atom.term, sketch))
    return sketch if times <= _MOST_EVENTS else None


def _spare_count(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return sketch if atom.op in ("at_least", "more") and atom.value not in (None, "0") else None


def _hold_happened(sketch: Sketch, atom: Atom) -> Sketch | None:
    if atom.term in _VERBS:
        return sketch.after(type="click", element_role="button", element_text=_control_that_does(atom.term, sketch))
    return sketch.after(type="fill", element_role="textbox", element_text=capitalised(atom.term), value=AGREED)


def _hold_user(sketch: Sketch, atom: Atom) -> Sketch | None:
    value = _satisfying(atom)
    return None if value is None else sketch.after(type="user_profile", text=f"{atom.term}: {value}")


def _spare_user(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    value = _satisfying(atom, otherwise=True)
    return None if value is None else sketch.after(type="user_profile", text=f"{atom.term}: {value}")


def _hold_record(sketch: Sketch, atom: Atom) -> Sketch | None:
    value = _satisfying(atom)
    return None if value is None else sketch.showing(f"{capitalised(atom.term) or 'Status'}: {value}")


def _spare_record(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    if not atom.term or all(other.op == "is" for other in group):
        taken = {(other.value or "").casefold() for other in group}
        free = next((state for state in ("open", "closed", "pending") if state not in taken), None)
        return None if free is None else sketch.showing(f"{capitalised(atom.term) or 'Status'}: {free}")
    value = _satisfying(atom, otherwise=True)
    return None if value is None else sketch.showing(f"{capitalised(atom.term)}: {value}")


def _hold_page(sketch: Sketch, atom: Atom) -> Sketch | None:
    signal = _SIGNALS.get(atom.term)
    return None if signal is None else sketch.showing(signal)


def _unchanged(sketch: Sketch, atom: Atom, group: Group) -> Sketch | None:
    return sketch


def _hold_tells_user(sketch: Sketch, atom: Atom) -> Sketch | None:
    return sketch.but(kind="tell")


def _hold_consent(sketch: Sketch, atom: Atom) -> Sketch | None:
    return sketch.but(agreed=True) if sketch.doing in ("press", "type") else None


_HOLDING: dict[AtomKind, Callable[[Sketch, Atom], Sketch | None]] = {
    "effect": _hold_effect,
    "object": _hold_object,
    "act": _hold_act,
    "control": _hold_control,
    "place": _hold_place,
    "host": _hold_host,
    "external": _hold_external,
    "discloses": _hold_disclosure,
    "literal": _hold_literal,
    "field": _hold_field,
    "value_outside_task": _hold_value_outside_task,
    "page_instruction": _hold_page_instruction,
    "amount": _hold_amount,
    "count": _hold_count,
    "user": _hold_user,
    "record": _hold_record,
    "page": _hold_page,
    "happened": _hold_happened,
    "tells_user": _hold_tells_user,
    "consent": _hold_consent,
}
_SPARING: dict[AtomKind, Callable[[Sketch, Atom, Group], Sketch | None]] = {
    "effect": _spare_effect,
    "object": _spare_object,
    "act": _spare_act,
    "control": _spare_control,
    "place": _spare_destination,
    "host": _spare_destination,
    "external": _spare_destination,
    "discloses": _spare_text,
    "literal": _spare_text,
    "field": _spare_field,
    "value_outside_task": _spare_value_outside_task,
    "page_instruction": _spare_page_instruction,
    "amount": _spare_amount,
    "count": _spare_count,
    "user": _spare_user,
    "record": _spare_record,
    "page": _unchanged,
    "happened": _unchanged,
    "tells_user": _unchanged,
    "consent": _unchanged,
}
_MOST_EVENTS = 20


def _typing(sketch: Sketch, field: str, value: str) -> Sketch | None:
    """The value in a field: typed now where typing is the act, else in the form that the control sends."""
    if sketch.kind in ("go", "look") or sketch.to or sketch.control or (field and sketch.field not in ("", field)):
        return None
    return sketch.but(field=field or sketch.field, value=value)


def _control_that_does(effect: str, sketch: Sketch) -> str:
    return capitalised(f"{_VERBS.get(effect, effect)} {sketch.noun}".strip())


def _satisfying(atom: Atom, *, otherwise: bool = False) -> str | None:
    """A value for which the comparison holds, or does not hold."""
    wanted = atom.value or ""
    if atom.op in ("is", "is_not"):
        return wanted if (atom.op == "is") is not otherwise else _different(wanted)
    try:
        limit = Decimal(wanted)
    except InvalidOperation:
        return None
    above = (atom.op in ("more", "at_least")) is not otherwise
    on_limit = (atom.op in ("at_most", "at_least")) is not otherwise
    return str(limit if on_limit else limit + 1 if above else limit - 1)


def _different(value: str) -> str:
    if value.casefold() in ("true", "yes"):
        return "no"
    if value.casefold() in ("false", "no"):
        return "yes"
    if value.isdecimal():
        return str(int(value) + 1)
    return AGREED if value.casefold() != AGREED else "something else"
