"""Keeping secrets out of what is observed: passwords never leave the session, hidden values leave as digests."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping

from harmonyguard.runs.redaction import SHORTEST_SOUGHT, spellings

_HALVES = re.compile(r"[\ud800-\udfff]")


class Redactor:
    """Replaces secrets by a marker that changes with the secret and tells nothing of it.

    The marker is a keyed digest with a key that lives as long as the session, so that a changed password changes the
    page state and no digest can be guessed back.
    """

    def __init__(self, named: Mapping[str, str] | None = None) -> None:
        """`named` gives what stands for a secret that has a name of its own, by value."""
        self._key = secrets.token_bytes(32)
        self._seen: dict[str, str] = {}
        self._sought: re.Pattern[str] | None = None
        self._named: dict[str, str] = {}
        self.know(named or {})

    def know(self, named: Mapping[str, str]) -> None:
        """From here on these values are shown by their names as well."""
        self._named |= named
        for value, name in named.items():
            self._seek(value, name)

    def digest(self, value: str) -> str:
        """Keyed digest (16 hex digits) of a value that must not be shown."""
        return hmac.new(self._key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:16]

    def secret(self, value: str) -> str:
        """The marker for `value`, which from now on is sought in all text. Empty stays empty."""
        if not value:
            return ""
        if value in self._named:
            return self._named[value]
        marker = f"[redacted {self.digest(value)[:8]}]"
        self._seek(value, marker)
        return marker

    def text(self, text: str) -> str:
        """`text` with every known secret replaced, however it is spelt (plain, JSON, HTML, URL, Base64).

        Halves of characters (lone surrogates), which no file and no prompt can hold, become replacement characters.
        """
        if _HALVES.search(text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text if self._sought is None else self._sought.sub(lambda found: self._seen[found[0]], text)

    def _seek(self, value: str, marker: str) -> None:
        if len(value) < SHORTEST_SOUGHT or self._seen.get(value) == marker:
            return
        self._seen.update(dict.fromkeys(spellings(value), marker))
        self._sought = re.compile("|".join(map(re.escape, sorted(self._seen, key=len, reverse=True))))

    def snapshot_line(self, snapshot: str, ref: str, marker: str) -> str:
        """`snapshot` with the value behind the element `ref` replaced, for secrets too short to be sought."""
        pattern = rf"^(\s*- .*\[ref={re.escape(ref)}\](?: \[[^\]\n]*\])*): .*$"
        return re.sub(pattern, lambda found: f"{found[1]}: {marker}", snapshot, flags=re.MULTILINE)
