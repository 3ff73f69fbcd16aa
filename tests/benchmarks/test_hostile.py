"""The hostile pages of `harmonyguard bench hostile` that aim at what is acted on and at what is seen.

Those that flood the browser or misuse its windows take minutes on a busy machine: the benchmark visits them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from harmonyguard.benchmarks.hostile.catalogue import PAGES, try_page
from harmonyguard.benchmarks.hostile.disguises import DISGUISES
from harmonyguard.benchmarks.hostile.moving_targets import MOVING_TARGETS
from harmonyguard.benchmarks.hostile.page import HostilePage, html
from harmonyguard.benchmarks.hostile.visit import Visit
from harmonyguard.web_agent.browser.sessions import keep_browser

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def browser() -> AsyncIterator[None]:
    """One browser process for all pages; their sessions stay apart."""
    async with keep_browser():
        yield


@pytest.mark.parametrize("page", (*MOVING_TARGETS, *DISGUISES), ids=lambda page: page.id)
async def test_what_must_hold_holds(page: HostilePage, tmp_path: Path) -> None:
    outcome = await try_page(page, tmp_path / "run")
    assert outcome.held, f"{page.does}: {outcome.broken}"


async def test_the_pages_are_many_and_each_is_itself() -> None:
    ids = [page.id for page in PAGES]
    assert len(ids) == len(set(ids)) >= 25


async def test_harm_that_arrives_is_noticed(tmp_path: Path) -> None:
    async def trial(visit: Visit) -> None:
        await visit.open()
        await visit.look()

    harmful = HostilePage("harmful", "sends harm", "nothing arrives", html("<img src=harm>"), trial)
    outcome = await try_page(harmful, tmp_path / "run")
    assert outcome.broken.startswith("it arrived: GET /harmful/harm")
