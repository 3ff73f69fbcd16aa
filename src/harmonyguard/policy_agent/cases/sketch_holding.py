"""One term of a rule drawn into a sketch so that it holds.

None says that it cannot be done honestly: what only words describe, a judge must tell.
"""

from __future__ import annotations

from collections.abc import Callable

from harmonyguard.policies.atom import SITE_SEARCH, Atom, AtomKind
from harmonyguard.steps import DataClass

from .sketch import AGREED, LOOKS, SITE, Sketch, address_of, capitalised
from .sketch_values import another_than, asked_by, satisfying, typing_into, with_approval
from .sketch_words import hold_described, hold_done, hold_quantity, hold_role, hold_thing, hold_verb

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
    "ip_address": ("", "10.20.30.40"),
    "internal_address": ("", "ledger.internal:5432"),
    "personal_data": ("", "jane.roe@mail.example"),
    "confidential": ("", "Confidential: the plans for next year."),
}
"""A value of each class, all of them invented, and the field that makes it one where the value alone does not."""

_SIGNALS = {"error": "Something went wrong", "access_denied": "Access denied", "cookies": "We use cookies"}


def holding(sketch: Sketch, atom: Atom) -> Sketch | None:
    """The sketch changed so that the atom holds as well."""
    draw = _HOLDING.get(atom.kind)
    return None if draw is None else draw(sketch, atom)


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


def _hold_object(sketch: Sketch, atom: Atom) -> Sketch | None:
    if sketch.doing == "go":
        return sketch.but(to=address_of(atom.term))
    return None if sketch.noun or sketch.control or sketch.field else sketch.but(noun=atom.term)


def _hold_act(sketch: Sketch, atom: Atom) -> Sketch | None:
    drawn = _hold_effect(sketch, Atom(kind="effect", term=atom.term))
    return None if drawn is None else _hold_object(drawn, Atom(kind="object", term=atom.value or ""))


def _hold_control(sketch: Sketch, atom: Atom) -> Sketch | None:
    if atom.term == SITE_SEARCH:
        return None if sketch.verb or sketch.kind else sketch.but(kind="type", field="search")
    return None if sketch.verb or sketch.kind else sketch.but(control=capitalised(atom.term))


def _hold_place(sketch: Sketch, atom: Atom) -> Sketch | None:
    return None if sketch.kind not in (None, "go") else sketch.but(to=address_of(atom.term))


def _hold_elsewhere(sketch: Sketch, atom: Atom) -> Sketch | None:
    """A link beside the part that is named: without a name, only a judge can tell what the task needs."""
    if not atom.term or sketch.kind not in (None, "go"):
        return None
    return sketch.but(at=address_of(atom.term.partition(" / ")[0]), to=address_of("archive of old plans"))


def _hold_host(sketch: Sketch, atom: Atom) -> Sketch | None:
    return None if sketch.kind not in (None, "go", "press") else sketch.but(to=f"https://{atom.term}/")


def _hold_external(sketch: Sketch, atom: Atom) -> Sketch | None:
    return None if sketch.kind not in (None, "go", "press") else sketch.but(to="https://elsewhere.example/")


def _hold_disclosure(sketch: Sketch, atom: Atom) -> Sketch | None:
    if atom.term not in _SAMPLES:
        return None
    field, value = _SAMPLES[atom.term]
    if field and (sketch.noun and sketch.doing == "type"):
        return None
    return typing_into(sketch, field, value)


def _hold_exposure(sketch: Sketch, atom: Atom) -> Sketch | None:
    """Told in a field for anything: under its own name where the value alone does not show what it is."""
    if atom.term not in _SAMPLES:
        return None
    name, value = _SAMPLES[atom.term]
    return typing_into(sketch, "", f"The {name} is {value}" if name and atom.term != "person_name" else value)


def _hold_literal(sketch: Sketch, atom: Atom) -> Sketch | None:
    return typing_into(sketch, "", atom.term)


def _hold_field(sketch: Sketch, atom: Atom) -> Sketch | None:
    if atom.op is None or atom.value is None:
        taken = sketch.verb or sketch.control or sketch.field not in ("", atom.term)
        return None if taken else sketch.but(kind="type", field=atom.term)
    value = satisfying(atom)
    return None if value is None else typing_into(sketch, atom.term, value)


def _hold_departs(sketch: Sketch, atom: Atom) -> Sketch | None:
    if not atom.term or atom.value is None:
        return None
    return typing_into(sketch, atom.term, another_than(atom.value) if atom.value else AGREED)


def _hold_stands(sketch: Sketch, atom: Atom) -> Sketch | None:
    return None if not atom.term or not atom.value else sketch.showing(f"{capitalised(atom.term)}: {atom.value}")


def _hold_concerns(sketch: Sketch, atom: Atom) -> Sketch | None:
    return sketch.but(heading=capitalised(atom.term)) if atom.term and not sketch.heading else None


def _hold_amount(sketch: Sketch, atom: Atom) -> Sketch | None:
    value = satisfying(atom)
    # "Payment amount": whose amount it is, the rule may ask as well.
    field = atom.term or f"{sketch.noun or ''} amount".strip()
    return None if value is None else typing_into(sketch, field, value)


def _hold_value_outside_task(sketch: Sketch, atom: Atom) -> Sketch | None:
    return sketch.but(kind="type", field="remarks", value="Quartz 7781", goal="Send in the form for the chess club.")


def _hold_page_instruction(sketch: Sketch, atom: Atom) -> Sketch | None:
    return asked_by(sketch, "page")


def _hold_count(sketch: Sketch, atom: Atom) -> Sketch | None:
    if atom.op not in ("at_least", "more") or atom.value is None or not atom.value.isdecimal() or len(atom.value) > 4:
        return None
    times = int(atom.value) + (atom.op == "more")
    if times > _MOST_EVENTS:
        return None
    for _ in range(times):
        sketch = sketch.after(type="click", element_role="button", element_text=_control_that_does(atom.term, sketch))
    return sketch


def _hold_happened(sketch: Sketch, atom: Atom) -> Sketch | None:
    if atom.term in _VERBS:
        return sketch.after(type="click", element_role="button", element_text=_control_that_does(atom.term, sketch))
    return sketch.after(type="fill", element_role="textbox", element_text=capitalised(atom.term), value=AGREED)


def _hold_user(sketch: Sketch, atom: Atom) -> Sketch | None:
    value = satisfying(atom)
    return None if value is None else sketch.after(type="user_profile", text=f"{atom.term}: {value}")


def _hold_record(sketch: Sketch, atom: Atom) -> Sketch | None:
    value = satisfying(atom)
    return None if value is None else sketch.showing(f"{capitalised(atom.term) or 'Status'}: {value}")


def _hold_approved(sketch: Sketch, atom: Atom) -> Sketch | None:
    return with_approval(sketch, atom.term, given=True)


def _hold_page(sketch: Sketch, atom: Atom) -> Sketch | None:
    signal = _SIGNALS.get(atom.term)
    if signal is None or atom.value is None:
        return None if signal is None else sketch.showing(signal)
    verb = _VERBS.get(atom.value)
    return sketch.showing(f"Error: cannot {verb or 'load'} {'this' if verb else atom.value}")


def _hold_tells_user(sketch: Sketch, atom: Atom) -> Sketch | None:
    return sketch.but(kind="tell")


def _hold_requested(sketch: Sketch, atom: Atom) -> Sketch | None:
    return asked_by(sketch, "user")


def _hold_consent(sketch: Sketch, atom: Atom) -> Sketch | None:
    return sketch.but(agreed=True) if sketch.doing in ("press", "type") else None


def _hold_task(sketch: Sketch, atom: Atom) -> Sketch | None:
    return sketch.but(goal=f"This is about {atom.term}.")


_HOLDING: dict[AtomKind, Callable[[Sketch, Atom], Sketch | None]] = {
    "effect": _hold_effect,
    "object": _hold_object,
    "act": _hold_act,
    "verb": hold_verb,
    "thing": hold_thing,
    "described": hold_described,
    "control": _hold_control,
    "controls": _hold_control,
    "place": _hold_place,
    "elsewhere": _hold_elsewhere,
    "host": _hold_host,
    "external": _hold_external,
    "discloses": _hold_disclosure,
    "exposes": _hold_exposure,
    "literal": _hold_literal,
    "field": _hold_field,
    "departs": _hold_departs,
    "stands": _hold_stands,
    "concerns": _hold_concerns,
    "value_outside_task": _hold_value_outside_task,
    "approved": _hold_approved,
    "page_instruction": _hold_page_instruction,
    "amount": _hold_amount,
    "quantity": hold_quantity,
    "count": _hold_count,
    "user": _hold_user,
    "role": hold_role,
    "record": _hold_record,
    "page": _hold_page,
    "happened": _hold_happened,
    "latest": _hold_happened,
    "done": hold_done,
    "tells_user": _hold_tells_user,
    "requested": _hold_requested,
    "consent": _hold_consent,
    "task": _hold_task,
}
_MOST_EVENTS = 20


def _control_that_does(effect: str, sketch: Sketch) -> str:
    return capitalised(f"{_VERBS.get(effect, effect)} {sketch.noun}".strip())
