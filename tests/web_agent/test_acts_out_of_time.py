"""An act that runs out of time after it reached its target may have happened; one that never got there has not."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from harmonyguard.web_agent.browser.limits import Limits
from harmonyguard.web_agent.browser.session import BrowserSession
from harmonyguard.web_agent.browser.sessions import close_all, open_session

from .conftest import Hand, MemoryPermits, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

BUSY = (
    "<button onclick=\"navigator.sendBeacon('/order');const end=Date.now()+4000;while(Date.now()<end);\">Order</button>"
)
COVERED = "<button>Order</button><div style='position:fixed;inset:0;background:#fff'></div>"


@pytest_asyncio.fixture(loop_scope="module")
async def session(browser: None, site: Site, permits: MemoryPermits) -> AsyncIterator[BrowserSession]:
    """A session whose acts may take two seconds."""
    yield await open_session(run="run", permits=permits, allowed_hosts=frozenset({site.host}), limits=Limits(act=2.0))
    await close_all()


async def test_one_that_reached_its_target_is_unknown(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", BUSY))
    result = await hand.on("click", "Order")
    assert result.error is not None
    assert result.unknown


async def test_one_that_never_got_there_is_not(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", COVERED))
    result = await hand.on("click", "Order")
    assert result.error is not None
    assert not result.unknown
