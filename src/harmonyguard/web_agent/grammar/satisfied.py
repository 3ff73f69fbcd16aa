"""What a move finds on a page when there is nothing to do for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Satisfied:
    """There is nothing to do: the page is already as the move wants it, or does not offer an optional move."""
