"""Settings: which source wins, and that nothing misspelt passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonyguard.settings import Settings, load_settings
from harmonyguard.steps import InputError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_anything_the_defaults_hold() -> None:
    settings = load_settings()
    assert settings.book == ".harmonyguard/policies.db" and settings.mode == "enforce" and settings.model is None


def test_flags_win_over_variables_and_variables_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "harmonyguard.toml").write_text('max_steps = 5\nmax_revisions = 1\nbook = "file.db"\n')
    monkeypatch.setenv("HARMONYGUARD_MAX_REVISIONS", "2")
    monkeypatch.setenv("HARMONYGUARD_BOOK", "variable.db")
    settings = load_settings({"book": "flag.db", "max_steps": None})
    assert (settings.max_steps, settings.max_revisions, settings.book) == (5, 2, "flag.db")


def test_an_unknown_key_in_the_file_names_the_nearest(folder: Path) -> None:
    (folder / "harmonyguard.toml").write_text("max_step = 5\n")
    with pytest.raises(InputError, match=r"unknown setting max_step in harmonyguard.toml; did you mean max_steps\?"):
        load_settings()


def test_an_unknown_variable_names_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMONYGUARD_MAX_REVISONS", "1")
    with pytest.raises(InputError, match=r"did you mean HARMONYGUARD_MAX_REVISIONS\?"):
        load_settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [("MODE", "off"), ("MAX_STEPS", "0"), ("MAX_REVISIONS", "many"), ("APPROVER_AUTHORITY", "root")],
)
def test_a_bad_value_says_where_it_stands(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(f"HARMONYGUARD_{variable}", value)
    with pytest.raises(InputError, match=f"HARMONYGUARD_{variable}: .*{value}"):
        load_settings()


def test_a_file_that_is_not_toml_is_said_to_be_so(folder: Path) -> None:
    (folder / "harmonyguard.toml").write_text("max_steps = = 5")
    with pytest.raises(InputError, match=r"harmonyguard.toml is not valid TOML"):
        load_settings()


def test_hosts_are_given_with_commas_or_as_a_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "harmonyguard.toml").write_text('allowed_hosts = ["a.example", "b.example"]\n')
    assert load_settings().allowed_hosts == ("a.example", "b.example")
    monkeypatch.setenv("HARMONYGUARD_ALLOWED_HOSTS", "c.example, d.example")
    assert load_settings().allowed_hosts == ("c.example", "d.example")


def test_settings_do_not_change_after_they_are_made() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().mode = "shadow"  # type: ignore[misc]
