"""One policy: a normative statement that cites its source, with the rule compiled from it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import model_validator

from harmonyguard.steps import Authority, Record, digest_of

from .rule import Rule

Category = Literal[
    "user_consent",
    "boundary_and_scope",
    "strict_execution",
    "hierarchy_adherence",
    "robustness_and_security",
    "error_handling",
]
"""The six dimensions of ST-WebAgentBench (arXiv 2410.06703, section 3)."""

RiskLevel = Literal["low", "medium", "high"]
Enforcement = Literal["enforce", "warn", "audit"]
Status = Literal["proposed", "active", "retired"]


class Source(Record):
    """Where a policy stands: document, its digest, place, and the verbatim words."""

    document: str
    sha256: str
    page: int | None = None
    headings: tuple[str, ...] = ()
    quote: str

    @property
    def place(self) -> str:
        """The source as people cite it: "refunds.pdf, page 2, Limits"."""
        name = self.document.rstrip("/").rsplit("/", 1)[-1] or self.document
        page = [] if self.page is None else [f"page {self.page}"]
        return ", ".join([name, *page, *self.headings[-1:]])


class Reference(Record):
    """A violation that was seen: quoted, redacted, length-limited evidence for the judge and for tests."""

    run: str
    step: int
    act: str
    reason: str
    seen_at: str


class Policy(Record):
    """One policy in force, proposed or retired. `id` is stable: from document and normalised quote."""

    id: str
    description: str
    definitions: tuple[str, ...] = ()
    scope: str = ""
    category: Category = "boundary_and_scope"
    category_reason: str = ""
    risk_level: RiskLevel = "medium"
    risk_reason: str = ""
    authority: Authority = "organization"
    organization: str | None = None
    sources: tuple[Source, ...]
    rule: Rule
    enforcement: Enforcement = "enforce"
    owner: str | None = None
    effective_from: date | None = None
    expires: date | None = None
    references: tuple[Reference, ...] = ()
    status: Status = "active"

    @model_validator(mode="after")
    def _has_a_source(self) -> Policy:
        if not self.sources:
            raise ValueError(f"policy {self.id} names no source")
        return self

    @cached_property
    def version(self) -> str:
        """Digest of what is enforced: everything but the recorded violations.

        Fields that stand at their default are left out, so that one which a later release adds changes no version.
        """
        return digest_of(self.model_dump(mode="json", exclude={"references"}, exclude_defaults=True))

    @property
    def clause(self) -> str:
        """The verbatim words of its first source."""
        return self.sources[0].quote

    @property
    def place(self) -> str:
        """Where the clause stands, as people cite it."""
        return self.sources[0].place


def policy_id(document: str, quote: str) -> str:
    """A stable id (`p-` and 12 hex digits) from a document's name and a normalised quote."""
    return f"p-{digest_of([document, normalise_quote(quote)])[:12]}"


def normalise_quote(text: str) -> str:
    """NFKC, case-folded, white space folded, invisible format characters removed."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    visible = folded if folded.isprintable() else "".join(c for c in folded if unicodedata.category(c) != "Cf")
    return re.sub(r"\s+", " ", visible).strip()
