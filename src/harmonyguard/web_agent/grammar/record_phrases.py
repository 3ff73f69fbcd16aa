"""Mentions of records ("the ticket "X"") and lists of fields with their values ("with priority High")."""

from __future__ import annotations

import re

from .clauses import Q
from .quoted_text import clean_name, split_name


def record(text: str) -> tuple[str | None, str | None, str | None]:
    """(kind, name, context) of a mention of a record or page: `the ticket "X"`, `customer Anna`, `Settings`."""
    name, context = split_name(text)
    mention = re.sub(r"^(?:the|a|an|my|your|new|this|that|its)\s+", "", name, flags=re.IGNORECASE)
    mention = re.sub(r"^new\s+", "", mention, flags=re.IGNORECASE)
    mention = re.sub(r"(?<=\w) (?:sent|wrote|gave)(?: to)? (?:me|us)$", "", mention)
    owned = re.match(rf"^(?P<name>{Q}|[A-Z][\w-]*)'s (?P<kind>[a-z]+)$", mention)
    if owned is not None:
        return owned["kind"], owned["name"], context
    quoted = re.search(Q, mention)
    if quoted is not None:
        kind = f"{mention[: quoted.start()]} {mention[quoted.end() :]}".strip()
        kind = re.sub(r"\b(?:titled|called|named|entitled|from|by|about|page|link)\b", "", kind, flags=re.I).strip(
            " :,"
        )
        return kind or None, quoted[0], context
    plain = re.match(r"^(?P<kind>[a-z][a-z -]*?)\s+(?P<name>(?:[A-Z#@]|#?\d).*)$", mention)
    if plain is not None:
        return re.sub(r"\s+(?:by|from|of|for|called|named)$", "", plain["kind"]), plain["name"], context
    if mention and mention[0].islower() and " " not in mention:
        return mention, None, context
    return None, mention or None, context


def pairs(text: str) -> list[tuple[str, str]]:
    """Field and value pairs: `subject "X", priority High and the due date set to 2026-01-02`."""
    found_pairs: list[tuple[str, str]] = []
    for piece in re.split(r",\s*(?:and\s+)?|\s+and\s+", text):
        piece = re.sub(r"^(?:the|a|an|its|with)\s+", "", piece.strip(), flags=re.IGNORECASE)
        found = (
            re.match(r"^(?P<value>.+?) as (?:the |its )?(?P<field>.+)$", piece)
            or re.match(r"^(?P<field>.+?)\s*(?::|=| set to | of | is )\s*(?P<value>.+)$", piece)
            or re.match(rf"^(?P<field>[^\ue000]+?)\s+(?P<value>{Q})$", piece)
            or re.match(r"^(?P<field>[a-z][a-z -]*?)\s+(?P<value>[^a-z\s].*)$", piece)
            or re.match(r"^(?P<field>\S+)\s+(?P<value>.+)$", piece)
        )
        if found is not None:
            found_pairs.append((clean_name(found["field"]), found["value"].strip()))
        elif found_pairs and piece:
            found_pairs[-1] = (found_pairs[-1][0], f"{found_pairs[-1][1]} and {piece}")
    return found_pairs


def split_at(text: str, pattern: str) -> tuple[str, str, str]:
    """What stands before, at and after the first match; all of it before when there is none."""
    found = re.search(pattern, text, re.IGNORECASE)
    return (text, "", "") if found is None else (text[: found.start()], found[0], text[found.end() :])
