"""Cases read from rows that people give: each row is checked, and secrets in it are hidden, before it is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from harmonyguard.steps import InputError

if TYPE_CHECKING:
    from harmonyguard.policies.case import Expectation, PolicyCase


def cases_in(lines: Sequence[str], policy_id: str, *, expect: Expectation, note: str) -> list[PolicyCase]:
    """One case for each line. Raises InputError when there is none, or one of them cannot be used as a case."""
    from harmonyguard.policies.case import PolicyCase
    from harmonyguard.runs.redaction import Redactor, learn_from_goal

    cases: list[PolicyCase] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = _row(line, number)
        redactor = Redactor()
        learn_from_goal(redactor, str(row.get("goal", "")))
        cases.append(
            PolicyCase.of(policy_id, expect=expect, origin="person", row=redactor.json(row), note=redactor.text(note))
        )
    if not cases:
        raise InputError("there is no row: give one JSON object a line, as for `harmonyguard check`")
    return cases


def _row(line: str, number: int) -> dict[str, Any]:
    from harmonyguard.integrations.rows import Row, situations_of

    try:
        row = json.loads(line)
        if isinstance(row, dict) and row.get("policies") is not None:
            raise InputError(f"line {number} brings policies: leave them out, a case is tried on the book")
        situations_of(Row.model_validate(row))
    except (ValueError, RecursionError) as error:
        raise InputError(f"line {number} cannot be read as a row: {' '.join(str(error).split())}") from error
    return {key: value for key, value in row.items() if key != "policies"}
