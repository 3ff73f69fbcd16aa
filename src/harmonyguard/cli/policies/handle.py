"""`harmonyguard policies set` and `exempt`: what people decide beside a policy's text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from harmonyguard.cli.options import BookOption, JsonOption, PolicyArgument, ReasonOption

if TYPE_CHECKING:
    from harmonyguard.policies.changes import Handling

NONE = "none"

Enforcement = Literal["enforce", "warn", "audit"]


def set_handling(
    policy: PolicyArgument,
    owner: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who answers for it; none takes the owner away.")
    ] = None,
    enforcement: Annotated[
        Enforcement | None, typer.Option(help="enforce; warn or audit only record a violation.")
    ] = None,
    effective_from: Annotated[
        str | None, typer.Option("--effective-from", metavar="DATE", help="First day in force (YYYY-MM-DD), or none.")
    ] = None,
    expires: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day in force (YYYY-MM-DD), or none.")
    ] = None,
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """Set owner, enforcement or dates of a policy. New editions of its document leave them as they are.

    Example: harmonyguard policies set p-63962c8f6c72 --owner Finance --enforcement warn --expires 2027-12-31
    """
    from harmonyguard.cli.changing import changed, open_book
    from harmonyguard.cli.engines import actor
    from harmonyguard.settings import load_settings
    from harmonyguard.steps import InputError

    handling: Handling = {}
    if owner is not None:
        handling["owner"] = None if owner == NONE else owner
    if enforcement is not None:
        handling["enforcement"] = enforcement
    if effective_from is not None:
        handling["effective_from"] = _day(effective_from, "--effective-from", NONE)
    if expires is not None:
        handling["expires"] = _day(expires, "--expires", NONE)
    if not handling:
        raise InputError("nothing to set: give --owner, --enforcement, --effective-from or --expires")
    with open_book(load_settings({"book": book}).book) as log:
        events = log.handle(policy, handling, actor=actor())
        return changed(log, policy, events, f"{policy} is set.", as_json=as_json)


def exempt(
    policy: PolicyArgument,
    reason: ReasonOption,
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="Who answers for the exemption.")] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Its last day (YYYY-MM-DD), or `unlimited`.")
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="End the exemption now.")] = False,
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """Stop enforcing a policy for a time. It is still judged, and violations are recorded.

    The exemption ends by itself after its last day. Another one for the same policy takes its place.

    Example: harmonyguard policies exempt p-63962c8f6c72 --owner Finance --reason "goodwill week" --until 2027-03-07
    """
    from harmonyguard.cli.changing import changed, open_book
    from harmonyguard.cli.engines import actor
    from harmonyguard.settings import load_settings
    from harmonyguard.steps import InputError

    if withdraw and (owner is not None or until is not None):
        raise InputError("--withdraw ends an exemption: it takes no --owner and no --until")
    if not withdraw and (owner is None or until is None):
        raise InputError("an exemption needs --owner NAME and --until DATE (or --until unlimited)")
    with open_book(load_settings({"book": book}).book) as log:
        if owner is None or until is None:
            events = log.withdraw_exemption(policy, actor=actor(), reason=reason)
            return changed(log, policy, events, f"The exemption from {policy} has ended.", as_json=as_json)
        end = _day(until, "--until", "unlimited")
        events = log.grant_exemption(policy, actor=actor(), owner=owner, reason=reason, until=end)
        words = "with no end" if end is None else f"up to and with {end}"
        return changed(log, policy, events, f"{policy} is recorded and not enforced, {words}.", as_json=as_json)


def _day(text: str, option: str, no_day: str) -> date | None:
    from harmonyguard.steps import InputError

    if text == no_day:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f'{option} takes a day as YYYY-MM-DD, or {no_day}, not "{text}"') from None
