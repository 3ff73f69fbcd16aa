"""The page that ties a demo together: the table, each run's report, the approvals, and the policies that were read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from harmonyguard.policies.policy import Policy
from harmonyguard.runs.approvals import ApprovalsFile
from harmonyguard.runs.report.shell import render, write_whole

from .demo_table import NO_MODEL, refused, totals


def write_demo_report(
    rows: Sequence[Mapping[str, Any]], policies: Iterable[Policy], approvals: ApprovalsFile, path: Path
) -> Path:
    """Write the page to `path`, whole or not at all, and return it. Links to the runs' reports are relative to it."""
    page = render(
        "demo.html.j2",
        package="harmonyguard.benchmarks",
        rows=rows,
        policies=tuple(policies),
        approvals=approvals.approvals,
        no_model=NO_MODEL,
        totals=totals(rows),
        refused=refused,
        address=lambda target: os.path.relpath(target, path.parent),
    )
    return write_whole(page, path)
