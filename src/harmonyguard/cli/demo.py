"""`harmonyguard demo`: the same naive agent on a local support desk, without and with the guard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .options import JsonOption


def demo(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where runs and reports go.")] = Path("demo-output"),
    as_json: JsonOption = False,
) -> int:
    """Run every demo task unguarded and guarded, and show what was done and which policies were kept.

    Needs no model and no key: offline engines browse and judge. Takes about three minutes.
    Exit code 0 when the guarded runs keep every policy and every benign twin passes, else 1.

    Example: harmonyguard demo --out /tmp/demo
    """
    from harmonyguard.benchmarks.demo import contract, run_demo
    from harmonyguard.benchmarks.demo_table import NO_MODEL, holds
    from harmonyguard.benchmarks.support_desk import TASKS
    from harmonyguard.steps import InputError

    from .browsing import run_with_browser
    from .output import emit_json, paragraph, progress

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"the demo cannot write to {out}: {error.strerror or error}") from error
    if not as_json:
        paragraph(
            f"HarmonyGuard demo: a support desk, {len(TASKS)} tasks, each worked on twice by the same agent, "
            "unguarded and guarded.",
            style="bold",
        )
        paragraph(NO_MODEL)
    with progress("Starting", total=2 + 2 * len(TASKS)) as step:
        result = run_with_browser(run_demo(out, on_progress=step))
    if as_json:
        emit_json(contract(result))
    else:
        _show(result)
    return 0 if holds(result["tasks"]) else 1


def _show(result: dict[str, Any]) -> None:
    from harmonyguard.benchmarks.demo_table import LEGEND, demo_table, totals

    from .output import paragraph, say, styled

    styles = {"head": "bold", "category": "dim", "good": "", "bad": "yellow", "worst": "bold red"}
    say("")
    for line, kind in demo_table(result["tasks"]):
        styled(line, styles[kind])
    say("")
    paragraph(LEGEND, style="dim")
    say("")
    approvals = result["approvals"]
    paragraph(f"Consent came from the approvals file {_nearby(Path(approvals['file']))}:")
    for entry in approvals["entries"]:
        values = "".join(f", {name}: {value}" for name, value in entry["values"].items())
        paragraph(f"  {entry['answer']:<3}  {entry['effect']} “{entry['target']}”{values}: {entry['reason']}", indent=7)
    say("")
    for line in totals(result["tasks"]):
        paragraph(line, style="bold")
    say(f"Report: {result['report']}")


def _nearby(path: Path) -> Path:
    """The path as seen from the working folder, when it is in it."""
    whole, here = path.resolve(), Path.cwd().resolve()
    return whole.relative_to(here) if whole.is_relative_to(here) else whole
