"""The errors that HarmonyGuard raises, each with the exit code that the command line gives for it."""

from __future__ import annotations

from typing import ClassVar


class HarmonyGuardError(Exception):
    """What was being done, with what, and what to do about it, in one line."""

    exit_code: ClassVar[int] = 3


class InputError(HarmonyGuardError):
    """The caller gave something unusable: a missing file, an unreadable document, a wrong setting."""

    exit_code: ClassVar[int] = 2


class GuardError(HarmonyGuardError):
    """The guard itself could not judge. It is recorded as `error` and handled closed, never as safe."""


class PermitError(GuardError):
    """An action was about to reach the browser without a permit that fits it. Nothing was done."""


class PageChangedError(PermitError):
    """The page is no longer the one that was judged. Nothing was done; look again and judge again."""


class ModelError(GuardError):
    """The model was down, slow, refused, or answered with something that does not fit the schema."""
