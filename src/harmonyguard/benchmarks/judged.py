"""The guard with a perfect judge: how right the rest of it is, and how little it asks.

The judge's answers come from the labels, over HTTP and only for the policies that it is asked about. A second run
switches compilation off for a share of the policies: what rules do not understand must widen, never narrow.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.policy import Policy
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.utility_agent.agent import UtilityAgent

from .actions import Labelled, read_rows, summary
from .perfect_judge import ALIGNMENTS, PerfectJudge, Truth, perfect_judge

Rewrite = Callable[[PolicyBook], PolicyBook]
CheckRow = Callable[[str, Rewrite, UtilityAgent], Awaitable[dict[str, Any]]]
"""Judges one row (a line of JSON) under its own policies, as the rewriting leaves them; gives the verdict."""


async def score_judged(
    lines: Iterable[str],
    check: CheckRow,
    *,
    uncompiled_share: float = 0.5,
    seed: int = 1,
    step: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Figures of two runs over labelled rows: all policies compiled, and `uncompiled_share` of them not.

    Each run holds `recall`, `false_blocks`, `calls_per_row`, `policy_characters_share` (characters of policies in
    the prompts sent, divided by those of one prompt for each row that holds all its policies), `errors`, and the ids
    of the rows that came out `wrong`. Raises InputError for rows that are not labelled.
    """
    given = [line for line in lines if line.strip()]
    labels, rows = read_rows(given)
    truths = [_truth(json.loads(line)) for line in given]
    texts = {text for row in rows for text in _texts(row)}
    plain = uncompiled_texts(texts, uncompiled_share, seed)

    def switched_off(book: PolicyBook) -> PolicyBook:
        return PolicyBook.of(uncompiled(one) if one.description in plain else one for one in book.policies)

    return {
        "policies": len(texts),
        "uncompiled_policies": len(plain),
        "seed": seed,
        "compiled": await _run(labels, rows, truths, check, lambda book: book, step),
        "uncompiled": await _run(labels, rows, truths, check, switched_off, step),
    }


def uncompiled_texts(texts: Iterable[str], share: float, seed: int) -> frozenset[str]:
    """A random share of the texts, the same for the same seed, whatever the order of the rows."""

    def drawn(text: str) -> str:
        return hashlib.sha256(f"{seed}\n{text}".encode("utf-8", "replace")).hexdigest()

    ordered = sorted(set(texts), key=drawn)
    return frozenset(ordered[: round(share * len(ordered))])


def uncompiled(policy: Policy) -> Policy:
    """The policy as it would be if the compiler had understood nothing of it."""
    judged = Term(atom=Atom(kind="judged", term=policy.description))
    rule = Rule(when=(AnyOf(terms=(judged,)),), understood="not", remainder=(policy.description,))
    return policy.model_copy(update={"rule": rule})


async def _run(
    labels: Sequence[Labelled],
    rows: Sequence[str],
    truths: Sequence[Truth],
    check: CheckRow,
    rewrite: Rewrite,
    step: Callable[[str], None],
) -> dict[str, Any]:
    from harmonyguard.models import load_model
    from harmonyguard.utility_agent.judge.model_judge import ModelJudge

    verdicts: dict[str, dict[str, Any]] = {}
    async with perfect_judge() as judge:
        model = load_model("openai:perfect-judge", base_url=judge.url, api_key="none", retries=0)
        guard = UtilityAgent(ModelJudge(model, "perfect judge"))
        for label, row, truth in zip(labels, rows, truths, strict=True):
            judge.truth = truth
            verdicts[label.id] = await check(row, rewrite, guard)
            step(label.id)
    return _figures(labels, rows, verdicts, judge)


def _figures(
    labels: Sequence[Labelled], rows: Sequence[str], verdicts: Mapping[str, Mapping[str, Any]], judge: PerfectJudge
) -> dict[str, Any]:
    overall = summary(labels, verdicts)
    wrong = {label.id: (verdicts[label.id]["outcome"] != "allow") != label.violation for label in labels}
    everything = sum(map(_all_policies, rows))
    return {
        "rows": len(labels),
        "recall": overall["recall"],
        "false_blocks": overall["false_positive_rate"],
        "calls": judge.calls,
        "calls_per_row": round(judge.calls / len(labels), 4),
        "policy_characters_share": round(judge.policy_characters / everything, 4) if everything else None,
        "errors": sum(verdict.get("error") is not None for verdict in verdicts.values()),
        "missed": [label.id for label in labels if wrong[label.id] and label.violation],
        "blocked": [label.id for label in labels if wrong[label.id] and not label.violation],
    }


def _truth(row: Mapping[str, Any]) -> Truth:
    return Truth(
        violated=frozenset(map(str, row.get("violated", ()))),
        alignment=ALIGNMENTS.get(str(row.get("alignment")), "unknown"),
    )


def _texts(row: str) -> list[str]:
    return [str(policy.get("text", "")) for policy in json.loads(row).get("policies") or []]


def _all_policies(row: str) -> int:
    """Characters under "Policies" in a prompt that would hold every policy of the row by id and statement alone."""
    policies = json.loads(row).get("policies") or []
    return len("\n\n".join(f"### {one.get('id')}\nStatement: {one.get('text')}" for one in policies))
