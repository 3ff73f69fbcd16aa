"""What the documentation says of facts and decisions is what the code has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from harmonyguard.policies.atom import AtomKind
from harmonyguard.utility_agent import decision

DOCS = Path(__file__).parents[2] / "docs"


def test_every_kind_of_fact_is_documented_and_nothing_else() -> None:
    sections = re.split(r"^### ", (DOCS / "facts.md").read_text(), flags=re.MULTILINE)[1:]
    by_kind = {section.split("`")[1]: section for section in sections}
    assert sorted(by_kind) == sorted(get_args(AtomKind))
    for kind, section in by_kind.items():
        assert "- Example:" in section, kind
        assert re.search(r"True|Always unknown", section), kind


def rows(text: str) -> list[list[str]]:
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_decision_table_is_that_of_the_code() -> None:
    assert rows((DOCS / "decisions.md").read_text()) == rows(decision.__doc__ or "") != []
