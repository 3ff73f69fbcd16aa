"""How much of policy text compiles into rules, over documents and over labelled rows, and why the rest does not.

A source is a document, or a JSONL file of labelled rows: documents with `units` (those labelled `policy` count) or
actions with `policies` (each text counts once).
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from harmonyguard.documents import load_document
from harmonyguard.policies.rule import Rule, Understood
from harmonyguard.policy_agent import PolicyAgent, compile_rule
from harmonyguard.policy_agent.comparison.norms import norm_of
from harmonyguard.policy_agent.comparison.phrases import parse_act
from harmonyguard.steps import InputError, Record

PARTS: tuple[Understood, ...] = ("fully", "partly", "not")
_CONJUNCTIONS = frozenset(
    "if when where unless without until except before after once while whenever during only as".split()
)


class Compiled(Record):
    """One policy text and its rule."""

    statement: str
    rule: Rule

    @property
    def reason(self) -> str:
        """Why it does not compile fully; empty when it does."""
        return "" if self.rule.understood == "fully" else _reason(self.statement, self.rule)


async def compile_source(source: str) -> list[Compiled]:
    """The policies of one source, compiled. Raises InputError when it cannot be read or holds none."""
    if source.endswith(".jsonl"):
        texts = await asyncio.to_thread(_texts_of_rows, Path(source))
        return [Compiled(statement=text, rule=compile_rule(text)) for text in texts]
    document = await load_document(source, allow_private=True)
    extraction = await asyncio.to_thread(PolicyAgent().extract, document)
    return [Compiled(statement=policy.description, rule=policy.rule) for policy in extraction.policies]


def figures_of(found: Mapping[str, Sequence[Compiled]]) -> dict[str, Any]:
    """Counts and shares by source and together, and what does not compile, grouped by reason, commonest first."""
    every = [one for compiled in found.values() for one in compiled]
    groups: dict[str, list[Compiled]] = defaultdict(list)
    for one in every:
        if one.reason:
            groups[one.reason].append(one)
    return {
        "sources": [{"source": source, **_counts(compiled)} for source, compiled in found.items()],
        "all": _counts(every),
        "reasons": [
            {
                "reason": reason,
                "count": len(group),
                "policies": [{"statement": one.statement, "words": list(one.rule.remainder)} for one in group],
            }
            for reason, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        ],
    }


def _counts(compiled: Sequence[Compiled]) -> dict[str, Any]:
    counts = Counter(one.rule.understood for one in compiled)
    shares = {f"{part}_share": round(counts[part] / max(1, len(compiled)), 4) for part in PARTS}
    return {"policies": len(compiled), **{part: counts[part] for part in PARTS}, **shares}


def _reason(statement: str, rule: Rule) -> str:
    if rule.understood == "partly":
        first = next((words.split()[0] for words in rule.remainder if words), "")
        return f'a condition in words ("{first} ...")' if first in _CONJUNCTIONS else "an act or a list in words"
    norm = norm_of(statement)
    if norm is None:
        return "no main clause is found"
    if norm.amounts:
        return "a number or a limit of an unknown kind"
    if norm.force == "permitted":
        return "a permission with a condition"
    if norm.force == "required":
        return "an obligation that is neither an order of acts nor a question for leave"
    known = parse_act(statement).effects
    return "a prohibition of an unknown form" if known else "a prohibition of an act outside the vocabulary"


def _texts_of_rows(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    texts: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                texts += _texts_of(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError):
                raise InputError(f"{path}, line {number}: neither a labelled document nor a labelled action") from None
    if not texts:
        raise InputError(f"{path} holds no policy texts")
    return list(dict.fromkeys(texts))


def _texts_of(row: dict[str, Any]) -> Iterable[str]:
    if "units" in row:
        return [str(unit.get("full_text") or unit["text"]) for unit in row["units"] if unit["label"] == "policy"]
    return [str(policy["text"]) for policy in row["policies"]]
