"""The commented `harmonyguard.toml` that `harmonyguard init` writes: every key of `Settings`, each commented out.

It is made from the fields themselves, so that a key that is added there is in the file as well.
"""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from harmonyguard.settings import PREFIX, Settings

WIDTH = 80
_HEAD = (
    "Settings of HarmonyGuard for this folder. Each key stands here with its default (or, where it has none, with an "
    f"example); take the # away to change it. A variable {PREFIX}KEY in the environment is stronger, and a flag of the "
    "command line is the strongest. A key that does not exist is an error."
)


def settings_text(settings: type[BaseModel] = Settings) -> str:
    """The file: plain keys first, then tables, as TOML wants it."""
    return "\n\n".join([_comment(_HEAD), *_keys(settings, "")]) + "\n"


def _keys(settings: type[BaseModel], table: str) -> list[str]:
    plain, tables = [], []
    for name, field in settings.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            inner_table = f"{table}.{name}" if table else name
            words = [_comment(field.description or ""), f"[{inner_table}]"]
            tables += ["\n".join(line for line in words if line), *_keys(inner, inner_table)]
        else:
            plain.append(f"{_comment(_words(field))}\n# {name} = {_toml(_shown(field))}")
    return [*plain, *tables]


def _words(field: FieldInfo) -> str:
    allowed = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    limits = {limit: getattr(item, limit) for item in field.metadata for limit in ("ge", "le") if hasattr(item, limit)}
    words = [field.description or ""]
    if allowed:
        words.append(f"One of {', '.join(json.dumps(value) for value in allowed)}.")
    if {"ge", "le"} <= limits.keys():
        words.append(f"From {limits['ge']} to {limits['le']}.")
    return " ".join(words)


def _shown(field: FieldInfo) -> Any:
    """The default, or an example where the default says nothing."""
    default = field.get_default(call_default_factory=True)
    return field.examples[0] if field.examples and not default else default


def _comment(words: str) -> str:
    return "\n".join(textwrap.wrap(words, WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False))


def _toml(value: Any) -> str:
    """A value in TOML, which writes text, numbers, booleans and lists as JSON does."""
    return json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False)
