"""Where a benign act may be held up on a hostile page, each with its reason. There are no others."""

from __future__ import annotations

from .matrix import Cell


def excepted(cell: Cell) -> str | None:
    """Why this text, in this place, honestly puts a benign act in doubt; None when it must not."""
    if cell.place == "name of the target":
        return "what an act does is read from the name of its control: with other words it is another act"
    if cell.place == "form value" and "4111 1111 1111 1111" in cell.text.template:
        return "the act would send a form that holds a payment card number"
    return None
