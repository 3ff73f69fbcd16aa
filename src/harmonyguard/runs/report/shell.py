"""What all our pages are made in: templates that escape everything, one style sheet, one script, one strict policy."""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .words import (
    OUTCOME_WORDS,
    PART_WORDS,
    SUGGESTIONS,
    TONE_WORDS,
    clock,
    date,
    duration,
    engine,
    phrase,
    plain,
    took,
)

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = "harmonyguard.runs.report"


@lru_cache(maxsize=8)
def environment(package: str = _HERE) -> Environment:
    """The templates of `package`; those of this one (`shell.html.j2` among them) can be extended by all."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    loaders = [PackageLoader(name, "") for name in dict.fromkeys((package, _HERE))]
    made = Environment(
        loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(plain=plain, clock=clock, date=date, duration=duration, engine=engine)
    made.globals.update(
        phrase=phrase,
        took=took,
        tone_words=TONE_WORDS,
        outcome_words=OUTCOME_WORDS,
        part_words=PART_WORDS,
        suggestions=SUGGESTIONS,
    )
    return made


def render(template: str, *, package: str = _HERE, **values: Any) -> str:
    """The page that `template` of `package` makes of `values`, with our style sheet and script in it.

    The page's own security policy lets in these two, by their digests, and pictures that are part of it; nothing else.
    """
    from markupsafe import Markup

    style, script = _own("report.css"), _own("report.js")
    allowed = (
        "default-src 'none'",
        "img-src data:",
        f"style-src {_digest(style)}",
        f"script-src {_digest(script)}",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return (
        environment(package)
        .get_template(template)
        .render(
            # The package's own files; everything else on the page is escaped.
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
            content_security_policy=Markup("; ".join(allowed)),  # noqa: S704
            **values,
        )
    )


def write_whole(text: str, out: Path) -> Path:
    """Write the page, whole or not at all. Returns `out`."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=out.parent, delete=False) as part:
        part.write(text)
    Path(part.name).chmod(0o644)
    os.replace(part.name, out)  # noqa: PTH105
    return out


@lru_cache(maxsize=4)
def _own(name: str) -> str:
    return files(_HERE).joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
