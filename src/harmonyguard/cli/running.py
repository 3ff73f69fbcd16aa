"""Runs a command and turns whatever it ends with into one line and an exit code.

0 done · 1 a violation was stopped or found · 2 bad input or configuration · 3 guard error, handled closed · 130 Ctrl-C
"""

from __future__ import annotations

import os
import sys
import traceback

import typer

INTERRUPTED = 130


class Interrupted(Exception):
    """Ctrl-C, with one line that says what to do to go on."""


def run(arguments: list[str]) -> int:
    """The exit code of `harmonyguard` with these arguments. Messages go to stderr."""
    from .app import app
    from .output import QUIET

    # These two may stand anywhere: who adds one to a command that failed adds it at the end.
    verbose, quiet = "--verbose" in arguments, "--quiet" in arguments
    rest = [argument for argument in arguments if argument not in ("--verbose", "--quiet")]
    QUIET.set(quiet)
    try:
        # Typer gives back what the command returned, or the code of an early exit.
        code = app(rest, prog_name="harmonyguard", standalone_mode=False)
        sys.stdout.flush()
    except (typer.Abort, KeyboardInterrupt, Interrupted) as interrupt:
        return _say(str(interrupt) or "interrupted", INTERRUPTED)
    except typer.TyperException as error:
        return _say(error.format_message(), error.exit_code)
    except BrokenPipeError:
        # The reader went away (`| head`). Nothing more can be said on stdout, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 (the outermost boundary: nothing goes on after it)
        return _explain(error, verbose)
    if code == INTERRUPTED:
        return _say("interrupted", INTERRUPTED)
    return code if isinstance(code, int) else 0


def _explain(error: Exception, verbose: bool) -> int:
    from harmonyguard.steps import HarmonyGuardError

    if verbose:
        traceback.print_exception(error)
    if isinstance(error, HarmonyGuardError):
        return _say(str(error), error.exit_code)
    hint = "" if verbose else " (--verbose shows where)"
    return _say(f"unexpected {type(error).__name__}: {error}{hint}", HarmonyGuardError.exit_code)


def _say(words: str, code: int) -> int:
    from harmonyguard.runs.printable import one_line

    typer.echo(f"harmonyguard: {one_line(words)}", err=True)
    return code
