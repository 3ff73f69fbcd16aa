"""What went wrong, in one line for people and agents."""

from __future__ import annotations

from playwright.async_api import Error as PlaywrightError

_LONGEST = 300


def one_line(error: BaseException) -> str:
    """The first line that an error says, at most 300 characters."""
    text = error.message if isinstance(error, PlaywrightError) else str(error)
    return next((line.strip() for line in text.splitlines() if line.strip()), type(error).__name__)[:_LONGEST]
