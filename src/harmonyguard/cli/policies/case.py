"""`harmonyguard policies case`: people say which acts a policy must catch, and which it must let pass.

Each row is checked, and secrets in it are hidden, before it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harmonyguard.cli.options import BookOption, JsonOption

if TYPE_CHECKING:
    from harmonyguard.policies.case import Expectation, PolicyCase

LARGEST = 100_000
"""Characters that a row may have: a case is kept in the log for good."""


class Expected(StrEnum):
    """What must come of an act."""

    caught = "caught"
    passes = "passes"


def add_case(
    policy: Annotated[str, typer.Argument(metavar="POLICY", help="Id of the policy.")],
    rows: Annotated[str, typer.Argument(metavar="ROWS.jsonl|-", help="Acts, one JSON row per line; - reads stdin.")],
    expect: Annotated[Expected, typer.Option(help="What must come of them.")],
    why: Annotated[str, typer.Option("--note", metavar="WORDS", help="Why: shown when a case fails.")] = "",
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """Add acts that a policy must catch or must let pass; `harmonyguard policies test` tries them from now on.

    Rows are those of `harmonyguard check`, without policies. All are stored or none; what looks like a secret is
    hidden. Each is tried at once.

    Example: harmonyguard policies case p-63962c8f6c72 twins.jsonl --expect passes --note "asked for by sales"
    """
    import asyncio

    from harmonyguard.cli.case_trials import policies_to_try, row_words, try_cases
    from harmonyguard.cli.engines import actor, read_lines
    from harmonyguard.cli.output import emit_json, paragraph
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.settings import load_settings

    settings = load_settings({"book": book})
    with PolicyLog.open(settings.book, create=False) as log:
        (known,) = policies_to_try(log.state(), [policy])
        cases = _cases_in(read_lines(rows), policy, expect=expect.value, note=why)
        new = [case.id for case in cases if log.record_case(case, actor=actor())]
        state = log.state()
    (test,) = asyncio.run(try_cases([known], state))
    results = {result.case: result for result in test.results}
    stored: list[dict[str, Any]] = [
        {"case": case.id, "stored": case.id in new, "result": results[case.id].result, "why": results[case.id].why}
        for case in cases
    ]
    if as_json:
        emit_json({"policy": policy, "cases": stored})
        return 0
    for case, entry in zip(cases, stored, strict=True):
        kept = "stored" if entry["stored"] else "known already"
        now = entry["result"] if not entry["why"] else f"{entry['result']} ({entry['why']})"
        paragraph(f"{case.id}  {row_words(case.row)}: {kept}; now {now}", indent=4)
    return 0


def _cases_in(lines: Sequence[str], policy_id: str, *, expect: Expectation, note: str) -> list[PolicyCase]:
    """One case for each line. Raises InputError when there is none, or one of them cannot be used as a case."""
    from harmonyguard.policies.case import PolicyCase
    from harmonyguard.runs.redaction import Redactor, learn_from_goal
    from harmonyguard.steps import InputError

    cases: list[PolicyCase] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(line) > LARGEST:
            raise InputError(f"line {number} has {len(line)} characters, a case at most {LARGEST}: shorten its page")
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
    from harmonyguard.steps import InputError

    try:
        row = json.loads(line)
        if isinstance(row, dict) and row.get("policies") is not None:
            raise InputError(f"line {number} brings policies: leave them out, a case is tried on the book")
        situations_of(Row.model_validate(row))
    except (ValueError, RecursionError) as error:
        raise InputError(f"line {number} cannot be read as a row: {' '.join(str(error).split())}") from error
    return {key: value for key, value in row.items() if key != "policies"}
