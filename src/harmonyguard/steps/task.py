"""What the user wants done."""

from __future__ import annotations

from .record import Record


class Task(Record):
    """One task of one user.

    `goal` is the user's own words; `url` is where work starts (absolute, http or https).
    """

    goal: str
    url: str | None = None
