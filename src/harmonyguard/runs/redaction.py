"""Keeps secrets out of what is written down: typed passwords, tokens, cookies.

A run's redactor learns the secrets that it meets and hides them wherever they turn up later; common shapes of
tokens are hidden without being learned.
"""

from __future__ import annotations

import base64
import html
import json
import re
from typing import Any
from urllib.parse import quote, quote_plus

from harmonyguard.steps import secrets_named

from .credentials import credentials_in

HIDDEN = "[redacted]"
SHORTEST_SOUGHT = 4
"""Shorter secrets are redacted where they stand, not sought in all text: "a" would garble every page."""
_SHAPES = (
    re.compile(r"\b(?:sk|pk|rk|ghp|gho|github_pat|xox[abprs])[-_][A-Za-z0-9_\-]{16,}"),
    re.compile(r"\beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]*"),
    re.compile(r"(?i)(?<=bearer )[A-Za-z0-9._~+/\-]{12,}=*"),
    re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
)
_SECRET_KEYS = re.compile(r"(?i)^(?:.*[_\- ])?(?:password|passwd|passcode|passphrase|pwd|secret|cookies?|token)$")


class Redactor:
    """Hides secrets in JSON values. One for each run; it only ever learns, it does not forget."""

    def __init__(self) -> None:
        self._shown: dict[str, str] = {}
        self._sought: re.Pattern[str] | None = None

    def learn(self, secret: str | None, shown: str = HIDDEN) -> None:
        """From now on show `shown` for this text, however it is spelt. Very short texts are left alone."""
        if secret is None or len(secret.strip()) < SHORTEST_SOUGHT or secret.strip() in self._shown:
            return
        self._shown.update(dict.fromkeys(spellings(secret.strip()), shown))
        self._sought = re.compile("|".join(map(re.escape, sorted(self._shown, key=len, reverse=True))))

    def text(self, text: str) -> str:
        """The text with every secret replaced: by its name, or by `[redacted]`."""
        if self._sought is not None:
            text = self._sought.sub(lambda found: self._shown[found[0]], text)
        for shape in _SHAPES:
            text = shape.sub(HIDDEN, text)
        return text

    def json(self, value: Any) -> Any:
        """The JSON value with secrets replaced in every text, and in text under a key that names a secret."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {
                self.text(key): HIDDEN
                if isinstance(item, str) and item and _SECRET_KEYS.match(key) and not secrets_named(item)
                else self.json(item)
                for key, item in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.json(item) for item in value]
        return value


def learn_from_goal(redactor: Redactor, goal: str) -> None:
    """Learn passwords that the user wrote into the goal: quoted beside such a word, or with a digit in them."""
    for value in credentials_in(goal):
        redactor.learn(value)


def spellings(secret: str) -> frozenset[str]:
    """How a secret can stand in a text: plain, in JSON, HTML and YAML, in a URL, and in Base64."""
    folded = re.sub(r"\s+", " ", secret).strip()
    quoted = {quote(secret, safe=safe) for safe in ("", "!'()*~", "/")} | {quote_plus(secret)}
    quoted |= {re.sub(r"%[0-9A-F]{2}", lambda found: found[0].lower(), text) for text in quoted}
    forms = {
        secret,
        folded,
        *quoted,
        quote(quote(secret, safe=""), safe=""),
        html.escape(secret),
        secret.replace("'", "''"),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
    }
    raw = secret.encode("utf-8", "surrogatepass")
    if len(raw) >= _SHORTEST_ENCODED:
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            # By what stands before it, a text has three spellings in Base64. The ends depend on what is around it.
            forms |= {
                encode(b"\0" * before + raw).decode()[_HEAD[before] : _tail(before + len(raw))] for before in range(3)
            }
    return frozenset(form for form in forms if len(form) >= SHORTEST_SOUGHT)


_SHORTEST_ENCODED = 6
_HEAD = (0, 2, 3)


def _tail(size: int) -> int | None:
    """Where the characters end that depend on `size` bytes alone."""
    return (None, -3, -2)[size % 3]
