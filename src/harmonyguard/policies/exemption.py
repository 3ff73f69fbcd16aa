"""An exemption: for a time a policy is only recorded, and somebody answers for that."""

from __future__ import annotations

from datetime import date

from harmonyguard.steps import Record


class Exemption(Record):
    """While it lasts its policy is judged and recorded as ever, and not enforced.

    `owner` answers for it; `until` is its last day, None when it was granted without an end. `granted_at` is UTC in
    ISO 8601.
    """

    policy_id: str
    owner: str
    reason: str
    until: date | None
    granted_by: str
    granted_at: str

    def in_force(self, day: date) -> bool:
        """True on the days from the one on which it was granted to its last."""
        return date.fromisoformat(self.granted_at[:10]) <= day and (self.until is None or day <= self.until)

    @property
    def words(self) -> str:
        """Until when, who answers for it, and why, in one line."""
        end = "without an end" if self.until is None else f"until {self.until}"
        return f"exempt {end}, {self.owner} answers for it: {self.reason}"
