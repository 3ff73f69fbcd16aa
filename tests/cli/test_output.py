"""Tables and paragraphs on a narrow terminal: nothing is cut off, nothing is read as markup."""

from __future__ import annotations

import pytest

from harmonyguard.cli.output import counted, paragraph, print_table

ROWS = [
    (
        "p-40480ab427c6",
        "organization",
        "medium",
        "fully",
        "Agents must ask [red]first[/red].",
        "agent-conduct.md, 6. A",
    ),
    ("p-4f83d48ea426", "organization", "medium", "fully", "Stay on the desk’s own pages.", "data-handling-2026.html"),
]
COLUMNS = ["policy", "authority", "risk", "compiled", "clause", "source"]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_letter_of_a_table_is_lost(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    print_table(COLUMNS, ROWS)
    out = capsys.readouterr().out
    assert max(len(line) for line in out.splitlines()) <= width
    given = "".join(cell for row in ROWS for cell in row)
    printed = "".join(out.split("\n", 2)[2].split())
    assert sorted(printed) == sorted("".join(given.split()))


def test_words_stay_whole_where_there_is_room(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    print_table(COLUMNS, ROWS)
    out = capsys.readouterr().out
    assert all(word in out for row in ROWS for cell in row for word in cell.split())


def test_a_paragraph_breaks_between_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    paragraph("The answer [bold] of the customer is quoted \x1b[2J as it is.", indent=2)
    assert capsys.readouterr().out.splitlines() == [
        "The answer [bold] of the",
        "  customer is quoted \ufffd[2J as",
        "  it is.",
    ]


def test_nouns_follow_their_numbers() -> None:
    assert [counted(1, "policy", "policies"), counted(0, "policy", "policies"), counted(2, "document")] == [
        "1 policy",
        "0 policies",
        "2 documents",
    ]
