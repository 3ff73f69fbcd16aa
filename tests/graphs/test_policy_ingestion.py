"""Documents in, policies in the log: by itself and as the first part of the guarded agent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harmonyguard.graphs.guarded_agent import build_guarded_agent
from harmonyguard.graphs.policy_ingestion import build_policy_ingestion
from harmonyguard.graphs.running import strict_memory
from harmonyguard.policies.log import PolicyLog
from harmonyguard.runs.registry import RUNS
from harmonyguard.state import GuardContext
from harmonyguard.steps import InputError

from .fakes import DONE, SITE, FakeSessions, ScriptedAgent, ScriptedGuard

TEXT = "# Orders\n\nAgents must not delete orders.\n\nAgents must not share customer e-mail addresses.\n"


def exists(path: str) -> bool:
    return Path(path).exists()


@pytest.fixture
def context(tmp_path: Path) -> GuardContext:
    return GuardContext(book=str(tmp_path / "book.db"), runs_folder=str(tmp_path / "runs"))


@pytest.fixture
def rules(tmp_path: Path) -> str:
    path = tmp_path / "rules.md"
    path.write_text(TEXT)
    return str(path)


async def test_documents_become_policies_in_the_log(context: GuardContext, rules: str) -> None:
    result = await build_policy_ingestion().ainvoke({"sources": [rules]}, context=context)
    with PolicyLog.open(context.book, create=False) as log:
        book = log.book()
    assert result["ingested"]["book_version"] == book.version
    assert sorted(policy.clause for policy in book.policies) == [
        "Agents must not delete orders.",
        "Agents must not share customer e-mail addresses.",
    ]


@pytest.mark.parametrize("other", ["missing.md", "empty.md"])
async def test_a_source_without_policies_leaves_nothing_written(
    context: GuardContext, rules: str, tmp_path: Path, other: str
) -> None:
    (tmp_path / "empty.md").write_text("")
    with pytest.raises(InputError, match=other):
        await build_policy_ingestion().ainvoke({"sources": [rules, str(tmp_path / other)]}, context=context)
    assert not exists(context.book)


async def test_no_sources_is_bad_input(context: GuardContext) -> None:
    with pytest.raises(InputError, match="no policy documents"):
        await build_policy_ingestion().ainvoke({"sources": []}, context=context)


def agent() -> tuple[Any, ScriptedGuard]:
    guard = ScriptedGuard()
    graph = build_guarded_agent(
        web_agent=ScriptedAgent([DONE]),
        utility_agent=guard,
        sessions=FakeSessions(),
        checkpointer=strict_memory(),
    )
    return graph, guard


async def test_the_agent_reads_its_sources_first_and_pins_the_book(context: GuardContext, rules: str) -> None:
    graph, guard = agent()
    config: Any = {"configurable": {"thread_id": "ingesting"}}
    given = {"task": "look", "url": SITE, "sources": [rules]}
    result = await graph.ainvoke(given, config, context=context)
    with PolicyLog.open(context.book, create=False) as log:
        assert result["run"]["book_version"] == log.book().version
    assert result["outcome"] == "done"
    assert len(guard.seen) == 2
    assert [message.name for message in result["messages"]][:2] == ["policy_agent", "user"]


async def test_without_a_book_there_is_no_run(context: GuardContext) -> None:
    graph, _ = agent()
    config: Any = {"configurable": {"thread_id": "bookless"}}
    with pytest.raises(InputError):
        await graph.ainvoke({"task": "look", "url": SITE}, config, context=context)
    assert not exists(context.runs_folder)
    assert RUNS.on_thread("bookless") is None
