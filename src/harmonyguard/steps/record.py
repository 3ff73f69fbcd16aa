"""The base of every value that the agents exchange: immutable, JSON-shaped, with one canonical form."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable value that survives a trip through graph state, a file or a socket unchanged.

    Unknown fields are errors: a misspelt field must never be dropped in silence by a guard.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    def to_json(self) -> dict[str, Any]:
        """The JSON-shaped form, as graph state and files hold it."""
        return self.model_dump(mode="json")

    def digest(self) -> str:
        """SHA-256 over the canonical JSON form (hex, 64 characters)."""
        return digest_of(self.to_json())


def canonical_json(value: Any) -> str:
    """One text for equal JSON values: sorted keys, no spaces, non-ASCII kept (RFC 8785 in spirit)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(value: Any) -> str:
    """SHA-256 (hex) over the canonical JSON form of any JSON value."""
    return hashlib.sha256(canonical_json(value).encode("utf-8")).hexdigest()
