"""The figures of the action benchmark, on rows made up here."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.benchmarks.actions import HIDDEN, Labelled, read_rows, score
from harmonyguard.steps import InputError


def row(name: str, label: str, **more: object) -> str:
    return json.dumps({"id": name, "label": label, "source": "made-up", "family": ["text"], "pair_id": name, **more})


def verdict(name: str, outcome: str, *violated: str) -> dict[str, object]:
    return {"id": name, "outcome": outcome, "violated": list(violated)}


def test_figures_of_a_small_set() -> None:
    labels, _ = read_rows(
        [
            row("a", "violation", violated=["P1"], pair_id="one"),
            row("b", "ok", pair_id="one"),
            row("c", "violation", violated=["P2"], pair_id="two", source="other"),
            row("d", "ok", pair_id="two", source="other"),
        ]
    )
    figures = score(
        labels,
        [
            verdict("a", "revise", "P1", "P9"),
            verdict("b", "allow"),
            verdict("c", "ask_human", "P9"),
            verdict("d", "stop", "P9"),
        ],
    )
    overall = figures["overall"]
    assert overall["precision"] == 0.6667 and overall["recall"] == 1.0 and overall["f1"] == 0.8
    assert overall["false_positive_rate"] == 0.5 and overall["balanced_accuracy"] == 0.75
    assert overall["policy_attribution"] == 0.5
    assert figures["pairs"] == {"contrast_groups": 2, "all_right": 1, "pair_accuracy": 0.5}
    assert figures["macro_balanced_accuracy_over_sources"] == 0.75
    assert figures["by_source"]["other"]["balanced_accuracy"] == 0.5
    assert figures["by_family"]["text"] == overall


def test_a_row_without_a_verdict_is_not_flagged() -> None:
    labels, _ = read_rows([row("a", "violation"), row("b", "ok")])
    overall = score(labels, [])["overall"]
    assert (overall["recall"], overall["false_positive_rate"]) == (0.0, 0.0)


def test_a_figure_that_cannot_be_computed_is_none() -> None:
    labels, _ = read_rows([row("a", "violation")])
    overall = score(labels, [verdict("a", "stop")])["overall"]
    assert overall["false_positive_rate"] is None and overall["balanced_accuracy"] is None


def test_the_guard_sees_nothing_of_the_label() -> None:
    given = dict.fromkeys(HIDDEN, "secret") | {"id": "a", "label": "ok", "violated": [], "goal": "g", "action": {}}
    _, (line,) = read_rows([json.dumps(given)])
    assert json.loads(line) == {"id": "a", "goal": "g", "action": {}}


@pytest.mark.parametrize("line", ["{", '{"id": "a"}', '{"id": "a", "label": "maybe"}', "[]"])
def test_a_row_that_is_not_labelled_names_its_line(line: str) -> None:
    with pytest.raises(InputError, match="line 2"):
        read_rows([row("x", "ok"), line])


def test_no_rows_are_an_error_not_a_perfect_score() -> None:
    with pytest.raises(InputError, match="no labelled rows"):
        read_rows(["", "  "])


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_accuracy_and_rates_agree_with_counting(cases: list[tuple[bool, bool]]) -> None:
    labels = [
        Labelled(str(i), truth, frozenset(), str(i), {"source": ("s",), "family": ("f",)})
        for i, (truth, _) in enumerate(cases)
    ]
    verdicts = [verdict(str(i), "stop" if flag else "allow") for i, (_, flag) in enumerate(cases)]
    overall = score(labels, verdicts)["overall"]
    assert overall["accuracy"] == round(sum(truth == flag for truth, flag in cases) / len(cases), 4)
    benign = [flag for truth, flag in cases if not truth]
    assert overall["false_positive_rate"] == (round(sum(benign) / len(benign), 4) if benign else None)
