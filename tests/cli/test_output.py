"""Tables and paragraphs on a narrow terminal: nothing is cut off, nothing is read as markup."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from harmonyguard.cli.following import Following
from harmonyguard.cli.output import counted, paragraph, print_table
from harmonyguard.steps import Action, Element, Observation, Proposal

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


def test_a_table_of_many_columns_is_not_cut_at_the_right(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    handling = "exempt until 2026-12-07; Finance; to 2027-12-31"
    rows = [
        ("p-431d87b886ff", "active", "high", "fully", "Agents must not delete tickets.", "desk.md, Tickets", handling),
        ("p-a97fb62fc0d4", "retired", "high", "fully", "Employees must not share passwords. " * 3, "desk.md, Data", ""),
    ]
    print_table(["policy", "status", "risk", "compiled", "clause", "source", "handling"], rows)
    out = capsys.readouterr().out
    assert all(word in out for row in rows for cell in row for word in cell.split())


def test_words_stay_whole_where_there_is_room(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    print_table(COLUMNS, ROWS)
    out = capsys.readouterr().out
    assert all(word in out for row in ROWS for cell in row for word in cell.split())


def test_in_a_narrow_terminal_rows_are_told_one_after_another(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    rows = [["p-58e2f974de5d", "Agents must not delete records of anybody."], ["p-2", None]]
    print_table(["policy", "clause"], rows)
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "policy  p-58e2f974de5d",
        "clause  Agents must not delete records",
        "        of anybody.",
        "",
        "policy  p-2",
        "clause  -",
    ]


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


def test_a_person_at_a_terminal_follows_a_run_by_the_names_of_its_targets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Observation(url="http://desk.test/", elements=(Element(ref="e1", role="button", name="Delete ticket 3"),))
    proposal = Proposal(action=Action(type="click", ref="e1"))
    events = [("observed", page.to_json()), ("proposed", {**proposal.to_json(), "revision": 0})]
    for terminal, lines in ((True, ["  1  Click button “Delete ticket 3”"]), (False, [])):
        following = Following()
        monkeypatch.setattr("sys.stderr.isatty", lambda answer=terminal: answer)
        for kind, payload in events:
            following.hear(SimpleNamespace(kind=kind, step=1, payload=payload))
        assert capsys.readouterr().err.splitlines() == lines
