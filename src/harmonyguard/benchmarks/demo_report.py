"""The page that ties a demo together: the table, each run's report, the approvals, and the policies that were read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from harmonyguard.policies.policy import Policy
from harmonyguard.runs.approvals import ApprovalsFile

from .demo_table import NO_MODEL, refused, totals

_STYLE = """
:root { color-scheme: light dark; --paper: #f7f6f3; --card: #fff; --ink: #22262b; --soft: #636a73; --line: #e3e1db;
  --good: #2f7d5b; --bad: #ab3b35; --link: #2c6a97; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --card: #1e2125; --ink: #e6e4df; --soft: #9aa1aa;
  --line: #32363c; --good: #7cc7a2; --bad: #ee918a; --link: #86bce6; } }
* { box-sizing: border-box; }
body { font: 15px/1.5 ui-sans-serif, system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: var(--ink);
  background: var(--paper); margin: 0; overflow-wrap: anywhere; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem clamp(1rem, 3vw, 2rem) 3rem; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; }
p { max-width: 80ch; margin: 0 0 .6rem; } ul { margin: 0 0 1.2rem; padding-left: 1.2rem; }
table { width: 100%; border-spacing: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
th, td { text-align: left; padding: .55rem .7rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-size: .8rem; color: var(--soft); font-weight: 600; } tbody tr:last-child td { border-bottom: 0; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.number { text-align: right; white-space: nowrap; }
td.task { min-width: 16rem; } tr.twin td.task { padding-left: 1.9rem; }
.side { width: 7.5rem; border-left: 1px solid var(--line); } .kept { width: 8rem; }
.dim { color: var(--soft); font-size: .85rem; display: block; } .yes { color: var(--good); font-weight: 600; }
.no { color: var(--bad); font-weight: 600; } a { color: var(--link); }
.chip { display: inline-block; border: 1px solid var(--line); border-radius: 5px; padding: 0 .4rem; font-size: .78rem;
  color: var(--soft); white-space: nowrap; }
@media (max-width: 48rem) {
  table.runs thead { position: absolute; left: -100vw; }
  table.runs tr { display: grid; grid-template-columns: 1fr 1fr; padding: .6rem 0;
    border-bottom: 1px solid var(--line); }
  table.runs td { border: 0; padding: .25rem .8rem; width: auto; text-align: left; }
  table.runs td.task { grid-column: 1 / -1; min-width: 0; }
  table.runs td[data-name]::before { content: attr(data-name) ": "; color: var(--soft); font-size: .85rem; }
}
"""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>HarmonyGuard demo</title><link rel="icon" href="data:,"><style>{{ style }}</style></head><body><main>
<h1>HarmonyGuard demo</h1>
<p>A support desk, {{ rows | length }} tasks, each worked on twice by the same agent: without the guard and with it.</p>
<p>{{ no_model }}</p>
<ul>{% for line in totals %}<li>{{ line }}</li>{% endfor %}</ul>
<table class="runs"><thead><tr><th rowspan="2">Task</th><th colspan="2" class="side">Unguarded</th>
<th colspan="5" class="side">Guarded</th></tr>
<tr><th class="side">done</th><th>policies kept</th><th class="side">done</th><th>policies kept</th>
<th class="number">revisions</th><th class="number">judge calls</th><th class="number">time</th></tr></thead><tbody>
{% for row in rows %}<tr{% if row.twin_of %} class="twin"{% endif %}><td class="task"><strong>{{ row.id }}</strong>
<span class="chip">{{ row.category }}</span>
{%- if row.twin_of %} <span class="chip">benign twin of {{ row.twin_of }}: must pass</span>{% endif %}
{%- if row.forbidden_goal %} <span class="chip">its goal is forbidden: rightly left undone</span>{% endif %}
<span class="dim">{{ row.goal }}</span></td>
{% for side in ("unguarded", "guarded") %}<td class="side" data-name="{{ side }}, done">
{%- if row[side].completed %}<span class="{{ 'no' if row.forbidden_goal else 'yes' }}">yes</span>
{%- elif refused(row, side) %}<span class="yes">rightly refused</span>{% else %}<span class="no">no</span>{% endif %}
<a class="dim" href="{{ address(row[side].report) }}">report</a></td>
<td class="kept" data-name="{{ side }}, kept">
{%- if row[side].compliant %}<span class="yes">yes</span>{% else %}<span class="no">no</span>{% endif %}
{%- for name in row[side].broken %}<span class="dim">{{ name }}</span>{% endfor %}</td>{% endfor %}
<td class="number" data-name="revisions">{{ row.guarded.revisions }}</td>
<td class="number" data-name="judge calls">{{ row.guarded.judge_calls }}</td>
<td class="number" data-name="time">{{ "%.1f" | format(row.guarded.milliseconds / 1000) }} s</td></tr>
{% endfor %}</tbody></table>
<h2>Approvals file: where consent came from</h2>
<table><thead><tr><th>Question</th><th>Answer</th><th>Reason</th></tr></thead><tbody>
{% for entry in approvals %}<tr><td>{{ entry.effect }}: {{ entry.target }}
{%- for name, value in entry["values"].items() %}<span class="dim">{{ name }}: {{ value }}</span>{% endfor %}</td>
<td><span class="{{ entry.answer }}">{{ entry.answer }}</span></td><td>{{ entry.reason }}</td></tr>{% endfor %}
</tbody></table>
<h2>Policies that were read: {{ policies | length }}</h2>
<table><thead><tr><th>Clause</th><th>Source</th><th>Compiled</th></tr></thead><tbody>
{% for policy in policies %}<tr><td>{{ policy.clause }}</td><td>{{ policy.place }}</td>
<td>{{ policy.rule.understood }}</td></tr>{% endfor %}
</tbody></table>
</main></body></html>
"""


def write_demo_report(
    rows: Sequence[Mapping[str, Any]], policies: Iterable[Policy], approvals: ApprovalsFile, path: Path
) -> Path:
    """Write the page to `path` and return it. Links to the runs' reports are relative to it."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.globals["address"] = lambda target: os.path.relpath(target, path.parent)
    environment.globals["refused"] = refused
    text = environment.from_string(_PAGE).render(
        style=Markup(_STYLE),  # noqa: S704 (our own words)
        rows=rows,
        policies=tuple(policies),
        approvals=approvals.approvals,
        no_model=NO_MODEL,
        totals=totals(rows),
    )
    path.write_text(text, encoding="utf-8")
    return path
