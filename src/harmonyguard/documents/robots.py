"""What a site lets robots read: robots.txt by RFC 9309, where the longest rule that fits decides. Pure.

The standard library's parser takes the first rule that fits and knows no wildcards, so it would read pages that
their site asks to leave alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

MAX_DELAY = 10.0
"""Seconds between two pages beyond which a site's wish is cut: the reader would be there all day."""


@dataclass(frozen=True)
class Robots:
    """The rules for one robot: (allowed, path pattern) pairs, and the seconds that it shall wait between pages."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """True when the page may be read."""
        parts = urlsplit(url)
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(pattern, path)]
        # Of two rules of one length the one that allows wins (section 2.2.2).
        return max(fitting)[1] if fitting else True


NOTHING = Robots(rules=((False, "/"),))
"""For a site whose robots.txt cannot be had: it may forbid everything (section 2.3.1.4)."""


def read_robots(text: str, agent: str) -> Robots:
    """The rules for the robot named `agent`: of its own groups, or else of those for every robot (`*`)."""
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    in_rules = False
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().casefold(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            names = [value.casefold()] if in_rules else [*names, value.casefold()]
            in_rules = False
            groups.setdefault(names[-1], [])
        elif key in {"allow", "disallow", "crawl-delay"}:
            in_rules = True
            for name in names:
                groups[name].append((key, value))
    lines = groups.get(agent.casefold(), groups.get("*", []))
    rules = tuple((key == "allow", value) for key, value in lines if key != "crawl-delay" and value)
    delays = [float(value) for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d+(\.\d+)?", value)]
    return Robots(rules, min(max(delays, default=0.0), MAX_DELAY))


def _fits(pattern: str, path: str) -> bool:
    """`*` stands for anything and a `$` at the end for the end of the path; else the pattern is a beginning."""
    whole = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not whole or at == len(path) or (len(parts) > 1 and path.endswith(parts[-1]))
