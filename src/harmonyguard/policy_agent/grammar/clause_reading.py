"""What reading a clause gives, and where the clause stands: the types that the readers of rules share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Modality = Literal["prohibition", "obligation", "limit", "permission"]


@dataclass(frozen=True)
class Reading:
    """What a clause does. `modality` is None when it is no policy; `normative` when it looked like one."""

    modality: Modality | None
    reason: str
    normative: bool = True


@dataclass(frozen=True)
class Context:
    """Where a clause stands: headings outermost first, the stem it completes, and the names of the owner.

    `among_rules` says that most of the document is rules, so that what it states of things is meant as a rule too.
    """

    headings: Sequence[str] = ()
    lead_in: str | None = None
    is_item: bool = False
    owners: Sequence[str] = ()
    among_rules: bool = False

    @property
    def heading(self) -> str:
        return self.headings[-1] if self.headings else ""
