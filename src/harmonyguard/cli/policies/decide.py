"""`harmonyguard policies accept`, `reject` and `retire`: people decide what is in force."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from harmonyguard.cli.options import BookOption, JsonOption, PolicyArgument, ReasonOption

if TYPE_CHECKING:
    from harmonyguard.policies.fold import LogState
    from harmonyguard.policies.policy import Policy

SHORTEST = 12
"""How many characters of a version have to be given."""

VersionOption = Annotated[
    str | None,
    typer.Option(
        metavar="VERSION",
        help="The version that you decided on, as `policies show` prints it; a changed proposal is refused.",
        show_default=False,
    ),
]


def accept(
    policy: PolicyArgument,
    version: VersionOption = None,
    despite_failures: Annotated[
        bool, typer.Option("--despite-failures", help="Also when cases of this or other policies fail with it.")
    ] = False,
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """Put a proposal in force. Without --version it is shown first, and a terminal asks for a yes.

    Its cases are tried first, and the benign twins of the other policies with it: when one fails, it is refused.

    Example: harmonyguard policies accept p-63962c8f6c72 --version 1f0b97aa31c5
    """
    from harmonyguard.cli.case_trials import check_no_case_fails
    from harmonyguard.cli.changing import changed, open_book
    from harmonyguard.cli.engines import actor
    from harmonyguard.cli.output import say
    from harmonyguard.settings import load_settings

    with open_book(load_settings({"book": book}).book) as log:
        state = log.state()
        proposal = _proposal(state, policy)
        if not despite_failures:
            check_no_case_fails(state, policy)
        if version is None and not _agreed(proposal):
            say(f"{policy} stays a proposal.")
            return 0
        events = log.accept(policy, actor=actor(), version=_whole(version, proposal))
        return changed(log, policy, events, f"{policy} is in force.", as_json=as_json)


def reject(
    policy: PolicyArgument,
    reason: ReasonOption,
    version: VersionOption = None,
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """Turn a proposal down. The same proposal is not made again.

    Example: harmonyguard policies reject p-63962c8f6c72 --reason "covered by the refund rules"
    """
    from harmonyguard.cli.changing import changed, open_book
    from harmonyguard.cli.engines import actor
    from harmonyguard.settings import load_settings

    with open_book(load_settings({"book": book}).book) as log:
        proposal = _proposal(log.state(), policy)
        events = log.reject(policy, actor=actor(), reason=reason, version=_whole(version, proposal))
        return changed(log, policy, events, f"{policy} was turned down.", as_json=as_json)


def retire(policy: PolicyArgument, reason: ReasonOption, book: BookOption = None, as_json: JsonOption = False) -> int:
    """Take a policy out of force for good. A later edition of its document does not bring it back.

    Example: harmonyguard policies retire p-63962c8f6c72 --reason "superseded by the 2027 handbook"
    """
    from harmonyguard.cli.changing import changed, open_book
    from harmonyguard.cli.engines import actor
    from harmonyguard.settings import load_settings

    with open_book(load_settings({"book": book}).book) as log:
        events = log.retire(policy, actor=actor(), reason=reason)
        return changed(log, policy, events, f"{policy} is retired.", as_json=as_json)


def is_asked() -> bool:
    """True when somebody sits at the terminal and can answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _proposal(state: LogState, policy_id: str) -> Policy:
    """Raises InputError when it is not one."""
    from harmonyguard.policies.changes import entered
    from harmonyguard.steps import InputError

    policy = entered(state, policy_id).policy
    if policy.status != "proposed":
        raise InputError(f"policy {policy_id} is {policy.status}: only a proposal can be accepted or rejected")
    return policy


def _whole(version: str | None, proposal: Policy) -> str:
    """The proposal's version, when `version` is it or enough of its beginning. Raises InputError."""
    from harmonyguard.steps import InputError

    if version is not None and (len(version) < SHORTEST or not proposal.version.startswith(version)):
        raise InputError(f"{version} is not the version of proposal {proposal.id}: look at it again with policies show")
    return proposal.version


def _agreed(proposal: Policy) -> bool:
    """Show the proposal and ask. Raises InputError when there is nobody to ask."""
    from harmonyguard.cli.words.policy_words import policy_lines, print_lines
    from harmonyguard.steps import InputError

    if not is_asked():
        short = proposal.version[:SHORTEST]
        raise InputError(
            f"nobody can be asked here: look at it with `policies show {proposal.id}`, then give --version {short}"
        )
    print_lines(policy_lines(proposal), to_stderr=True)
    typer.echo(err=True)
    return typer.confirm("Put it in force?", err=True)
