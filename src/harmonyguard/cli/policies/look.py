"""`harmonyguard policies list` and `show`: what is in force, proposed or retired, with sources and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from harmonyguard.cli.options import BookOption, JsonOption, PolicyArgument

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from harmonyguard.policies.book import PolicyBook
    from harmonyguard.policies.fold import LogState
    from harmonyguard.policies.policy import Policy

Shown = Literal["active", "proposed", "retired", "all"]


def list_policies(
    status: Annotated[Shown, typer.Option(help="Which ones; active: those in force today.")] = "active",
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """The policies in force today; with --status the proposed or retired ones, or all that the log ever held.

    Example: harmonyguard policies list --status proposed
    """
    from harmonyguard.cli.engines import no_policies, shown_book
    from harmonyguard.cli.output import counted, emit_json, say
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.settings import load_settings

    place = load_settings({"book": book}).book
    with PolicyLog.open(place, create=False) as log:
        state = log.state()
    in_force = state.book()
    if status == "active" and not in_force.policies:
        raise no_policies(place)
    found = _chosen(state, in_force, status)
    if as_json:
        emit_json(
            {
                "version": in_force.version,
                "policies": [policy.to_json() for policy in found],
                "exemptions": [exemption.to_json() for exemption in in_force.exemptions],
            }
        )
        return 0
    if not found:
        say(f"The policy book {shown_book(place)} holds no {status} policies.")
        return 0
    _print(found, in_force, status)
    authority = "" if _mixed(found) else f", all on the authority of the {found[0].authority}"
    say(f"{counted(len(found), 'policy', 'policies')}{authority}. Book version {in_force.version[:12]}.")
    return 0


def show(policy: PolicyArgument, book: BookOption = None, as_json: JsonOption = False) -> int:
    """One policy, in force or not: its clause, where it stands, the rule made from it, and what is left to the judge.

    Example: harmonyguard policies show p-63962c8f6c72
    """
    from harmonyguard.cli.output import emit_json, say
    from harmonyguard.cli.words.contradiction_words import contradiction_lines
    from harmonyguard.cli.words.policy_words import policy_lines, print_lines
    from harmonyguard.policies.changes import entered
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.policy_agent import find_contradictions
    from harmonyguard.settings import load_settings

    with PolicyLog.open(load_settings({"book": book}).book, create=False) as log:
        state = log.state()
    written = entered(state, policy).policy
    in_force = state.book()
    exemption = in_force.exemption(policy)
    by_id = {one.id: one for one in in_force.policies} | {policy: written}
    against = [one for one in find_contradictions(by_id.values()) if policy in (one.first, one.second)]
    if as_json:
        more = {
            "version": written.version,
            "exemption": None if exemption is None else exemption.to_json(),
            "contradictions": [one.to_json() for one in against],
        }
        emit_json({**written.to_json(), **more})
        return 0
    print_lines(policy_lines(written, exemption))
    for one in against:
        say("")
        print_lines(contradiction_lines(one, by_id))
    return 0


def _chosen(state: LogState, in_force: PolicyBook, status: Shown) -> Sequence[Policy]:
    if status == "active":
        return in_force.policies
    held = {policy_id: entered.policy for policy_id, entered in state.policies.items()}
    held |= {policy.id: policy for policy in in_force.policies}
    return [held[i] for i in sorted(held) if status in ("all", held[i].status)]


def _print(found: Sequence[Policy], in_force: PolicyBook, status: Shown) -> None:
    from harmonyguard.cli.output import print_table
    from harmonyguard.cli.words.policy_words import handling_words, status_words

    columns: dict[str, Callable[[Policy], object]] = {
        "policy": lambda p: p.id,
        "status": lambda p: status_words(p) if status == "all" else None,
        "authority": lambda p: p.authority if _mixed(found) else None,
        "risk": lambda p: p.risk_level,
        "compiled": lambda p: p.rule.understood,
        "clause": lambda p: p.clause,
        "source": lambda p: p.place,
        "handling": lambda p: handling_words(p, in_force.exemption(p.id)) or None,
    }
    cells = {name: [of(policy) for policy in found] for name, of in columns.items()}
    shown = {name: ["" if cell is None else cell for cell in of] for name, of in cells.items() if any(of)}
    print_table([*shown], list(zip(*shown.values(), strict=True)))


def _mixed(found: Sequence[Policy]) -> bool:
    return len({policy.authority for policy in found}) > 1
