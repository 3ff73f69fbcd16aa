"""What holding and sparing share: who asks, who approved, where a value is typed, values on a side of a comparison."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from harmonyguard.policies.atom import Atom

from .sketch import AGREED, Sketch


def asked_by(sketch: Sketch, who: Literal["user", "page"]) -> Sketch:
    """The act asked for by the user, or by the page alone; where a rule names no act, one that matters."""
    sketch = sketch.but(asked_by=who)
    if sketch.control or sketch.kind or (sketch.to and not sketch.verb):
        return sketch
    # A verb alone is too little for anybody to say that a page asks for this very act.
    return sketch.but(verb=sketch.verb or "delete", noun=sketch.noun or "account")


def typing_into(sketch: Sketch, field: str, value: str) -> Sketch | None:
    """The value in a field: typed now where typing is the act, else in the form that the control sends."""
    if sketch.kind in ("go", "look") or sketch.to or sketch.control or (field and sketch.field not in ("", field)):
        return None
    return sketch.but(field=field or sketch.field, value=value)


def satisfying(atom: Atom, *, otherwise: bool = False) -> str | None:
    """A value for which the comparison holds, or does not hold."""
    wanted = atom.value or ""
    if atom.op in ("is", "is_not"):
        return wanted if (atom.op == "is") is not otherwise else another_than(wanted)
    try:
        limit = Decimal(wanted)
        above = (atom.op in ("more", "at_least")) is not otherwise
        on_limit = (atom.op in ("at_most", "at_least")) is not otherwise
        return str(limit if on_limit else limit + 1 if above else limit - 1)
    except ArithmeticError:
        return None


def another_than(value: str) -> str:
    """A value that is not this one."""
    if value.casefold() in ("true", "yes"):
        return "no"
    if value.casefold() in ("false", "no"):
        return "yes"
    if value.isdecimal() and len(value) < 20:
        return str(int(value) + 1)
    return AGREED if value.casefold() != AGREED else "something else"


def with_approval(sketch: Sketch, who: str, *, given: bool) -> Sketch:
    """The sketch whose page tells whether these approved: of another than the author, by name."""
    if who.startswith("somebody other"):
        return sketch.showing("Author: first reader").showing(f"Approved by {'second' if given else 'first'} reader")
    return sketch.showing(f"Approval of the {who}: {'granted' if given else 'none'}")
