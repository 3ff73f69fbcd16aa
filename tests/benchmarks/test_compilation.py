"""The share of policies that compile, over documents and labelled rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from harmonyguard.benchmarks.compilation import compile_source, figures_of
from harmonyguard.cli.app import app
from harmonyguard.steps import InputError

DOCUMENT = "# Yard\n\nAgents must not delete tickets.\n\nAgents must not delete tickets if the moon is full.\n"
UNITS = [
    {"text": "share keys", "label": "policy", "full_text": "Guards must always be awake and cheerful."},
    {"text": "The yard is old.", "label": "not_policy"},
]
ACTION = {"policies": [{"id": "p1", "text": "Agents must not delete tickets."}]}


@pytest.fixture
def sources(tmp_path: Path) -> list[str]:
    files = {
        "yard.md": DOCUMENT,
        "units.jsonl": json.dumps({"units": UNITS}) + "\n",
        "actions.jsonl": f"{json.dumps(ACTION)}\n\n{json.dumps(ACTION)}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / name) for name in files]


async def test_figures_by_source_and_reason(sources: list[str]) -> None:
    figures = figures_of({Path(source).name: await compile_source(source) for source in sources})
    counts = {
        row["source"]: [row[part] for part in ("policies", "fully", "partly", "not")] for row in figures["sources"]
    }
    assert counts == {"yard.md": [2, 1, 1, 0], "units.jsonl": [1, 0, 0, 1], "actions.jsonl": [1, 1, 0, 0]}
    assert (figures["all"]["fully"], figures["all"]["fully_share"]) == (2, 0.5)
    reasons = {group["reason"]: group["policies"] for group in figures["reasons"]}
    assert reasons['a condition in words ("if ...")'] == [
        {"statement": "Agents must not delete tickets if the moon is full.", "words": ["if the moon is full"]}
    ]
    assert len(reasons) == 2


@pytest.mark.parametrize("text", ["", "not json\n", '{"policies": 3}\n', "[1]\n", '{"units": [{"label": "policy"}]}\n'])
async def test_rows_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"rows\.jsonl"):
        await compile_source(str(path))


def test_the_command_prints_one_document(sources: list[str]) -> None:
    done = CliRunner().invoke(app, ["bench", "compile", *sources, "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["all"]["policies"] == 4
    shown = CliRunner().invoke(app, ["bench", "compile", *sources])
    assert "50%" in shown.stdout and "if the moon is full" in shown.stdout
