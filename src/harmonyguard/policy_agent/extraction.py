"""What reading a document gives: policies, what was merged, what was left out and why, what contradicts what."""

from __future__ import annotations

from harmonyguard.policies.policy import Policy
from harmonyguard.steps import Record

from .comparison.contradictions import Contradiction
from .comparison.duplicates import Duplicate

VERSION = "0.4.0"
"""Of the extraction engines: raised when they read a document otherwise than before, so that it is read again."""


class Rejected(Record):
    """Words that speak like a rule, or were given as one, and are none, with the reason."""

    quote: str
    reason: str


class Corrected(Record):
    """A model's statement that said something else than its clause, and why: the clause's own words are used."""

    quote: str
    statement: str
    reason: str


class Extraction(Record):
    """What a document gave.

    `definitions` are its defining sentences and glossary entries. `contradictions` are those between its own
    policies; for those with other documents there is `find_contradictions` over a whole book.
    """

    policies: tuple[Policy, ...]
    duplicates: tuple[Duplicate, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    definitions: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    corrected: tuple[Corrected, ...] = ()
