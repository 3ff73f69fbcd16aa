"""Which policies cannot both be kept. They are reported and never merged: a person decides, or authority does."""

from __future__ import annotations

from harmonyguard.steps import Record


class Contradiction(Record):
    """Two policies that cannot both be kept; `first` and `second` are policy ids, in order.

    `prevails` is the id of the policy of higher authority; None where a person has to decide.
    """

    first: str
    second: str
    reason: str
    prevails: str | None = None
