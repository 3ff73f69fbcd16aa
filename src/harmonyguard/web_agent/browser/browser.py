"""Which Chromium to start, and how: used by sessions, by `doctor` and by the set-up."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.async_api import BrowserType

from harmonyguard.steps import InputError

BROWSER_VARIABLE = "HARMONYGUARD_BROWSER"
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

LAUNCH_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--dns-prefetch-disable",
    "--no-default-browser-check",
    "--no-first-run",
    # WebRTC would otherwise send UDP past the filtering proxy.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)


def find_browser() -> str | None:
    """Path of the Chromium to use: `HARMONYGUARD_BROWSER`, else one on PATH, else None (Playwright's own).

    Raises InputError when the variable names a file that is not there or cannot be run.
    """
    named = os.environ.get(BROWSER_VARIABLE)
    if named:
        path = shutil.which(named)
        if path is None:
            raise InputError(f"{BROWSER_VARIABLE} names {named!r}, which is not a program that can be run")
        return path
    return next((path for name in SYSTEM_BROWSERS if (path := shutil.which(name)) is not None), None)


def resolve_browser(chromium: BrowserType) -> str | None:
    """Path to launch: what `find_browser` gives; None when Playwright's own Chromium is there.

    Raises InputError when there is no browser at all.
    """
    found = find_browser()
    if found is None and not Path(chromium.executable_path).exists():
        raise InputError(
            "no Chromium found: install one (package `chromium`, or `playwright install chromium`), "
            f"or name it in {BROWSER_VARIABLE}"
        )
    return found


def launch_flags() -> list[str]:
    """Command-line flags for Chromium. Its own sandbox cannot start for root, so root goes without."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*LAUNCH_FLAGS, *(["--no-sandbox"] if is_root else [])]
