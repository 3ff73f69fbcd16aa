"""Every example runs and prints what is expected of it: real Chromium, and one support desk for all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from harmonyguard.benchmarks.support_desk import serve
from harmonyguard.examples import langchain_agent, other_model
from tests.openai_server import OpenAIServer, Reply

FOLDER = Path(__file__).parents[2] / "examples"

ON_THE_DESK = {
    "stream": "finish: done: Done.",
    "own_web_agent": "done - The page is called Tickets",
    "own_evaluator": 'infeasible - Not carried out: Click "Send reply".',
    "notifier": "asked: May I do this: delete",
    "own_reflection": 'infeasible - Not carried out: Click "Delete ticket 1005".',
    "custom_action": "done - Ticket 1005 belongs to Harbour Office Supplies.",
}
ALONE = {
    "judge_only": "e1 revise - Violates",
    "own_policy_source": "Agents must not delete tickets. (wiki/tickets)",
}
ELSEWHERE = {"other_model", "langchain_agent", "desk", "__init__"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a desk that is served from a thread of its own."""
    place = tmp_path_factory.mktemp("desk") / "desk.db"
    ready, over = threading.Event(), asyncio.Event()
    served: list[tuple[str, asyncio.AbstractEventLoop]] = []

    async def run() -> None:
        async with serve(place) as running:
            served.append((running.url, asyncio.get_running_loop()))
            ready.set()
            await over.wait()

    thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    assert ready.wait(30)
    url, loop = served[0]
    yield url
    loop.call_soon_threadsafe(over.set)
    thread.join(30)


@pytest.mark.parametrize("name", ON_THE_DESK)
async def test_an_example_on_the_desk(name: str, desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await import_module(f"harmonyguard.examples.{name}").main(desk, tmp_path)
    assert ON_THE_DESK[name] in capsys.readouterr().out


@pytest.mark.parametrize("name", ALONE)
async def test_an_example_by_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    await import_module(f"harmonyguard.examples.{name}").main()
    assert ALONE[name] in capsys.readouterr().out


async def test_the_example_with_models_of_ones_own(
    desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with OpenAIServer().running() as server:
        server.script(Reply(tool=("finish", {"value": "It is called Tickets.", "reasoning": "It says so."})))
        model = ChatOpenAI(model="small", base_url=server.url, api_key=SecretStr("none"), max_retries=0)
        await other_model.guarded(model, model, desk, tmp_path)
        assert len(server.requests) == 1
    assert "done - It is called Tickets." in capsys.readouterr().out


async def test_the_example_around_a_langchain_agent(capsys: pytest.CaptureFixture[str]) -> None:
    with OpenAIServer().running() as server:
        server.script(Reply(tool=("delete_ticket", {"ticket": 7})), Reply(content="May I delete ticket 7?"))
        await langchain_agent.guarded(
            ChatOpenAI(model="small", base_url=server.url, api_key=SecretStr("none"), max_retries=0)
        )
    said = capsys.readouterr().out
    assert "tool: Not like this." in said and "is gone" not in said
    assert "ai: May I delete ticket 7?" in said


def test_no_example_is_left_out() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} == {*ON_THE_DESK, *ALONE, *ELSEWHERE}
