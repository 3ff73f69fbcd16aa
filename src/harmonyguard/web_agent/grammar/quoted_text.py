"""Quoted values inside a goal: taken out before parsing, so that nothing in them reads as an instruction."""

from __future__ import annotations

import re

OPEN, CLOSE = "\ue000", "\ue001"
_QUOTED = re.compile(
    '"([^"]*)"|\u201c([^\u201d]*)\u201d|\u201e([^\u201c\u201d]*)[\u201c\u201d]|\u00ab([^\u00bb]*)\u00bb|`([^`]*)`'
    "|(?<![\\w])'([^'\n]*)'(?!\\w)|(?<!\\w)\u2018([^\u2019\n]*)\u2019(?!\\w)"
)
_TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")
_KIND = (
    r"(?:text ?)?(?:field|box|input|dropdown|drop-down|menu|list|button|link|tab|page|checkbox|check box|option|"
    r"text ?area|section|form|setting)"
)
_PREPOSITION = r"(?:of|for|on|in|from|next to|beside|under|within|inside)"


def hide_quotes(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with each quoted span replaced by a token, and the spans without their marks."""
    quotes: list[str] = []

    def hide(found: re.Match[str]) -> str:
        quotes.append(next(group for group in found.groups() if group is not None))
        return f"{OPEN}{len(quotes) - 1}{CLOSE}"

    return _QUOTED.sub(hide, text.replace(OPEN, "").replace(CLOSE, "")), tuple(quotes)


def show_quotes(text: str, quotes: tuple[str, ...], *, marks: bool) -> str:
    """The text with its quoted spans put back, with or without quotation marks."""
    mark = '"' if marks else ""
    return _TOKEN.sub(lambda found: f"{mark}{quotes[int(found[1])]}{mark}", text).strip()


def is_quoted(text: str) -> bool:
    """True when the whole text is one quoted span."""
    return _TOKEN.fullmatch(text.strip()) is not None


def clean_name(text: str) -> str:
    """A field's or control's name without article and without the word for what it is ("the Save button")."""
    name = re.sub(r"^(?:the|a|an|my|your|its|this|that)\s+", "", text.strip(), flags=re.IGNORECASE)
    bare = re.sub(rf"^{_KIND}\s+(?:labelled|labeled|named|called)?\s*(?={OPEN})|\s+{_KIND}$", "", name, flags=re.I)
    return bare.strip() or name


def split_name(text: str) -> tuple[str, str | None]:
    """A name and the record or region that it belongs to: `"Edit" for "Anna"`, `Reply of the ticket "X"`."""
    found = re.match(
        rf"^(?P<name>(?:the\s+)?{OPEN}\d+{CLOSE}(?:\s+{_KIND})?)\s+{_PREPOSITION}\s+(?P<context>.+)$"
        rf"|^(?P<plain>.+?)\s+{_PREPOSITION}\s+(?P<quoted>(?:the\s+)?(?:[\w-]+\s+){{0,2}}{OPEN}\d+{CLOSE}.*)$"
        rf"|^(?P<base>.+?)\s+(?:in|on|under)\s+(?:the\s+)?(?P<place>[A-Z][\w ]*?)(?:\s+{_KIND})?$",
        text.strip(),
    )
    if found is None:
        return clean_name(text), None
    name = found["name"] or found["plain"] or found["base"]
    context = found["context"] or found["quoted"] or found["place"]
    token = _TOKEN.search(context)
    return clean_name(name), token[0] if token is not None else clean_name(context)
