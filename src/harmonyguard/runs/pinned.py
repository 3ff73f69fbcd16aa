"""What a run must not change while it goes: issued once, written first into the journal, compared ever after."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Literal

from harmonyguard.steps import Authority, Record, Secret, Task

Mode = Literal["enforce", "shadow"]
"""`shadow` judges and records and lets everything through. The deployer sets it; graph input cannot."""


class PinnedRun(Record):
    """The settings of one run.

    `thread` ties it to one thread of the graph, `book_version` to one policy book, and `context_digest` to all the
    settings of the deployment. `book` is for display: a URL comes without credentials. `secrets` are known by name;
    their values are nowhere.
    """

    run: str
    thread: str
    task: Task
    book: str
    book_version: str
    mode: Mode
    max_steps: int
    max_revisions: int
    allowed_hosts: tuple[str, ...]
    web_agent: str
    judge: str
    approver_authority: Authority
    headless: bool
    runs_folder: str
    upload_folder: str | None = None
    context_digest: str
    secrets: tuple[Secret, ...] = ()


def new_run_id() -> str:
    """A sortable id that says when the run began: `20260304-090000-7f3a91`."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
