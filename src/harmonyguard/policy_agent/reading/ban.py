"""The one form to which statements are brought: a ban on an act, with what narrows it and what lifts it."""

from __future__ import annotations

from dataclasses import dataclass

from .subordinate import Condition


@dataclass(frozen=True)
class Ban:
    """What a statement forbids.

    `verb` is the verb phrase ("throw away", "deletion", "shared with third parties"); `what` the thing, where the
    sentence has it apart from the verb. `when` narrows the ban, each of `unless` lifts it. `limit` is how often the act
    may happen before it is forbidden.
    """

    verb: str
    what: str = ""
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    limit: int | None = None

    @property
    def canonical(self) -> str:
        """The ban as one plain sentence, its conditions apart."""
        return " ".join(f"must not {self.verb} {self.what}".split())
