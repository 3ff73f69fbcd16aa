"""Leave that the user gave: what was asked, and whether it has been used."""

from __future__ import annotations

from .action import ConsentRequest
from .record import Record


class Grant(Record):
    """A yes of the user to one `ConsentRequest`, good for one use in this run.

    `used_by` is the permit that used it; a retry after a failed act is not a new use.
    """

    request: ConsentRequest
    question: str
    step: int
    used_by: str | None = None
