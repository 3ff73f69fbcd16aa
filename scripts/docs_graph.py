"""Draw the graphs as Mermaid text into `docs/graphs.md`. With `--check`: exit 1 when that file is out of date."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "graphs.md"


def page() -> str:
    """The page, from the graphs that `langgraph.json` names."""
    parts = ["# Graphs\n\nDrawn from the code by `make docs-graph`.\n"]
    for name, place in json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))["graphs"].items():
        module, _, attribute = place.partition(":")
        graph = getattr(importlib.import_module(module), attribute)
        drawing = graph.get_graph().draw_mermaid().strip()
        parts.append(f"\n## {name}\n\n```mermaid\n{drawing}\n```\n")
    return "".join(parts)


def main() -> int:
    """Write the page, or compare it."""
    text = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        return 0 if current == text else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
