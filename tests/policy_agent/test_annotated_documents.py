"""How well rules are told from other prose in our own annotated documents of many kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harmonyguard.benchmarks.extraction import compare
from harmonyguard.documents import load_document
from harmonyguard.policy_agent import PolicyAgent

from .annotated import Annotated, annotated_documents

DOCUMENTS = annotated_documents()
LEAST = 0.85
"""F1 below which a document is read worse than it was when it was annotated."""


async def _scores(folder: Path, annotated: Annotated) -> dict[str, Any]:
    path = folder / annotated.name
    path.write_text(annotated.text, encoding="utf-8")
    extraction = PolicyAgent().extract(await load_document(str(path)))
    return compare(annotated.units, [policy.description for policy in extraction.policies])


@pytest.mark.parametrize("annotated", DOCUMENTS, ids=lambda one: one.name)
async def test_each_document(tmp_path: Path, annotated: Annotated) -> None:
    scores = await _scores(tmp_path, annotated)
    assert scores["f1"] >= LEAST, scores


async def test_all_documents(tmp_path: Path) -> None:
    every = [await _scores(tmp_path, annotated) for annotated in DOCUMENTS]
    gold, found, right, wrong = (sum(one[name] for one in every) for name in ("gold", "found", "right", "wrong"))
    assert found / gold >= 0.95, "rules are missed"
    assert right / (right + wrong) >= 0.95, "other prose is taken for rules"
