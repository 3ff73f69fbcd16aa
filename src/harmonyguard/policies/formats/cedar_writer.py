"""Policies as Cedar text that people read, sign off and may edit: one annotated `forbid` a policy.

It decides like the Cedar JSON that is enforced (`policies.cedar`). Annotations carry the policy's other fields
under their own names; lists in them are JSON. Recorded violations are left out.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from harmonyguard.policies.policy import Policy
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policies.rule_words import rule_lines

PREAMBLE = """\
// Policies of HarmonyGuard as Cedar (https://www.cedarpolicy.com); docs/formats.md tells how to read and edit them.
// An act is forbidden when a `forbid` holds. What is asked of the act stands in two sets: `context.holds` is asked
// where a yes speaks for a violation, `context.excuses` where it speaks against one (after `!`, and in `unless`).
// What is known is in both sets. What is unknown is in one of them, so that the guard learns what is certain and
// what is possible.

@id("permit-all")
permit (principal, action, resource);
"""

ANNOTATED = {
    "description": True,
    "scope": False,
    "definitions": False,
    "category": True,
    "category_reason": False,
    "risk_level": True,
    "risk_reason": False,
    "authority": True,
    "organization": False,
    "enforcement": True,
    "owner": False,
    "effective_from": False,
    "expires": False,
    "status": True,
}
"""Fields of a policy that are annotations, and whether they stand there also when they are as by default."""

SOURCE = {"source": "document", "sha256": "sha256", "page": "page", "headings": "headings", "clause": "quote"}
"""Annotations of the first source, and the fields of a source that they are; `other_sources` holds the rest."""

LIST_FIELDS = frozenset({"definitions", "headings", "other_sources", "remainder"})
"""Annotations of which the text is JSON."""

_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def write_cedar(policies: Iterable[Policy]) -> str:
    """The policies as one Cedar text, after the catch-all `permit` that every set holds."""
    return "\n".join([PREAMBLE, *(_policy(policy) for policy in policies)])


def forbid_text(rule: Rule) -> str:
    """The rule as one Cedar `forbid`, without annotations."""
    lines = ["forbid (principal, action, resource)"]
    if rule.when:
        lines.append("when {")
        lines += _joined([_group(group) for group in rule.when], "&&")
        lines.append("}")
    for exception in rule.unless:
        lines += ["unless {", *_joined(_runs(exception) or ["true"], "&&"), "}"]
    return "\n".join(lines) + ";"


def quoted(text: str) -> str:
    """The text as a Cedar string. What cannot be seen stands as its code point."""
    return '"' + "".join(_character(c) for c in text) + '"'


def _policy(policy: Policy) -> str:
    words = [f"// {_one_line(policy.description)}"]
    words += [f"//   {_one_line(line)}" for line in rule_lines(policy.rule)]
    words.append(f"//   source: {_one_line(policy.place)}")
    notes = [f"@{name}({quoted(text)})" for name, text in _annotations(policy)]
    return "\n".join([*words, *notes, forbid_text(policy.rule), ""])


def _annotations(policy: Policy) -> Iterator[tuple[str, str]]:
    held = policy.to_json()
    first, *others = held["sources"]
    yield "id", policy.id
    for name, always in ANNOTATED.items():
        if always or getattr(policy, name) != Policy.model_fields[name].default:
            yield name, _text(held[name])
    for name, field in SOURCE.items():
        if first[field] not in (None, []):
            yield name, _text(first[field])
    if others:
        yield "other_sources", _text(others)
    yield "understood", policy.rule.understood
    if policy.rule.remainder:
        yield "remainder", _text(list(policy.rule.remainder))


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _joined(parts: list[str], operator: str) -> list[str]:
    return [f"  {part}{f' {operator}' if index < len(parts) - 1 else ''}" for index, part in enumerate(parts)]


def _group(group: AnyOf) -> str:
    runs = _runs(group) or ["false"]
    return runs[0] if len(runs) == 1 else f"({' || '.join(runs)})"


def _runs(group: AnyOf | AllOf) -> list[str]:
    """The terms in order; terms that are not denied and stand side by side are asked in one go."""
    in_exception = isinstance(group, AllOf)
    runs: list[str] = []
    for negated, terms in groupby(group.terms, key=lambda term: term.negated):
        keys = [term.atom.key for term in terms]
        asked = "excuses" if in_exception != negated else "holds"
        if negated or len(keys) == 1:
            runs += [f"{'!' if negated else ''}context.{asked}.contains({quoted(key)})" for key in keys]
        else:
            every = "containsAll" if in_exception else "containsAny"
            runs.append(f"context.{asked}.{every}([{', '.join(quoted(key) for key in keys)}])")
    return runs


def _character(character: str) -> str:
    if character in _ESCAPED:
        return _ESCAPED[character]
    return f"\\u{{{ord(character):x}}}" if unicodedata.category(character) in _UNSEEN else character


def _one_line(text: str) -> str:
    """Words for a comment, which ends with its line: nothing in them may begin a new one."""
    visible = "".join(" " if unicodedata.category(c) in _UNSEEN else c for c in text)
    return " ".join(visible.split())
