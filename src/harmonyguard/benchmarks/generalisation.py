"""How much of a figure is owed to having seen the rows: words switched off, and rows in other words.

Two questions are asked of labelled actions. *Would the engine know this had the lexicon been written from the other
rows alone?* Each row, and each source, is judged with a lexicon that lacks every entry that stands in no other row,
or in no row of another source: a hard test, as most of these entries are plain English that was there anyway. *Does it
understand the same thing said otherwise?* All rows are judged in other words (see `paraphrases`).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from harmonyguard.steps import Record

from .actions import HIDDEN, Labelled, pairs, read_rows, summary
from .lexicon_masks import Entry, entries, entries_in, without
from .paraphrases import PARAPHRASES

Json = dict[str, Any]
Check = Callable[[Sequence[str]], Sequence[Json]]
"""Judges rows given as lines, and returns one verdict a line."""


class Condition(Record):
    """Figures of one run over all rows. `switched_off` counts entries of the lexicon that some row went without."""

    name: str
    recall: float | None
    false_blocks: float | None
    balanced_accuracy: float | None
    pairs_right: int
    pairs: int
    switched_off: int = 0


def measure(lines: Iterable[str], check: Check, step: Callable[[str], None] = lambda _: None) -> list[Condition]:
    """The rows as they are, with words switched off, and reworded. `step` hears of each run.

    Raises InputError for a row that cannot be read.
    """
    given = [line for line in lines if line.strip()]
    labels, rows = read_rows(given)
    raw = [json.loads(line) for line in given]
    found = [_figures("as they are", labels, check(rows))]
    step("as they are")
    for name, keys in (
        ("without words of one row", [label.id for label in labels]),
        ("without words of one source", [label.groups["source"][0] for label in labels]),
    ):
        found.append(_unseen(name, keys, labels, rows, raw, check))
        step(name)
    for paraphrase in PARAPHRASES:
        reworded = [
            json.dumps({k: v for k, v in paraphrase.of(row).items() if k not in HIDDEN}, ensure_ascii=False)
            for row in raw
        ]
        found.append(_figures(paraphrase.name, labels, check(reworded)))
        step(paraphrase.name)
    return found


def _unseen(
    name: str, keys: Sequence[str], labels: Sequence[Labelled], rows: Sequence[str], raw: Sequence[Json], check: Check
) -> Condition:
    """Each part of the rows (those of one key) judged without the entries that stand in no other part."""
    known = entries()
    held = [entries_in(_texts(row), known) for row in raw]
    parts: dict[str, set[Entry]] = defaultdict(set)
    for key, found in zip(keys, held, strict=True):
        parts[key] |= found
    spread = Counter(entry for part in parts.values() for entry in part)
    by_mask: dict[frozenset[Entry], list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        by_mask[frozenset(entry for entry in parts[key] if spread[entry] == 1)].append(number)
    verdicts: list[Json] = []
    for mask, numbers in by_mask.items():
        with without(mask):
            verdicts += check([rows[number] for number in numbers])
    condition = _figures(name, labels, verdicts)
    return condition.model_copy(update={"switched_off": len(frozenset().union(*by_mask))})


def _texts(row: Mapping[str, Any]) -> list[str]:
    """What of a row the lexicon is made for: the policies, and what the action is called."""
    action = row.get("action") or {}
    named = [action.get(key) for key in ("element_text", "raw", "type", "target_url")]
    return [*(policy["text"] for policy in row.get("policies") or ()), *(str(text) for text in named if text)]


def _figures(name: str, labels: Sequence[Labelled], verdicts: Sequence[Json]) -> Condition:
    by_id = {str(verdict["id"]): verdict for verdict in verdicts}
    overall, contrasts = summary(labels, by_id), pairs(labels, by_id)
    return Condition(
        name=name,
        recall=overall["recall"],
        false_blocks=overall["false_positive_rate"],
        balanced_accuracy=overall["balanced_accuracy"],
        pairs_right=contrasts["all_right"],
        pairs=contrasts["contrast_groups"],
    )
