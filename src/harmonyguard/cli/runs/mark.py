"""`harmonyguard runs mark`: a step of a run, judged anew by a person, becomes a case of the policies concerned."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harmonyguard.cli.options import BookOption, JsonOption, RunArgument

if TYPE_CHECKING:
    from harmonyguard.policies.case import PolicyCase
    from harmonyguard.runs.marking import JudgedStep


class Mark(StrEnum):
    """What a person says of a step."""

    false_block = "false-block"
    missed = "missed"


def mark(
    run: RunArgument,
    step: Annotated[int, typer.Argument(metavar="STEP", help="Number of the step, as `runs show` prints it.")],
    what: Annotated[Mark, typer.Argument(metavar="false-block|missed", help="What went wrong with it.")],
    policy: Annotated[
        str | None, typer.Argument(metavar="[POLICY]", help="With missed: the policy that should have caught it.")
    ] = None,
    why: Annotated[str, typer.Option("--note", metavar="WORDS", help="Why: shown when the case fails.")] = "",
    attempt: Annotated[
        int | None, typer.Option(metavar="N", help="Which proposal of the step, when there are several.")
    ] = None,
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """Say that a step was blocked wrongly, or that a policy missed it. `policies test` tries it from now on.

    A false block becomes a benign twin of every policy that held it up; a missed step becomes an act that the policy
    must catch. No policy changes by it.

    Example: harmonyguard runs mark 20261120-142657-52ef8e 4 false-block --note "the customer asked for it"
    """
    import asyncio

    from harmonyguard.cli.case_trials import policies_to_try, try_cases
    from harmonyguard.cli.engines import actor
    from harmonyguard.cli.output import emit_json
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.runs.journal import read_journal
    from harmonyguard.runs.marking import judged_in
    from harmonyguard.settings import load_settings
    from harmonyguard.utility_agent.facts.provenance import holds_instructions

    settings = load_settings({"book": book})
    judged = judged_in(read_journal(settings.runs, run), step, orders=holds_instructions)
    note = why or f"run {run}, step {step}"
    read = _false_block if what == Mark.false_block else _missed
    with PolicyLog.open(settings.book, create=False) as log:
        if policy is not None:
            policies_to_try(log.state(), [policy])
        cases = read(judged, attempt, note, policy)
        concerned = policies_to_try(log.state(), [case.policy_id for case in cases])
        new = [case.id for case in cases if log.record_case(case, actor=actor())]
        state = log.state()
    tests = asyncio.run(try_cases(concerned, state))
    results = {result.case: result for test in tests for result in test.results}
    stored: list[dict[str, Any]] = [
        {
            "policy": case.policy_id,
            "case": case.id,
            "expect": case.expect,
            "stored": case.id in new,
            "result": results[case.id].result,
            "why": results[case.id].why,
        }
        for case in cases
    ]
    if as_json:
        emit_json({"run": run, "step": step, "cases": stored})
    else:
        _show(cases, stored)
    return 0


def _false_block(
    judged: tuple[JudgedStep, ...], attempt: int | None, note: str, policy: str | None
) -> list[PolicyCase]:
    from harmonyguard.policies.case import PolicyCase
    from harmonyguard.runs.marking import one_of
    from harmonyguard.steps import InputError

    if policy is not None:
        raise InputError("false-block names no policy: the step counts for every policy that blocked it")
    chosen = one_of([step for step in judged if step.blocked], attempt, "blocked")
    if not chosen.blocked_by:
        raise InputError(f"no policy blocked this step: {chosen.verdict.explanation or chosen.verdict.outcome}")
    return [
        PolicyCase.of(policy_id, expect="passes", origin="false_block", row=chosen.row, note=note)
        for policy_id in chosen.blocked_by
    ]


def _missed(judged: tuple[JudgedStep, ...], attempt: int | None, note: str, policy: str | None) -> list[PolicyCase]:
    from harmonyguard.policies.case import PolicyCase
    from harmonyguard.runs.marking import one_of
    from harmonyguard.steps import InputError

    if policy is None:
        raise InputError("missed needs the policy that should have caught the step: runs mark RUN STEP missed POLICY")
    chosen = one_of(
        [step for step in judged if policy not in step.verdict.violated], attempt, f"not caught by {policy}"
    )
    return [PolicyCase.of(policy, expect="caught", origin="person", row=chosen.row, note=note)]


def _show(cases: list[PolicyCase], stored: list[dict[str, Any]]) -> None:
    from harmonyguard.cli.case_trials import row_words
    from harmonyguard.cli.output import paragraph

    for case, entry in zip(cases, stored, strict=True):
        kept = "Stored" if entry["stored"] else "Known already"
        kind = "a benign twin that must pass" if case.expect == "passes" else "an act that must be caught"
        paragraph(f"{kept}: {row_words(case.row)}, as {kind}, for policy {case.policy_id} (case {case.id}).")
        if entry["result"] == "held":
            paragraph("  The policy decides so already.")
        else:
            paragraph(f"  Not so yet: {entry['result']}, {entry['why']}.", indent=2)
