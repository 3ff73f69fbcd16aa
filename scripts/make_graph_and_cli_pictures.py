"""Makes the pictures of the documentation: the graphs as they are compiled, and what commands print.

    python scripts/make_graph_and_cli_pictures.py MERMAID_JS    (dist/mermaid.min.js of the npm package `mermaid`)

Writes docs/pictures/graph-*.png and cli-*.png. Needs Chromium and no network; look at what it wrote.
"""

from __future__ import annotations

import asyncio
import fcntl
import html
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from harmonyguard.graphs.action_check import build_action_check
from harmonyguard.graphs.guarded_agent import build_guarded_agent
from harmonyguard.graphs.policy_ingestion import build_policy_ingestion
from harmonyguard.web_agent.browser.browser import launch_flags, resolve_browser

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
COLUMNS, ROWS = 80, 200
GRAPHS = {
    "guarded-agent": build_guarded_agent,
    "policy-ingestion": build_policy_ingestion,
    "action-check": build_action_check,
}
COMMANDS = {"init": ["init"], "doctor": ["doctor"], "ingest": ["ingest", "policies"]}
"""In this order and in one folder: what one command writes, the next one reads."""
PICTURED = {"doctor", "ingest"}
THEME = TerminalTheme(
    (250, 250, 252),
    (36, 41, 47),
    [
        (36, 41, 47),
        (179, 36, 36),
        (26, 127, 55),
        (154, 103, 0),
        (9, 105, 218),
        (130, 80, 223),
        (27, 124, 131),
        (87, 96, 106),
    ],
    [
        (87, 96, 106),
        (207, 34, 46),
        (45, 164, 78),
        (191, 135, 0),
        (33, 139, 255),
        (163, 113, 247),
        (49, 146, 170),
        (36, 41, 47),
    ],
)
PAGE = """<!doctype html><meta charset="utf-8"><body style="margin:0;display:inline-block;background:{background}">
<div id="picture" style="padding:16px 20px;display:inline-block">{inside}</div>"""


async def main(mermaid: Path) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    printed = {name: what_is_printed(words) for name, words in commands_in_a_new_folder() if name in PICTURED}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=resolve_browser(playwright.chromium), args=launch_flags()
        )
        for name, build in GRAPHS.items():
            await draw(browser, mermaid, build().get_graph().draw_mermaid(), PICTURES / f"graph-{name}.png")
        for name, inside in printed.items():
            await photograph(browser, PAGE.format(background="#fafafc", inside=inside), PICTURES / f"cli-{name}.png")
        await browser.close()


def commands_in_a_new_folder() -> list[tuple[str, str]]:
    """What each command prints to a terminal, with its prompt, as ANSI text."""
    shown = []
    with tempfile.TemporaryDirectory(prefix="agent-guard-") as folder:
        for name, words in COMMANDS.items():
            line = " ".join(["$ harmonyguard", *words])
            shown.append((name, f"\x1b[1m{line}\x1b[0m\n{in_a_terminal(words, folder)}"))
    return shown


def in_a_terminal(words: list[str], folder: str) -> str:
    """The output of `harmonyguard` with these words, on a terminal of 80 columns."""
    reading, writing = pty.openpty()
    fcntl.ioctl(writing, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    command = [str(Path(sys.executable).with_name("harmonyguard")), *words]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
    with subprocess.Popen(  # noqa: S603
        command, cwd=folder, env=environment, stdin=writing, stdout=writing, stderr=subprocess.DEVNULL
    ) as process:
        os.close(writing)
        parts = []
        while True:
            try:
                part = os.read(reading, 65536)
            except OSError:  # the other end is closed: everything was read
                break
            if not part:
                break
            parts.append(part)
        process.wait()
    os.close(reading)
    # The folder of this run is nobody's: docs name one that reads well.
    return b"".join(parts).decode().replace("\r\n", "\n").replace(folder, "/home/you/agent-guard").rstrip()


def what_is_printed(ansi: str) -> str:
    """ANSI text as HTML."""
    console = Console(width=COLUMNS, record=True, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115, PTH123
    console.print(Text.from_ansi(ansi), soft_wrap=True)
    style = "margin:0;font:14px/1.35 'DejaVu Sans Mono',monospace"
    return console.export_html(theme=THEME, inline_styles=True, code_format=f'<pre style="{style}">{{code}}</pre>')


async def draw(browser: Browser, mermaid: Path, text: str, path: Path) -> None:
    """Render Mermaid text to a PNG."""
    inside = f'<pre class="mermaid">{html.escape(text)}</pre>'
    page = await browser.new_page(device_scale_factor=2, viewport={"width": 1200, "height": 900})
    await page.set_content(PAGE.format(background="#ffffff", inside=inside))
    await page.add_script_tag(path=mermaid)
    await page.evaluate("async () => { mermaid.initialize({startOnLoad: false}); await mermaid.run(); }")
    await page.locator("#picture svg").screenshot(path=path)
    await page.close()


async def photograph(browser: Browser, content: str, path: Path) -> None:
    """Write a PNG of a small page."""
    page = await browser.new_page(device_scale_factor=1.5, viewport={"width": 1200, "height": 900})
    await page.set_content(content)
    await page.locator("#picture").screenshot(path=path)
    await page.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    asyncio.run(main(Path(sys.argv[1])))
