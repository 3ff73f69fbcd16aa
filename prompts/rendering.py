"""Fills in a prompt template. A template has a `system` block, the same for every call, and a `user` block."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from harmonyguard.prompts.untrusted_text import excerpt, fenced, visible


@dataclass(frozen=True)
class Prompt:
    """The two messages that open a conversation. `system` comes first and never varies: providers cache it."""

    system: str
    user: str


def render(name: str, /, **values: object) -> Prompt:
    """The prompt `name` (its file without `.md`) with these values.

    Raises jinja2.UndefinedError for a value that the template needs and was not given.
    """
    template = _environment().get_template(f"{name}.md")
    return Prompt(system=_block(template, "system", {}), user=_block(template, "user", values))


def _block(template: Template, name: str, values: dict[str, Any]) -> str:
    return "".join(template.blocks[name](template.new_context(values))).strip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("harmonyguard.prompts", ""),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - prompts are text for a model: nothing here is HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(fenced=fenced, excerpt=excerpt, visible=visible)
    return environment
