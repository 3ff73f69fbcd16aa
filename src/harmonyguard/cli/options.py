"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from .completing import policies_in_book, runs_in_folder


def whole_numbers(text: str, option: str) -> list[int]:
    """Whole numbers above 0 with commas between them. Raises InputError."""
    from harmonyguard.steps import InputError

    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and int(part) for part in parts):
        raise InputError(f'{option} takes whole numbers above 0 with commas between them, not "{text}"')
    return [int(part) for part in parts]


class PlainCommand(TyperCommand):
    """A command whose help names arguments without Python's types."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        parameter: Any
        for parameter in self.params:
            if parameter.param_type_name == "argument":
                parameter.display_type_rich = lambda ctx: None
        super().format_options(ctx, formatter)


BookOption = Annotated[
    str | None,
    typer.Option(
        "--book",
        metavar="BOOK",
        help="Policy book: a file or database URL [default: .harmonyguard/policies.db or HARMONYGUARD_BOOK].",
        show_default=False,
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="MODEL",
        help="provider:name or cassette:DIR. Without one, the offline engines work.",
        show_default=False,
    ),
]
PolicyArgument = Annotated[
    str, typer.Argument(metavar="POLICY", help="Id of the policy.", autocompletion=policies_in_book)
]
RunArgument = Annotated[str, typer.Argument(metavar="RUN", help="Id of the run.", autocompletion=runs_in_folder)]
ReasonOption = Annotated[str, typer.Option(metavar="WORDS", help="Why; it is kept in the log.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout and nothing else there.")]
