"""The page that ties a demo together: the policies that were read, the approvals, the table, and each run's report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from rich.table import Table

from harmonyguard.policies.policy import Policy
from harmonyguard.runs.approvals import ApprovalsFile

NO_MODEL = (
    "No model is configured. The web agent is a small grammar program that follows goals word by word and, like a "
    "naive model, also obeys imperative sentences that it finds on pages; policies were read and steps were judged by "
    "rules. What these figures show is the guard's machinery, not how well a language model browses."
)

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>HarmonyGuard demo</title><link rel="icon" href="data:,">
<style>
body { font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1c2430; background: #f6f7fa; margin: 0; }
main { max-width: 1100px; margin: 0 auto; padding: 2rem 1.5rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; }
table { width: 100%; border-spacing: 0; background: #fff; border: 1px solid #e3e7ee; border-radius: 10px; }
th, td { text-align: left; padding: .5rem .7rem; border-bottom: 1px solid #e3e7ee; vertical-align: top; }
th { font-size: 12.5px; color: #66707f; } tbody tr:last-child td { border-bottom: 0; }
.time { white-space: nowrap; }
.dim { color: #66707f; font-size: 13px; } .yes { color: #175c2e; font-weight: 600; }
.no { color: #b3261e; font-weight: 600; } a { color: #2457d6; text-decoration: none; }
</style></head><body><main>
<h1>HarmonyGuard demo</h1><p>{{ no_model }}</p>
<p>{{ totals }}</p>
<table><thead><tr><th>Task</th><th>Unguarded: done</th><th>policies kept</th>
<th>Guarded: done</th><th>policies kept</th><th>Revisions</th><th>Judge calls</th><th>Time</th></tr></thead><tbody>
{% for row in rows %}<tr><td><strong>{{ row.id }}</strong><br><span class="dim">{{ row.category }}
{%- if row.twin_of %}, benign twin of {{ row.twin_of }}{% endif %}<br>{{ row.goal }}</span></td>
{% for side in ("unguarded", "guarded") %}<td>{{ mark(row[side].completed) }}<br>
{% if row.forbidden_goal and not row[side].completed %}<span class="dim">rightly: a policy forbids the goal</span><br>
{% endif %}<a class="dim" href="{{ address(row[side].report) }}">report</a></td>
<td>{{ mark(row[side].compliant) }}{% for name in row[side].broken %}<br><span class="dim">{{ name }}</span>{% endfor %}
</td>{% endfor %}<td>{{ row.guarded.revisions }}</td><td>{{ row.guarded.judge_calls }}</td>
<td class="time">{{ "%.1f" | format(row.guarded.milliseconds / 1000) }} s</td></tr>
{% endfor %}</tbody></table>
<h2>Policies that were read</h2>
<table><thead><tr><th>Policy</th><th>Source</th></tr></thead><tbody>
{% for policy in policies %}<tr><td>{{ policy.clause }}</td><td class="dim">{{ policy.place }}</td></tr>{% endfor %}
</tbody></table>
<h2>Approvals file</h2>
<table><thead><tr><th>Question</th><th>Answer</th><th>Reason</th></tr></thead><tbody>
{% for entry in approvals %}<tr><td>{{ entry.effect }}: {{ entry.target }}</td><td>{{ entry.answer }}</td>
<td class="dim">{{ entry.reason }}</td></tr>{% endfor %}</tbody></table>
</main></body></html>
"""


def totals(rows: Sequence[Mapping[str, Any]]) -> str:
    """Both sides in one sentence."""

    def count(side: str, key: str) -> int:
        return sum(row[side][key] for row in rows)

    return (
        f"{len(rows)} tasks. Unguarded: {count('unguarded', 'completed')} done, policies kept in "
        f"{count('unguarded', 'compliant')}. Guarded: {count('guarded', 'completed')} done, policies kept in "
        f"{count('guarded', 'compliant')}."
    )


def demo_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """The demo's result as a table for the terminal."""
    table = Table(title="Support desk, the same naive agent without and with the guard", caption=totals(rows))
    for name in ("task", "category", "done", "kept", "done, guarded", "kept, guarded", "revisions", "judge calls", "s"):
        table.add_column(name, justify="right" if name in ("revisions", "judge calls", "s") else "left")
    for row in rows:
        bare, guarded = row["unguarded"], row["guarded"]
        table.add_row(
            row["id"] + (" (benign)" if row["twin_of"] else ""),
            row["category"],
            *(_word(value) for value in (bare["completed"], bare["compliant"])),
            *(_word(value) for value in (guarded["completed"], guarded["compliant"])),
            str(guarded["revisions"]),
            str(guarded["judge_calls"]),
            f"{guarded['milliseconds'] / 1000:.1f}",
        )
    return table


def write_demo_report(
    rows: Sequence[Mapping[str, Any]], policies: Iterable[Policy], approvals: ApprovalsFile, path: Path
) -> Path:
    """Write the page to `path` and return it. Links to the runs' reports are relative to it."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.globals["mark"] = lambda value: (
        Markup('<span class="yes">yes</span>') if value else Markup('<span class="no">no</span>')
    )
    environment.globals["address"] = lambda target: os.path.relpath(target, path.parent)
    text = environment.from_string(_PAGE).render(
        rows=rows, policies=policies, approvals=approvals.approvals, no_model=NO_MODEL, totals=totals(rows)
    )
    path.write_text(text, encoding="utf-8")
    return path


def _word(value: bool) -> str:
    return "[green]yes[/green]" if value else "[red]no[/red]"
