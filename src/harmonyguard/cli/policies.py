"""`harmonyguard policies`: what is in force, with its sources and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .options import BookOption, JsonOption

if TYPE_CHECKING:
    from harmonyguard.policies.rule import Rule

policies = typer.Typer(help="Look at the policies in force.", no_args_is_help=True, rich_markup_mode=None)


@policies.command("list")
def list_policies(book: BookOption = None, as_json: JsonOption = False) -> int:
    """All policies in force."""
    from harmonyguard.settings import load_settings

    from .engines import read_book
    from .output import emit_json, print_table, say

    found = read_book(load_settings({"book": book}).book)
    if as_json:
        emit_json({"version": found.version, "policies": [policy.to_json() for policy in found.policies]})
        return 0
    print_table(
        ["policy", "authority", "risk", "compiled", "clause", "source"],
        [(p.id, p.authority, p.risk_level, p.rule.understood, p.clause, p.place) for p in found.policies],
    )
    say(f"{len(found.policies)} policies, book version {found.version[:12]}.")
    return 0


@policies.command("show")
def show(
    policy: Annotated[str, typer.Argument(metavar="POLICY", help="Id of the policy.")],
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """One policy: its clause, where it stands, and the rule made from it."""
    from harmonyguard.settings import load_settings

    from .engines import read_book
    from .output import emit_json, say

    found = read_book(load_settings({"book": book}).book).get(policy)
    if as_json:
        emit_json(found.to_json())
        return 0
    say(f"{found.id}  {found.description}")
    for source in found.sources:
        say(f"  “{source.quote}”\n  {source.place}  (sha256 {source.sha256[:12]})")
    say(
        f"  {found.category}, {found.risk_level} risk, authority {found.authority}, {found.enforcement}, {found.status}"
    )
    if found.references:
        say(f"  violations seen: {len(found.references)}")
    say(f"Rule ({found.rule.understood} compiled):")
    for line in rule_lines(found.rule):
        say(f"  {line}")
    return 0


def rule_lines(rule: Rule) -> list[str]:
    """The rule in lines that people can read."""
    lines = []
    for index, group in enumerate(rule.when):
        terms = " or ".join(("not " if term.negated else "") + term.atom.key for term in group.terms)
        lines.append(f"{'forbids when' if index == 0 else '         and'} {terms}")
    for alternative in rule.unless:
        terms = " and ".join(("not " if term.negated else "") + term.atom.key for term in alternative.terms)
        lines.append(f"unless       {terms}")
    lines += [f"not understood: {words}" for words in rule.remainder]
    return lines
