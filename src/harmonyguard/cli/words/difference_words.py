"""What differs between two books, in lines that people can read at 80 columns and sign off.

Words that are gone stand in [-...-], new ones in {+...+}, so that nothing hangs on colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from harmonyguard.policies.differences import Comparison, FieldChange, Revision
from harmonyguard.policies.policy import Policy
from harmonyguard.policies.rule import Rule
from harmonyguard.policies.rule_words import rule_lines

from .policy_words import PolicyLine

_INDENT = 4
_TEXTS = ("description", "scope", "category_reason", "risk_reason")


def comparison_lines(found: Comparison) -> Iterator[PolicyLine]:
    """Everything that differs, part by part; parts in which nothing differs are left out."""
    if found.added:
        yield from _heading("Added")
        for policy in found.added:
            yield from _policy(policy)
    if found.reworded:
        yield from _heading("Reworded: a new policy in the place of an old one")
        for pair in found.reworded:
            yield PolicyLine(f"{pair.before.id} -> {pair.after.id}  {pair.after.place}", _INDENT)
            yield PolicyLine(f"    {word_changes(pair.before.clause, pair.after.clause)}", _INDENT)
            yield from _rule_change(pair.before.rule, pair.after.rule)
    if found.revised:
        yield from _heading("Revised")
        for revision in found.revised:
            yield from _revision(revision)
    if found.cited_again:
        yield from _heading("The same words in a new edition of the document")
        for policy in found.cited_again:
            yield PolicyLine(f"{policy.id}  {policy.place}", _INDENT)
    if found.retired:
        yield from _heading("No longer in force")
        for policy in found.retired:
            yield from _policy(policy)


def change_lines(change: FieldChange) -> Iterator[str]:
    """One field before and after."""
    name = change.field.replace("_", " ")
    if change.field == "rule":
        yield from _rule_words(Rule.model_validate(change.before), Rule.model_validate(change.after))
    elif change.field == "sources":
        yield from _source_words(change.before, change.after)
    elif change.field == "definitions":
        yield from _list_changes("definition", change.before, change.after)
    elif change.field in _TEXTS and change.before and change.after:
        yield f"{name}: {word_changes(change.before, change.after)}"
    else:
        yield f"{name}: {_plain(change.before)} -> {_plain(change.after)}"


def word_changes(before: str, after: str) -> str:
    """Both texts as one: words that are gone in [-...-], new ones in {+...+}."""
    old, new = before.split(), after.split()
    parts: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(" ".join(old[i:j]))
            continue
        parts += [f"[-{' '.join(old[i:j])}-]"] if j > i else []
        parts += [f"{{+{' '.join(new[k:m])}+}}"] if m > k else []
    return " ".join(parts)


def _heading(words: str) -> Iterator[PolicyLine]:
    yield PolicyLine("", wraps=False)
    yield PolicyLine(words, style="bold")


def _policy(policy: Policy) -> Iterator[PolicyLine]:
    yield PolicyLine(f"{policy.id}  {policy.risk_level} risk, {policy.place}", _INDENT)
    yield PolicyLine(f"    “{policy.clause}”", _INDENT)


def _revision(revision: Revision) -> Iterator[PolicyLine]:
    yield from _policy(revision.after)
    for change in revision.changes:
        for line in change_lines(change):
            yield PolicyLine(f"    {line}", 2 * _INDENT)


def _rule_change(before: Rule, after: Rule) -> Iterator[PolicyLine]:
    for line in _rule_words(before, after) if before != after else ():
        yield PolicyLine(f"    {line}", 2 * _INDENT)


def _rule_words(before: Rule, after: Rule) -> Iterator[str]:
    if before.understood != after.understood:
        yield f"compiled: {before.understood} -> {after.understood}"
    changes = [*_list_changes("rule", rule_lines(before), rule_lines(after))]
    yield from changes or [f"rule: the words that were not understood, {_plain(after.remainder)}"]


def _source_words(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> Iterator[str]:
    old = {(source["document"], source["quote"]): source for source in before}
    new = {(source["document"], source["quote"]): source for source in after}
    for key, source in new.items():
        if key not in old:
            yield f"+ source: {source['document']}: “{source['quote']}”"
        elif source["sha256"] != old[key]["sha256"]:
            yield f"source: {source['document']}, edition {old[key]['sha256'][:12]} -> {source['sha256'][:12]}"
        elif source != old[key]:
            yield f"source: {source['document']}, {_where(old[key])} -> {_where(source)}"
    for key, source in old.items():
        if key not in new:
            yield f"- source: {source['document']}: “{source['quote']}”"


def _where(source: dict[str, Any]) -> str:
    page = [] if source["page"] is None else [f"page {source['page']}"]
    return ", ".join([*page, *source["headings"]]) or "no place"


def _list_changes(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    yield from (f"- {name}: {line}" for line in before if line not in after)
    yield from (f"+ {name}: {line}" for line in after if line not in before)


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value)) or "none"
    return "none" if value in (None, "") else str(value)
