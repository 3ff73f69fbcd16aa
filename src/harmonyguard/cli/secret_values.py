"""Asks for the value of a secret at the terminal, without showing what is typed."""

from __future__ import annotations

import asyncio
import sys
from getpass import getpass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harmonyguard.steps import Secret


async def ask_for_secret(secret: Secret) -> str | None:
    """The value, or None without a terminal to ask at. It is kept in memory and nowhere else."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    question = f"Value of the secret {secret.name} (for {', '.join(secret.hosts)}): "
    try:
        return await asyncio.to_thread(getpass, question, sys.stderr) or None
    except EOFError:
        return None
