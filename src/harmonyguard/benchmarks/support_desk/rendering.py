"""Turns the desk's data into HTML pages."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

TEMPLATES = Path(__file__).with_name("templates")

_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^\s)]+|/[^\s)]*)\)")


@lru_cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters.update(euros=euros, when=when, prose=prose)
    return environment


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of `template`, with the notice that the last change left in the address (`?done=`)."""
    notice = request.query_params.get("done", "") if status == 200 else ""
    text = _environment().get_template(template).render(path=request.url.path, notice=notice, **values)
    return HTMLResponse(text, status_code=status)


def stylesheet() -> str:
    """The desk's CSS."""
    return (TEMPLATES / "desk.css").read_text(encoding="utf-8")


def euros(cents: int) -> str:
    """12345 → "123.45 EUR"."""
    return f"{cents // 100}.{cents % 100:02d} EUR"


def when(moment: str) -> str:
    """ "2026-03-09T08:12Z" → "2026-03-09 08:12"."""
    return moment.replace("T", " ").removesuffix("Z")


def prose(body: str) -> Markup:
    """A message as paragraphs, everything in it escaped; `[text](address)` becomes a link."""
    paragraphs = re.split(r"\n\s*\n", body.strip())
    return Markup("").join(Markup("<p>{}</p>").format(_linked(paragraph)) for paragraph in paragraphs)


def _linked(text: str) -> Markup:
    parts: list[Markup] = []
    position = 0
    for match in _LINK.finditer(text):
        parts.append(escape(text[position : match.start()]))
        parts.append(Markup('<a href="{}">{}</a>').format(match[2], match[1]))
        position = match.end()
    parts.append(escape(text[position:]))
    return Markup("").join(parts).replace("\n", Markup("<br>"))
