"""Figures of the extraction benchmark, on a document made for the test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from harmonyguard.benchmarks.extraction import Unit, compare, score_extraction
from harmonyguard.cli.app import app
from harmonyguard.policy_agent import make_extraction_engine
from harmonyguard.steps import InputError


def unit(text: str, label: str, full_text: str | None = None) -> dict[str, str | None]:
    return {"text": text, "label": label, "full_text": full_text, "unit_id": "ignored"}


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    (tmp_path / "pier.md").write_text(
        "Anglers must not:\n\n- cast over boats\n\nNets must be dry. We will mend the pier.\n", encoding="utf-8"
    )
    row = {
        "doc_id": "pier",
        "file": "pier.md",
        "format": "md",
        "units": [
            unit("Anglers must not:", "optional"),
            unit("cast over boats", "policy", "Anglers must not: cast over boats"),
            unit("Nets must be dry.", "policy"),
            unit("We will mend the pier.", "not_policy"),
            unit("Hooks have to be blunt and short.", "policy"),
        ],
    }
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    return path


async def test_figures(annotated: Path) -> None:
    figures = await score_extraction(annotated)
    assert figures["micro"] == {
        "gold": 3,
        "found": 2,
        "right": 2,
        "wrong": 0,
        "ignored": 0,
        "recall": 0.6667,
        "precision": 1.0,
        "f1": 0.8,
    }
    assert figures["macro_f1"] == 0.8
    assert figures["per_document"]["pier"]["extracted"] == 2


def test_optional_units_are_neither_right_nor_wrong() -> None:
    units = [Unit(text="Nets must be dry.", label="policy"), Unit(text="Bring a friend with you.", label="optional")]
    figures = compare(units, ["Bring a friend with you.", "Something else altogether was said here."])
    assert (figures["right"], figures["ignored"], figures["wrong"], figures["f1"]) == (0, 1, 1, 0.0)


async def test_a_document_that_cannot_be_read_counts_as_nothing_found(annotated: Path) -> None:
    (annotated.parent / "pier.md").unlink()
    figures = await score_extraction(annotated)
    assert figures["micro"]["found"] == 0
    assert "no such file" in figures["per_document"]["pier"]["error"]


async def test_bad_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        await score_extraction(tmp_path / "missing.jsonl")
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"doc_id": "x"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        await score_extraction(bad)
    bad.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="no annotated documents"):
        await score_extraction(bad)


async def test_a_model_that_fails_is_an_error_and_no_figure_of_its_own(annotated: Path, tmp_path: Path) -> None:
    engine = make_extraction_engine(f"cassette:{tmp_path / 'tape'}")
    figures = await score_extraction(annotated, engine)
    assert figures["guard_errors"] == 1 and "cassette" in figures["engine"]
    assert "1 of 1 chunks" in figures["per_document"]["pier"]["error"]


def test_the_command_takes_a_model_and_ends_with_a_guard_error_when_it_fails(annotated: Path, tmp_path: Path) -> None:
    tape = f"cassette:{tmp_path / 'tape'}"
    done = CliRunner().invoke(
        app, ["bench", "extraction", str(annotated), "--model", tape, "--json"], standalone_mode=False
    )
    assert (done.return_value, json.loads(done.stdout)["guard_errors"]) == (3, 1)
