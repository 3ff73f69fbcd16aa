"""What `harmonyguard init` writes: every setting, usable as it is, and nothing is overwritten."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel, Field

from harmonyguard.cli.settings_file import settings_text
from harmonyguard.settings import Settings, load_settings

from .conftest import Harmonyguard


def uncommented(text: str) -> str:
    """The file with every key in force."""
    return re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE)


def test_what_it_writes_can_be_ingested_and_changes_no_setting(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    before = load_settings()
    ended = harmonyguard("init")
    assert ended.code == 0 and "harmonyguard.toml" in ended.out
    assert load_settings() == before
    ingested = harmonyguard("ingest", "policies", "--json")
    assert ingested.code == 0 and len(ingested.json["policies"]) >= 5


def test_every_setting_is_in_the_file_with_its_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = settings_text()
    written = tomllib.loads(uncommented(text))
    assert set(written) == set(Settings.model_fields)
    (tmp_path / "harmonyguard.toml").write_text(uncommented(text))
    read, defaults = load_settings(), Settings.model_construct()
    for name, field in Settings.model_fields.items():
        if not field.examples:
            assert getattr(read, name) == getattr(defaults, name), name
        assert field.description, f"{name} is not explained"
        assert all(len(line) <= 80 for line in text.splitlines())


class Notices(BaseModel):
    to: str = Field(default="", description="Who is told.", examples=["ops@example.org"])


class Nested(BaseModel):
    notices: Notices = Field(default_factory=Notices, description="What is told to whom.")
    limit: int = Field(default=3, ge=1, le=9, description="How many.")


def test_tables_come_after_plain_keys() -> None:
    text = settings_text(Nested)
    assert tomllib.loads(uncommented(text)) == {"limit": 3, "notices": {"to": "ops@example.org"}}
    assert "# How many. From 1 to 9." in text and "# What is told to whom.\n[notices]" in text


def test_it_never_overwrites(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    (tmp_path / "harmonyguard.toml").write_text("max_steps = 5\n")
    first = harmonyguard("init", "--json")
    assert first.json["kept"] == ["harmonyguard.toml"] and first.json["written"] == ["policies/web-agents.md"]
    (tmp_path / "policies" / "web-agents.md").write_text("mine")
    assert harmonyguard("init", "--json").json["written"] == []
    assert (tmp_path / "harmonyguard.toml").read_text() == "max_steps = 5\n"
    assert (tmp_path / "policies" / "web-agents.md").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["harmonyguard.toml", "policies"]


def test_a_place_that_cannot_be_written_is_bad_input(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = harmonyguard("init", "file/inside")
    assert ended.code == 2 and "cannot be written" in ended.err
