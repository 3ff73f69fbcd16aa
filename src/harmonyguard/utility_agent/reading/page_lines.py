"""The lines of a page, read once: what each says, and the name and value that it pairs ("Status: Pending")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from harmonyguard.policies.words import subject_stems
from harmonyguard.steps import Observation

_ROLE = re.compile(r"^[\s-]*(?:\[\w+\]\s*)?(?P<role>[A-Za-z]+)?\s*['\"](?P<text>.*?)['\"](?P<rest>,.*)?$")
_PAIR = re.compile(r"^(?P<name>[^\d:=][^:=]{0,40}?)\s*[:=]\s*(?P<value>\S.{0,80})$")
_VALUE = re.compile(r"value=(?P<quote>['\"])(?P<value>.*?)(?P=quote)(?=,|$)")
_LEADS_AWAY = frozenset({"link", "button", "tab", "menuitem", "option", "navigation", "rootwebarea"})


@dataclass(frozen=True)
class Line:
    """One line: its role, its text, its stems, the pair that it holds, and whether it only names a control or a way."""

    role: str
    text: str
    stems: frozenset[str]
    name: str
    value: str
    leads_away: bool


def lines_of(page: Observation) -> tuple[Line, ...]:
    """The lines of a page's text."""
    return _lines(page.text)


def lines_in(text: str) -> tuple[Line, ...]:
    """The lines of any text, of pairs joined by commas one each."""
    return _lines("\n".join(re.split(r"[,;]\s+(?=[^,;:]+[:=])", text)))


@lru_cache(maxsize=64)
def _lines(text: str) -> tuple[Line, ...]:
    return tuple(_read(part) for line in text.splitlines() for part in _parts(line) if part.strip())


def _parts(line: str) -> list[str]:
    """A line, or where it is JSON, its members."""
    if not _JSON.search(line):
        return [line]
    return [part.replace('"', "") for part in re.split(r'[{}\[\]]|,\s*(?=")', line) if part.strip(" ,")]


_JSON = re.compile(r'"\w+"\s*:')


def _read(line: str) -> Line:
    role, text, name, value = "", line.strip(" \t-"), "", ""
    if match := _ROLE.match(line):
        role, text = (match.group("role") or "").lower(), match.group("text")
        if held := _VALUE.search(match.group("rest") or ""):
            name, value = text, held.group("value")
    elif (match := re.match(r"^(?P<role>\w+):\s+(?P<text>.+)$", text)) and match.group("role") in _ARIA:
        role, text = match.group("role"), match.group("text")
    if not name and (pair := _PAIR.match(text)):
        name, value = pair.group("name"), pair.group("value")
    return Line(role, text, subject_stems(text), name, value, role in _LEADS_AWAY)


_ARIA = frozenset("text paragraph heading cell listitem strong emphasis generic row".split())
