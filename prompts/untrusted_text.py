"""Makes text from pages and documents fit for a prompt: visible characters only, bounded, fenced as data."""

from __future__ import annotations

import hashlib
import unicodedata

from harmonyguard.policies.disguises import is_invisible

LIMIT = 12_000
"""Characters of a page that a prompt holds at most."""


def visible(text: str) -> str:
    """The text without invisible characters, which can hide instructions from people (Unicode Cf, Cc, Co, Cs).

    Variation selectors go as well, they can carry hidden bytes, and so do blank letters. Line breaks and tabs stay.
    """
    return "".join(c for c in text if c in "\n\t" or not _hidden(c))


def excerpt(text: str, around: str | None = None, limit: int = LIMIT) -> str:
    """At most `limit` characters of `text`: its start, and the part around the first mention of `around`."""
    if len(text) <= limit:
        return text
    place = text.find(around) if around else -1
    if place < 0 or place + len(around or "") <= limit:
        return f"{text[:limit]}\n[... {len(text) - limit} characters left out]"
    half = limit // 2
    start = max(half, place - half // 2)
    end = min(len(text), start + half)
    rest = f"\n[... {len(text) - end} characters left out]" if end < len(text) else ""
    return f"{text[:half]}\n[... {start - half} characters left out]\n{text[start:end]}{rest}"


def fenced(text: str, label: str) -> str:
    """The visible text between two marks that hold its own SHA-256: no text can contain its own end mark."""
    shown = visible(text)
    digest = hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()
    return f"<{label} sha256={digest}>\n{shown}\n</{label} sha256={digest}>"


def _hidden(character: str) -> bool:
    return is_invisible(character) or unicodedata.category(character) in ("Cc", "Co", "Cs")
