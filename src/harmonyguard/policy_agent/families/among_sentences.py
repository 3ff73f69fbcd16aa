"""A family of one sentence in a text of several: the others go to the judge."""

from __future__ import annotations

import re
from collections.abc import Callable

from harmonyguard.policies.rule import Rule

from .bans import either
from .building import just, term

_SENTENCES = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+")


def among_sentences(statement: str, family: Callable[[str], Rule | None]) -> Rule | None:
    """The rules of the sentences that the family reads, and what the judge finds of the others; None where it reads
    none."""
    sentences = [part for part in _SENTENCES.split(statement.strip()) if part]
    rules = [family(sentence) for sentence in sentences]
    if not any(rules):
        return None
    return either([rule or _judged(sentence) for rule, sentence in zip(rules, sentences, strict=True)])


def _judged(sentence: str) -> Rule:
    return Rule(when=(just(term("judged", sentence)),), understood="not", remainder=(sentence,))
