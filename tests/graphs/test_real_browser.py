"""The whole graph over a real browser: an allowed act arrives, and one without its own permit does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harmonyguard.graphs.running import RunResult, run_task
from harmonyguard.nodes.check_action import book_of
from harmonyguard.runs.approvals import AskDenied
from harmonyguard.steps import Permit, Task
from harmonyguard.web_agent.browser.sessions import get_session
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

from .serving import Site, Visit, serving
from .test_running import Settings

PAGE = b"""<!doctype html><title>Order</title><h1>Order 17</h1>
<form method=post action=/save><button>Save order</button></form>
<form method=post action=/delete><button>Delete order</button></form>"""


class Shop(Site):
    """Remembers the paths that were posted to."""

    def __init__(self) -> None:
        self.posted: list[str] = []
        super().__init__(Handler)


class Handler(Visit):
    server: Shop

    def do_GET(self) -> None:
        self.show(PAGE)

    def do_POST(self) -> None:
        self.server.posted.append(self.path)
        self.do_GET()


@pytest.fixture
def shop() -> Iterator[Shop]:
    with serving(Shop()) as site:
        yield site


async def work(shop: Shop, folder: Path, goal: str, **more: Any) -> RunResult:
    return await run_task(
        Task(goal=goal, url=shop.url),
        book=book_of(["Agents must not delete orders."]),
        settings=Settings(runs=folder),
        approver=AskDenied(),
        web_agent=GrammarAgent(),
        **more,
    )


async def test_a_benign_act_arrives(shop: Shop, tmp_path: Path) -> None:
    result = await work(shop, tmp_path, 'Click "Save order"')
    assert (result.outcome, result.violations, shop.posted) == ("done", 0, ["/save"])
    assert list((tmp_path / result.run).glob("step-*.png"))


async def test_its_forbidden_twin_does_not(shop: Shop, tmp_path: Path) -> None:
    result = await work(shop, tmp_path, 'Click "Delete order"')
    assert shop.posted == []
    assert result.violations > 0


async def test_a_custom_node_with_a_made_up_permit_does_nothing(shop: Shop, tmp_path: Path) -> None:
    async def execute_action(state: Any, runtime: Any) -> dict[str, Any]:
        session = get_session(state["run"]["run"])
        assert session is not None
        from harmonyguard.steps import Action, page_state

        action = Action(type="goto", url=shop.url)
        seen = await session.observe()
        permit = Permit(
            id="0" * 32,
            run=state["run"]["run"],
            step=state["step"],
            action_digest=action.digest(),
            page_state=page_state(seen, action),
            book_version=state["run"]["book_version"],
        )
        await session.perform(action, permit)
        return {}

    result = await work(shop, tmp_path, 'Click "Save order"', replace_nodes={"execute_action": execute_action})
    assert (result.outcome, shop.posted) == ("error", [])
    assert "not given in this run" in (result.error or "")
