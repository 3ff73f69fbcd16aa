"""The cases of policies tried for commands: whenever the book changes, before a proposal is accepted, when asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from harmonyguard.steps import InputError

if TYPE_CHECKING:
    from harmonyguard.integrations.policy_cases import CaseResult, PolicyTest
    from harmonyguard.policies.fold import LogState
    from harmonyguard.policies.policy import Policy
    from harmonyguard.policies.rule import Rule
    from harmonyguard.utility_agent.judge.judge import Judge


def policies_to_try(state: LogState, ids: Sequence[str]) -> list[Policy]:
    """The policies in force, or those named, proposals included. Raises InputError for one that is not there."""
    if not ids:
        return list(state.book().policies)
    unknown = [identity for identity in ids if identity not in state.policies]
    if unknown:
        raise InputError(f"the policy book holds no policy {', '.join(unknown)}")
    return [state.policies[identity].policy for identity in dict.fromkeys(ids)]


async def try_cases(policies: Sequence[Policy], state: LogState, *, judge: Judge | None = None) -> list[PolicyTest]:
    """Try the cases of `policies`, with a progress bar."""
    from harmonyguard.integrations.policy_cases import try_policies

    from .output import progress

    found: list[PolicyTest] = []
    with progress("Trying cases", total=len(policies)) as step:
        async for test in try_policies(policies, state.cases, judge=judge):
            found.append(test)
            step(test.policy_id)
    return found


@contextmanager
def cases_tried(book: str) -> Iterator[None]:
    """Put it around whatever changes the book at this path or URL: what was added or revised is tried afterwards.

    The recorded benign twins of all policies are tried with it. Offline; every case that fails is a warning on
    stderr. A change that raises is not followed by anything.
    """
    import asyncio

    before = _in_force(book)
    yield
    state = _state(book)
    if state is None:
        return
    changed = [policy for policy in state.book().policies if before.get(policy.id) != policy.rule]
    for result in asyncio.run(_failing(changed, state)) if changed else ():
        warn(result)


async def _failing(changed: Sequence[Policy], state: LogState) -> tuple[CaseResult, ...]:
    from harmonyguard.integrations.policy_cases import newly_blocked

    failed = [result for test in await try_cases(changed, state) for result in test.failed]
    return (*failed, *await newly_blocked(changed, state.cases))


def check_no_case_fails(state: LogState, policy_id: str) -> None:
    """Raise InputError, after saying which, when cases would fail if this proposal were in force.

    Its own cases, and the recorded benign twins of other policies that it would block. Offline.
    """
    import asyncio

    from .output import counted

    failed = asyncio.run(_failing(policies_to_try(state, [policy_id]), state))
    for result in failed:
        warn(result)
    if failed:
        raise InputError(
            f"{counted(len(failed), 'case')} would fail with {policy_id} in force: change the proposal, reject it, or"
            " accept it with --despite-failures"
        )


def _in_force(book: str) -> dict[str, Rule]:
    state = _state(book)
    return {} if state is None else {policy.id: policy.rule for policy in state.book().policies}


def _state(book: str) -> LogState | None:
    """All that the log says; None when there is no book yet."""
    from harmonyguard.policies.log import PolicyLog

    try:
        with PolicyLog.open(book, create=False) as log:
            return log.state()
    except InputError:
        return None


def warn(result: CaseResult) -> None:
    """Say on stderr that a case failed."""
    from .output import aside

    expected = "must be caught" if result.expect == "caught" else "must pass"
    case = f"{result.policy_id}: {row_words(result.row)} {expected} ({origin_words(result)})"
    aside(f"warning: {case}: {result.why}", indent=4)


def origin_words(result: CaseResult) -> str:
    """Where the case comes from, with its note."""
    origins = {
        "text": "from its text",
        "violation": "a violation that was seen",
        "person": "given by a person",
        "false_block": "a block that was wrong",
    }
    return f"{origins[result.origin]}: {result.note}" if result.note else origins[result.origin]


def row_words(row: dict[str, Any]) -> str:
    """The act of a row in a few words: `click "Delete ticket"`."""
    action = row.get("action")
    if not isinstance(action, dict):
        return "an act that cannot be read"
    target = str(action.get("element_text") or action.get("target_url") or action.get("raw") or "")
    value = action.get("value")
    named = f' "{_short(target)}"' if target else ""
    told = "" if value is None else f' with "{_short(str(value))}"'
    return f"{action.get('type', 'act')}{named}{told}"


def _short(words: str, most: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1]}\N{HORIZONTAL ELLIPSIS}"
