"""Keeping secrets out of what is observed: passwords never leave the session, hidden values leave as digests."""

from __future__ import annotations

import hashlib
import hmac
import html
import json
import re
import secrets
from urllib.parse import quote, quote_plus

SHORTEST_SOUGHT = 4
"""Shorter secrets are redacted where they stand, not sought in all text: "a" would garble every page."""


class Redactor:
    """Replaces secrets by a marker that changes with the secret and tells nothing of it.

    The marker is a keyed digest with a key that lives as long as the session, so that a changed password changes the
    page state and no digest can be guessed back.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._seen: dict[str, str] = {}

    def digest(self, value: str) -> str:
        """Keyed digest (16 hex digits) of a value that must not be shown."""
        return hmac.new(self._key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:16]

    def secret(self, value: str) -> str:
        """The marker for `value`, which from now on is sought in all text. Empty stays empty."""
        if not value:
            return ""
        marker = f"[redacted {self.digest(value)[:8]}]"
        if len(value) >= SHORTEST_SOUGHT:
            for form in _spellings(value):
                self._seen[form] = marker
        return marker

    def text(self, text: str) -> str:
        """`text` with every known secret replaced, however it is spelt (plain, JSON, HTML, URL)."""
        for spelling in sorted(self._seen, key=len, reverse=True):
            text = text.replace(spelling, self._seen[spelling])
        return text

    def snapshot_line(self, snapshot: str, ref: str, marker: str) -> str:
        """`snapshot` with the value behind the element `ref` replaced, for secrets too short to be sought."""
        pattern = rf"^(\s*- .*\[ref={re.escape(ref)}\](?: \[[^\]\n]*\])*): .*$"
        return re.sub(pattern, lambda found: f"{found[1]}: {marker}", snapshot, flags=re.MULTILINE)


def _spellings(value: str) -> set[str]:
    in_json = json.dumps(value, ensure_ascii=False)[1:-1]
    folded = re.sub(r"\s+", " ", value).strip()
    spellings = {value, in_json, value.replace("'", "''"), html.escape(value), quote(value, safe=""), quote_plus(value)}
    return spellings | ({folded} if len(folded) >= SHORTEST_SOUGHT else set())
