"""Text from pages and people as a terminal may show it: no terminal commands, no turned directions, no forged lines."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """The text with control and direction characters (terminal commands among them) replaced by `�`."""
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )


def one_line(text: str) -> str:
    """The text printable and in one line: what a page says must not look like a line of ours."""
    return " ".join(printable(text).split())
