"""Cedar text from outside, translated back into typed policies: each `forbid` whole, or the file not at all.

Scope narrower than every act, other operators, other attributes and templates are refused by name. The text is
cut up and checked for depth (`cedar_scanner`) before Cedar's own parser confirms that it is Cedar.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cedarpy
from pydantic import ValidationError

from harmonyguard.policies.policy import Policy, policy_id
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policies.rule_words import rule_lines
from harmonyguard.steps import InputError

from .cedar_conditions import read_condition
from .cedar_formula import exceptions_of, groups_of
from .cedar_scanner import Statement, statements
from .cedar_tokens import TokenReader
from .cedar_writer import ANNOTATED, LIST_FIELDS, SOURCE
from .checks import check_together
from .json_text import mistakes, parse_json
from .policy_file import PolicyFile

_EVERY_ACT = (
    frozenset({"principal", "principal is Agent", 'principal == Agent :: "web"'}),
    frozenset({"action", 'action == Action :: "act"'}),
    frozenset({"resource", "resource is Page", 'resource == Page :: "current"'}),
)
"""The scopes that hold of every request that the guard makes (`policies.cedar`)."""

_KNOWN = ("id", *ANNOTATED, *SOURCE, "other_sources", "understood", "remainder")


def read_cedar(file: PolicyFile) -> tuple[Policy, ...]:
    """The policies of a Cedar text, in its order; those without a claimed source have the file as theirs.

    Raises InputError, with the line, for anything that cannot be translated.
    """
    try:
        found = [policy for one in statements(file.text) if (policy := _read(one, file)) is not None]
    except InputError as error:
        raise InputError(f"{file.name}: {error}") from error
    if not found:
        raise InputError(f"{file.name} holds no `forbid`: there is no policy in it")
    check_together(found, name=file.name)
    return tuple(found)


def _read(statement: Statement, file: PolicyFile) -> Policy | None:
    """The policy of one statement; None for the catch-all `permit`, which every set holds anyway."""
    tokens = TokenReader(statement.tokens)
    notes = _annotations(tokens)
    effect = tokens.take()
    if effect.text not in ("permit", "forbid"):
        raise InputError(f"line {effect.line}: “{effect.text}” stands where permit or forbid is needed")
    _scope(tokens)
    rule = _rule(tokens, notes)
    _confirm(statement)
    if effect.text == "forbid":
        return _policy(statement, notes, rule, file)
    if rule.when or rule.unless:
        raise InputError(
            f"line {effect.line}: a permit with conditions cannot be translated: rules forbid, and what no rule "
            "forbids is permitted"
        )
    return None


def _annotations(tokens: TokenReader) -> dict[str, str]:
    notes: dict[str, str] = {}
    while tokens.takes("@"):
        name = tokens.token.text
        if name not in _KNOWN:
            raise tokens.complaint(f"@{name} is an unknown annotation; known are {', '.join(_KNOWN)}")
        if name in notes:
            raise tokens.complaint(f"@{name} stands twice")
        tokens.take()
        tokens.expect("(")
        notes[name] = tokens.string()
        tokens.expect(")")
    return notes


def _scope(tokens: TokenReader) -> None:
    tokens.expect("(")
    for index, accepted in enumerate(_EVERY_ACT):
        words: list[str] = []
        while tokens.next_is not in (",", ")", ""):
            words.append(tokens.take().text)
        if " ".join(words) not in accepted:
            raise tokens.complaint(
                f"the scope “{' '.join(words)}” cannot be translated: a policy speaks of every act; write "
                f"“{min(accepted, key=len)}” and say in the conditions which acts it forbids"
            )
        if index < 2:
            tokens.expect(",")
    tokens.expect(")")


def _rule(tokens: TokenReader, notes: Mapping[str, str]) -> Rule:
    when: list[AnyOf] = []
    unless: list[AllOf] = []
    while tokens.next_is != ";":
        word = tokens.take()
        if word.text == "when":
            when += groups_of(read_condition(tokens))
        elif word.text == "unless":
            unless += exceptions_of(read_condition(tokens))
        else:
            raise InputError(f"line {word.line}: “{word.text}” stands where when, unless or “;” is needed")
    rule = Rule(when=tuple(when), unless=tuple(unless))
    asks_the_judge = any(atom.kind == "judged" for atom in rule.atoms())
    understood = notes.get("understood", "partly" if asks_the_judge else "fully")
    remainder = _listed(notes, "remainder") or ()
    try:
        return Rule.model_validate({**rule.to_json(), "understood": understood, "remainder": remainder})
    except ValidationError as error:
        raise tokens.complaint(mistakes(error, {})) from error


def _policy(statement: Statement, notes: Mapping[str, str], rule: Rule, file: PolicyFile) -> Policy:
    line = statement.line
    fields: dict[str, Any] = {name: _field(notes, name) for name in ANNOTATED if name in notes}
    fields.setdefault("description", "; ".join(rule_lines(rule)))
    fields["id"] = notes["id"] if "id" in notes else policy_id(file.base, statement.text)
    fields["sources"] = _sources(notes, statement, file)
    fields["rule"] = rule.to_json()
    try:
        return Policy.model_validate(fields)
    except ValidationError as error:
        raise InputError(f"line {line}, policy {fields['id'][:60]}: {mistakes(error, {})}") from error


def _sources(notes: Mapping[str, str], statement: Statement, file: PolicyFile) -> list[Any]:
    claimed = {field: _field(notes, name) for name, field in SOURCE.items() if name in notes}
    others = _listed(notes, "other_sources") or []
    if not claimed and not others:
        return [file.source(statement.text, of=f"the policy at line {statement.line}")]
    missing = [f"@{name}" for name in ("source", "sha256", "clause") if name not in notes]
    if missing:
        raise InputError(f"line {statement.line}: the source is half named: {', '.join(missing)} is missing")
    return [claimed, *others]


def _field(notes: Mapping[str, str], name: str) -> Any:
    return _listed(notes, name) if name in LIST_FIELDS else notes[name]


def _listed(notes: Mapping[str, str], name: str) -> Any:
    return parse_json(notes[name], name=f"@{name}") if name in notes else None


def _confirm(statement: Statement) -> None:
    """Raise InputError when Cedar itself does not take the statement for one policy."""
    try:
        parsed = len(cedarpy.PolicySet.from_str(statement.text))
    except ValueError as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise InputError(f"line {statement.line}: Cedar does not accept the policy: {reason}") from error
    if parsed != 1:
        raise InputError(f"line {statement.line}: Cedar sees {parsed} policies where one is written")
