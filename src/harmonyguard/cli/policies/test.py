"""`harmonyguard policies test`: every act that a policy must catch, and every one that it must let pass, is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from harmonyguard.cli.options import BookOption, JsonOption, ModelOption

if TYPE_CHECKING:
    from harmonyguard.integrations.policy_cases import PolicyTest


def try_all(
    policies: Annotated[
        list[str] | None,
        typer.Argument(metavar="POLICY", help="Ids of policies; proposals can be named too.", show_default=False),
    ] = None,
    book: BookOption = None,
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> int:
    """Try every case: acts that must be caught, and benign twins that must pass.

    Cases come from the text of each policy, from violations that were seen, from people, and from blocks that were
    marked as wrong. A policy that stays undecided is reported as such: without a model that is no failure and no
    proof. Exit code 1 when a case failed.

    Example: harmonyguard policies test p-63962c8f6c72
    """
    import asyncio

    from harmonyguard.cli.case_trials import policies_to_try, try_cases
    from harmonyguard.cli.engines import make_utility_agent, shown_book
    from harmonyguard.cli.output import emit_json, note
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.settings import load_settings

    settings = load_settings({"book": book, "model": model})
    judge = make_utility_agent(settings).judge
    with PolicyLog.open(settings.book, create=False) as log:
        state = log.state()
    chosen = policies_to_try(state, policies or [])
    if not chosen:
        note(f"the policy book {shown_book(settings.book)} holds no policies in force")
    tests = asyncio.run(try_cases(chosen, state, judge=judge))
    if as_json:
        emit_json(_document(tests, state.book().version, judge.name))
    else:
        _show(tests)
    return 1 if any(test.failed for test in tests) else 0


def _document(tests: list[PolicyTest], version: str, judge: str) -> dict[str, Any]:
    return {
        "version": version,
        "judge": judge,
        **_counts(tests),
        "policies": [{"id": test.policy_id, "missing": test.missing, "cases": _cases(test)} for test in tests],
    }


def _cases(test: PolicyTest) -> list[dict[str, Any]]:
    return [result.model_dump(mode="json", exclude={"policy_id"}) for result in test.results]


def _counts(tests: list[PolicyTest]) -> dict[str, int]:
    results = [result.result for test in tests for result in test.results]
    return {name: results.count(name) for name in ("held", "failed", "undecided")}


def _show(tests: list[PolicyTest]) -> None:
    from harmonyguard.cli.case_trials import origin_words, row_words
    from harmonyguard.cli.output import counted, paragraph, print_table, say

    rows = [
        (r.policy_id, r.result, f"{row_words(r.row)} ({origin_words(r)})", r.expect, r.why)
        for wanted in ("failed", "undecided")
        for test in tests
        for r in test.results
        if r.result == wanted
    ]
    if rows:
        print_table(["policy", "result", "act", "expected", "why"], rows)
    without = [test for test in tests if not any(result.expect == "caught" for result in test.results)]
    if without:
        say("")
        say("No act that must be caught:")
        for test in without:
            paragraph(f"  {test.policy_id}  {test.missing}", indent=4)
    counts = _counts(tests)
    both = sum({result.expect for result in test.results} == {"caught", "passes"} for test in tests)
    cases = counted(sum(counts.values()), "case")
    if rows or without:
        say("")
    paragraph(
        f"{cases} of {counted(len(tests), 'policy', 'policies')}: {counts['held']} held, {counts['failed']} failed, "
        f"{counts['undecided']} undecided. {both} of {len(tests)} policies have cases of both kinds."
    )
