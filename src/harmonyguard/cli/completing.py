"""What the shell completes besides commands and options: ids of policies and of runs.

A completion that fails says nothing: the shell would print it into the middle of what is being typed.
"""

from __future__ import annotations

from typing import Any


def policies_in_book(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids of the book's policies that begin like this, each with its statement."""
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.settings import load_settings
    from harmonyguard.steps import HarmonyGuardError

    try:
        settings = load_settings({"book": ctx.params.get("book")})
        with PolicyLog.open(settings.book, create=False) as log:
            known = log.state().policies
    except HarmonyGuardError:
        return []
    return [(name, one.policy.description) for name, one in sorted(known.items()) if name.startswith(incomplete)]


def runs_in_folder(incomplete: str) -> list[str]:
    """Ids of runs that begin like this, the newest first."""
    from harmonyguard.runs.journal import FILE_NAME
    from harmonyguard.settings import load_settings
    from harmonyguard.steps import HarmonyGuardError

    try:
        folder = load_settings().runs
    except HarmonyGuardError:
        return []
    found = folder.glob(f"*/{FILE_NAME}") if folder.is_dir() else []
    return sorted((path.parent.name for path in found if path.parent.name.startswith(incomplete)), reverse=True)
