"""The base of every value that the agents exchange: immutable, JSON-shaped, with one canonical form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable value that survives a trip through graph state, a file or a socket unchanged.

    Unknown fields are errors: a misspelt field must never be dropped in silence by a guard.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed. What was worked out from the old ones and cached is not carried over."""
        copied = super().model_copy(update=update, deep=deep)
        if update:
            for name in self.__dict__.keys() - type(self).model_fields.keys():
                vars(copied).pop(name, None)
        return copied

    def to_json(self) -> dict[str, Any]:
        """The JSON-shaped form, as graph state and files hold it."""
        return self.model_dump(mode="json")

    def digest(self) -> str:
        """SHA-256 over the canonical JSON form (hex, 64 characters)."""
        return digest_of(self.to_json())


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical_json(value: Any) -> str:
    """One text for equal JSON values: sorted keys, no spaces, non-ASCII kept (RFC 8785 in spirit)."""
    return _CANONICAL.encode(value)


def digest_of(value: Any) -> str:
    """SHA-256 (hex) over the canonical JSON form of any JSON value."""
    return hashlib.sha256(canonical_json(value).encode("utf-8")).hexdigest()
