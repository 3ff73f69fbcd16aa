"""How well policies are extracted: recall, precision and F1 against annotated documents.

A file holds one JSON document per line: `doc_id`, `file` (relative to the JSON file), `format` and `units`, each with
`text`, `label` (`policy`, `not_policy`, `optional`) and, for list items, `full_text` (stem and item).
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from harmonyguard.documents import load_document
from harmonyguard.policy_agent import ExtractionEngine, make_extraction_engine
from harmonyguard.steps import HarmonyGuardError, InputError

SAME = 0.60
"""Least token F1 between an extracted policy and an annotated one for them to be the same."""
COVERED = 0.85
"""Least share of an annotated policy's tokens, close together, for a merged clause to hold it."""


class Unit(BaseModel):
    """One annotated sentence, list item or heading."""

    model_config = ConfigDict(extra="ignore")
    text: str
    label: Literal["policy", "not_policy", "optional"]
    full_text: str | None = None


class AnnotatedDocument(BaseModel):
    """One annotated document."""

    model_config = ConfigDict(extra="ignore")
    doc_id: str
    file: str
    format: str = ""
    units: tuple[Unit, ...]


async def score_extraction(
    path: Path, engine: ExtractionEngine | None = None, *, step: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Extract from every document of an annotated file and compare. `step` is told each document that is done.

    Returns `engine`, `micro` (gold, found, right, wrong, ignored, recall, precision, f1), `macro_f1`, `per_document`
    and `guard_errors`, the number of documents that a model failed on. A document that cannot be read, or has no
    policy, counts as nothing extracted, with its `error` told. Raises InputError when the file cannot be read.
    """
    documents = await asyncio.to_thread(_annotated, path)
    engine = engine or make_extraction_engine(None)
    guard_errors = 0
    per: dict[str, dict[str, Any]] = {}
    for annotated in documents:
        error = None
        extracted: list[str] = []
        try:
            document = await load_document(str(path.parent / annotated.file))
            extraction = await engine.extract(document, authority="organization", organization=None)
            extracted = [policy.description for policy in extraction.policies]
        except HarmonyGuardError as problem:
            error = str(problem)
            guard_errors += not isinstance(problem, InputError)
        per[annotated.doc_id] = {
            "format": annotated.format,
            **compare(annotated.units, extracted),
            **({"error": error} if error else {}),
        }
        step(annotated.doc_id)
    totals = {name: sum(row[name] for row in per.values()) for name in ("gold", "found", "right", "wrong", "ignored")}
    macro = sum(row["f1"] for row in per.values()) / len(per)
    return {
        "engine": engine.name,
        "micro": {**totals, **_rates(totals)},
        "macro_f1": round(macro, 4),
        "per_document": per,
        "guard_errors": guard_errors,
    }


def compare(units: Sequence[Unit], extracted: Sequence[str]) -> dict[str, Any]:
    """The counts and rates of one document."""
    policies = [unit for unit in units if unit.label == "policy"]
    optional = [unit for unit in units if unit.label == "optional"]
    statements = [tokens for text in extracted if (tokens := _tokens(text))]
    right = sum(any(matches(unit, tokens) for unit in policies) for tokens in statements)
    ignored = sum(
        not any(matches(unit, tokens) for unit in policies) and any(matches(unit, tokens) for unit in optional)
        for tokens in statements
    )
    counts = {
        "gold": len(policies),
        "extracted": len(statements),
        "found": sum(any(matches(unit, tokens) for tokens in statements) for unit in policies),
        "right": right,
        "wrong": len(statements) - right - ignored,
        "ignored": ignored,
    }
    return {**counts, **_rates(counts)}


def matches(unit: Unit, tokens: Sequence[str]) -> bool:
    """True when an extracted statement states an annotated unit."""
    text = _tokens(unit.text)
    share, f1 = _overlap(text, tokens)
    if unit.full_text is not None and share >= SAME:
        f1 = max(f1, _overlap(_tokens(unit.full_text), tokens)[1])
    return f1 >= SAME or _covered(text, tokens) >= COVERED


def _covered(unit: Sequence[str], tokens: Sequence[str]) -> float:
    """The largest share of a unit's tokens in any window of 1.6 times its length."""
    size = len(unit)
    if len(tokens) <= 1.6 * size:
        return _overlap(unit, tokens)[0]
    width = int(1.6 * size) + 1
    starts = range(0, max(1, len(tokens) - width + 1), max(1, size // 4))
    return max(_overlap(unit, tokens[start : start + width])[0] for start in starts)


def _overlap(unit: Sequence[str], tokens: Sequence[str]) -> tuple[float, float]:
    if not unit or not tokens:
        return 0.0, 0.0
    shared = sum((Counter(unit) & Counter(tokens)).values())
    return shared / len(unit), 2 * shared / (len(unit) + len(tokens))


def _tokens(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _rates(counts: Mapping[str, int]) -> dict[str, float]:
    recall = counts["found"] / counts["gold"] if counts["gold"] else 0.0
    judged = counts["right"] + counts["wrong"]
    precision = counts["right"] / judged if judged else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"recall": round(recall, 4), "precision": round(precision, 4), "f1": round(f1, 4)}


def _annotated(path: Path) -> list[AnnotatedDocument]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    documents = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            documents.append(AnnotatedDocument.model_validate(json.loads(line)))
        except (json.JSONDecodeError, ValidationError) as error:
            raise InputError(
                f"{path}, line {number}: not an annotated document ({str(error).splitlines()[0]})"
            ) from error
    if not documents:
        raise InputError(f"{path} holds no annotated documents")
    return documents
