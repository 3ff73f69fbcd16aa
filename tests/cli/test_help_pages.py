"""The page of help texts, and that it is the one in the documentation."""

from __future__ import annotations

from pathlib import Path

from harmonyguard.cli.help_pages import WIDTH, commands, help_of, page

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_page_in_the_documentation_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs-cli`"


def test_every_command_is_on_it_and_fits_the_terminal() -> None:
    found = list(commands())
    assert {("demo",), ("run",), ("policies", "show"), ("bench", "extraction")} <= set(found)
    for words in found:
        assert all(len(line) <= WIDTH for line in help_of(words).splitlines()), words


def test_every_command_has_an_example() -> None:
    for words in commands():
        text = help_of(words)
        is_group = "Commands:" in text
        assert is_group or f"Example: harmonyguard {' '.join(words)} " in text, words


def test_no_summary_is_cut_short() -> None:
    for words in commands():
        assert "..." not in help_of(words).partition("Commands:")[2], words
