"""Keeps secrets out of what is written down: typed passwords, tokens, cookies.

A run's redactor learns the secrets that it meets and hides them wherever they turn up later; common shapes of
tokens are hidden without being learned.
"""

from __future__ import annotations

import re
from typing import Any

HIDDEN = "[redacted]"
_SHORTEST = 4
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
        self._learned: set[str] = set()

    def learn(self, secret: str | None) -> None:
        """From now on hide this text. Very short texts are left alone: hiding "1" would blank everything."""
        if secret is not None and len(secret.strip()) >= _SHORTEST:
            self._learned.add(secret.strip())

    def text(self, text: str) -> str:
        """The text with every secret replaced by `[redacted]`."""
        for secret in sorted(self._learned, key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
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
                if isinstance(item, str) and item and _SECRET_KEYS.match(key)
                else self.json(item)
                for key, item in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.json(item) for item in value]
        return value


_WORD = r"\b(?:password|passcode|passphrase|api key|access token|secret)\b"
_QUOTED = r"[\"'\u201c\u2018](?P<quoted>[^\s\"'\u201d\u2019][^\"'\u201d\u2019]*)[\"'\u201d\u2019]"
_BARE = r"(?P<bare>\S*\d\S*)"
_IN_GOAL = (
    # password is "...", password: ..., "Password" with "..."
    re.compile(
        rf"(?i){_WORD}[\"'\u201d\u2019]?(?:\s+(?:field|box))?(?:\s+(?:is|of|to|as|with)\b|\s*[:=])?\s*(?:{_QUOTED}|{_BARE})"
    ),
    # enter "..." into "Password", "..." as the password
    re.compile(
        rf"(?i)(?:{_QUOTED}\s+(?:into|in|as|for)|{_BARE}\s+(?:into|as))\s+(?:the\s+)?(?:new\s+)?"
        rf"[\"'\u201c\u2018]?(?:\w+\s)?{_WORD}"
    ),
)


def learn_from_goal(redactor: Redactor, goal: str) -> None:
    """Learn passwords that the user wrote into the goal: quoted beside such a word, or with a digit in them."""
    for shape in _IN_GOAL:
        for match in shape.finditer(goal):
            redactor.learn((match["quoted"] or match["bare"]).rstrip(".,;:!?"))
