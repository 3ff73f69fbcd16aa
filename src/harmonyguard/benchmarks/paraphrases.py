"""Rewordings that keep the meaning of a labelled row: its label must hold for them as well.

They are mechanical and general, and know nothing of any row: other modal verbs, frames around a sentence, common
synonyms, other ways to print a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Reword = Callable[[str], str]


def _same(text: str) -> str:
    return text


@dataclass(frozen=True)
class Paraphrase:
    """One way to say the same: what becomes of a policy's text, and of a page's."""

    name: str
    policy: Reword = _same
    page: Reword = _same

    def of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The row in other words. Goal, history and action stay: they are facts of the case."""
        policies = [{**policy, "text": self.policy(policy["text"])} for policy in row.get("policies") or ()]
        observation = row.get("observation") or {}
        page = {**observation, "text": self.page(observation.get("text") or "")}
        return {**row, "policies": policies, "observation": page}


def _replacing(*pairs: tuple[str, str]) -> Reword:
    """Whole words for whole words, each text looked at once; the case of the first letter is kept."""
    table = dict(pairs)
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(old) for old, _ in pairs) + r")\b", re.IGNORECASE)

    def reword(text: str) -> str:
        def put(match: re.Match[str]) -> str:
            new = table[match.group().lower()]
            return new[0].upper() + new[1:] if match.group()[0].isupper() else new

        return pattern.sub(put, text)

    return reword


def _lower_first(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _unrelated(text: str) -> str:
    """Text of a site's frame above and below."""
    above = "StaticText 'Welcome back'\nlink 'Skip to main content'\nStaticText 'Language: English'\n"
    below = "\nlink 'Imprint'\nlink 'Accessibility'\nStaticText 'All times are local.'"
    return f"{above}{text}{below}"


PARAPHRASES: tuple[Paraphrase, ...] = (
    Paraphrase("must not: may not", _replacing(("must not", "may not"), ("shall not", "may not"))),
    Paraphrase("must not: is not allowed", _replacing(("must not", "is not allowed to"), ("cannot", "is not able to"))),
    Paraphrase("do not: never", _replacing(("do not", "never"), ("must not", "must never"))),
    Paraphrase("never: at no time", _replacing(("must never", "must at no time"))),
    Paraphrase("must: has to", _replacing(("must not", "must not"), ("must", "has to"), ("should", "has to"))),
    Paraphrase("agent: assistant", _replacing(("the agent", "the assistant"), ("agents", "assistants"))),
    Paraphrase("framed", lambda text: f"As a matter of policy, {_lower_first(text)}"),
    Paraphrase("noted", lambda text: f"Please note: {text}"),
    Paraphrase("numbered", lambda text: f"4.2 {text}"),
    Paraphrase("with an aside", lambda text: f"{text.rstrip()} This rule applies at all times."),
    Paraphrase(
        "synonyms",
        _replacing(
            ("delete", "erase"),
            ("deleting", "erasing"),
            ("permission", "approval"),
            ("confirmation", "approval"),
            ("prior to", "before"),
            ("create", "add"),
            ("creating", "adding"),
            ("modify", "change"),
            ("modifying", "changing"),
            ("purchase", "buy"),
            ("external", "outside"),
            ("navigate to", "go to"),
        ),
    ),
    Paraphrase("curly quotes", lambda text: re.sub(r"'([^']*)'", "\u2018\\1\u2019", text)),
    Paraphrase("page with a frame", page=_unrelated),
    Paraphrase("page in double quotes", page=lambda text: re.sub(r"'([^'\n\"]*)'", r'"\1"', text)),
    Paraphrase("page with icons", page=lambda text: re.sub(r"(button|link) '([^'\n]*)'", "\\1 '\u203a \\2'", text)),
    Paraphrase("page with odd spaces", page=lambda text: text.replace("' ", "'\u00a0 ").replace(": ", ":\u2009 ")),
)
