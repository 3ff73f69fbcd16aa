"""The command line. Each command has its own file and imports what is heavy only when it runs."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `harmonyguard` with `arguments` (default: the process's own) and return the exit code."""
    import sys

    from .running import run

    return run(list(sys.argv[1:] if arguments is None else arguments))
