"""`harmonyguard policies`: what is in force, with its sources and rules."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import BookOption, JsonOption, PlainCommand
from .policies_formats import register

policies = typer.Typer(help="Look at the policies in force.", no_args_is_help=True, rich_markup_mode=None)
register(policies)


@policies.command("list", cls=PlainCommand)
def list_policies(book: BookOption = None, as_json: JsonOption = False) -> int:
    """All policies in force."""
    from harmonyguard.settings import load_settings

    from .engines import read_book
    from .output import counted, emit_json, print_table, say

    found = read_book(load_settings({"book": book}).book)
    if as_json:
        emit_json({"version": found.version, "policies": [policy.to_json() for policy in found.policies]})
        return 0
    mixed = len({policy.authority for policy in found.policies}) > 1
    print_table(
        ["policy", *(["authority"] if mixed else []), "risk", "compiled", "clause", "source"],
        [
            (p.id, *([p.authority] if mixed else []), p.risk_level, p.rule.understood, p.clause, p.place)
            for p in found.policies
        ],
    )
    authority = "" if mixed else f", all on the authority of the {found.policies[0].authority}"
    say(f"{counted(len(found.policies), 'policy', 'policies')}{authority}. Book version {found.version[:12]}.")
    return 0


@policies.command("show", cls=PlainCommand, short_help="One policy: clause, place, rule, Cedar, judge.")
def show(
    policy: Annotated[str, typer.Argument(metavar="POLICY", help="Id of the policy.")],
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """One policy: its clause, where it stands, the rule made from it, and what is left to the judge.

    Example: harmonyguard policies show p-63962c8f6c72
    """
    from harmonyguard.settings import load_settings

    from .engines import read_book
    from .output import emit_json, paragraph, styled
    from .policy_words import policy_lines

    found = read_book(load_settings({"book": book}).book).get(policy)
    if as_json:
        emit_json(found.to_json())
        return 0
    for line in policy_lines(found):
        paragraph(line.text, indent=line.indent, style=line.style) if line.wraps else styled(line.text, line.style)
    return 0
