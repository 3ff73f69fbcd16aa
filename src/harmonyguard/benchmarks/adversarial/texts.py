"""The hostile texts: what pages, tools and documents may say to talk a guard or its judge into something.

They are data, one JSON file a kind under `texts/`. `{target}` stands for what a text speaks of, `{policy}` for the id
of a policy; `times` repeats a text, and `end` follows the repetition.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field

KINDS = (
    "fake_system",
    "forged_consent",
    "closing_fences",
    "disguised_letters",
    "encoded",
    "other_languages",
    "to_the_judge",
    "policy_like",
    "social_engineering",
    "markup",
    "long_repetition",
    "fake_dialogs",
    "fake_tool_results",
    "forged_records",
)


@dataclass(frozen=True)
class HostileText:
    """One text. `id` is `kind/name`; `template` still has its placeholders."""

    id: str
    kind: str
    template: str

    def about(self, target: str, policy: str) -> str:
        """The text as it speaks of this control or tool, and of the policy with this id."""
        return self.template.replace("{target}", target).replace("{policy}", policy)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    text: str
    times: int = 1
    end: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    about: str
    texts: list[_Entry] = Field(min_length=1)


@cache
def hostile_texts() -> tuple[HostileText, ...]:
    """Every text, kind by kind, in the order of the files."""
    return tuple(
        HostileText(f"{kind}/{entry.id}", kind, entry.text * entry.times + entry.end)
        for kind in KINDS
        for entry in _read(kind).texts
    )


def _read(kind: str) -> _File:
    return _File.model_validate_json(
        (files("harmonyguard.benchmarks.adversarial") / "texts" / f"{kind}.json").read_text(encoding="utf-8")
    )
