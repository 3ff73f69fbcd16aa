"""Draws the graphs as Mermaid text for `docs/graph.md`: `python -m harmonyguard.graphs.draw [FILE]`."""

from __future__ import annotations

import sys
from pathlib import Path

from harmonyguard.graphs.action_check import build_action_check
from harmonyguard.graphs.guarded_agent import build_guarded_agent
from harmonyguard.graphs.policy_ingestion import build_policy_ingestion

_INTRODUCTION = """# The graphs

Generated from the compiled graphs by `python -m harmonyguard.graphs.draw docs/graph.md`; a test keeps it current.
Dotted lines are choices, made by the pure functions in `graphs/routing.py`.
"""


def document() -> str:
    """The whole of `docs/graph.md`."""
    graphs = {
        "guarded_agent": build_guarded_agent(),
        "policy_ingestion": build_policy_ingestion(),
        "action_check": build_action_check(),
    }
    parts = [_INTRODUCTION]
    for name, graph in graphs.items():
        parts.append(f"## {name}\n\n```mermaid\n{graph.get_graph().draw_mermaid().strip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(document(), encoding="utf-8")
    else:
        sys.stdout.write(document())
