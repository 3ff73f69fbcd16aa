"""`harmonyguard policies`: what is in force, where it came from, and what people decide about it.

Each command has a file of its own, `policies_*.py`, and one line here.
"""

from __future__ import annotations

from collections.abc import Callable

import typer

from harmonyguard.cli.options import PlainCommand

from .case import add_case
from .contradictions import contradictions
from .decide import accept, reject, retire
from .diff import diff
from .formats import export, import_file
from .handle import exempt, set_handling
from .history import history
from .look import list_policies, show
from .test import try_all
from .verify import verify

policies = typer.Typer(
    help="Look at the policies, decide about them, and check their log.", no_args_is_help=True, rich_markup_mode=None
)

COMMANDS: dict[str, tuple[Callable[..., int], str]] = {
    "list": (list_policies, "The policies in force, proposed or retired."),
    "show": (show, "One policy: clause, place, rule, Cedar, judge."),
    "contradictions": (contradictions, "Policies that cannot both be kept."),
    "history": (history, "Who changed what, and when."),
    "diff": (diff, "What differs between two states of the book."),
    "accept": (accept, "Put a proposal in force."),
    "reject": (reject, "Turn a proposal down."),
    "retire": (retire, "Take a policy out of force for good."),
    "set": (set_handling, "Set owner, enforcement or dates of a policy."),
    "exempt": (exempt, "Stop enforcing a policy for a time."),
    "export": (export, "Write policies to a file."),
    "import": (import_file, "Put the policies of a file into the book."),
    "test": (try_all, "Try every case of the policies."),
    "case": (add_case, "Add acts that a policy must catch, or let pass."),
    "verify": (verify, "Check that nobody changed the log."),
}
for name, (command, summary) in COMMANDS.items():
    policies.command(name, cls=PlainCommand, short_help=summary)(command)
