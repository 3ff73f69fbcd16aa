"""Documents in, policies in the log: by itself and as the first part of the guarded agent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from harmonyguard.documents import Document
from harmonyguard.graphs.guarded_agent import build_guarded_agent
from harmonyguard.graphs.policy_ingestion import AT_ONCE, build_policy_ingestion
from harmonyguard.graphs.running import strict_memory
from harmonyguard.nodes.record_policies import Published
from harmonyguard.nodes.shared import defaults
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.publish import Edition
from harmonyguard.policy_agent import Extraction
from harmonyguard.policy_agent.offline import OfflineEngine
from harmonyguard.runs.registry import RUNS
from harmonyguard.state import GuardContext
from harmonyguard.steps import InputError

from .fakes import DONE, SITE, FakeSessions, ScriptedAgent, ScriptedGuard

TEXT = "# Orders\n\nAgents must not delete orders.\n\nAgents must not share customer e-mail addresses.\n"


def rewrite(path: str, text: str) -> None:
    Path(path).write_text(text)


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


class Counting:
    """The offline engine, with what it was asked to read and how many documents at the same time."""

    name = "counting"

    def __init__(self) -> None:
        self.read: list[str] = []
        self.most = 0
        self._now = 0

    async def extract(self, document: Document, **options: Any) -> Extraction:
        self.read.append(document.name)
        self._now += 1
        self.most = max(self.most, self._now)
        try:
            return await OfflineEngine().extract(document, **options)
        finally:
            self._now -= 1


async def ingest(context: GuardContext, engine: Counting, *sources: str) -> dict[str, Any]:
    graph = build_policy_ingestion(make_engine=lambda _: engine)
    result = await graph.ainvoke({"sources": list(sources)}, context=context)
    return cast(dict[str, Any], result)


async def test_an_unchanged_document_does_no_work(context: GuardContext, rules: str) -> None:
    engine = Counting()
    await ingest(context, engine, rules)
    again = await ingest(context, engine, rules)
    assert engine.read == ["rules.md"]
    assert again["readings"][rules]["status"] == "unchanged"
    assert again["ingested"]["policies"] == 2
    with PolicyLog.open(context.book, create=False) as log:
        events = len(log.history())
    await ingest(context, engine, rules)
    with PolicyLog.open(context.book, create=False) as log:
        assert len(log.history()) == events, "nothing was written either"


@pytest.mark.parametrize("change", [{"policy_authority": "user"}, {"organization": "Example Desk"}])
async def test_the_same_document_for_somebody_else_is_read_again(
    context: GuardContext, rules: str, change: dict[str, Any]
) -> None:
    engine = Counting()
    await ingest(context, engine, rules)
    await ingest(replace(context, **change), engine, rules)
    assert engine.read == ["rules.md", "rules.md"]


async def test_another_engine_reads_again(context: GuardContext, rules: str) -> None:
    first, second = Counting(), Counting()
    second.name = "another"
    await ingest(context, first, rules)
    await ingest(context, second, rules)
    assert second.read == ["rules.md"]


async def test_a_changed_document_says_what_changed(context: GuardContext, rules: str) -> None:
    await ingest(context, Counting(), rules)
    rewrite(rules, f"{TEXT.replace('delete orders', 'delete old orders')}\nAgents must not visit other sites.\n")
    (change,) = (await ingest(context, Counting(), rules))["ingested"]["changes"]
    assert (len(change["added"]), len(change["retired"])) == (2, 1)
    assert list(change["replaced"]) == change["retired"]
    with PolicyLog.open(context.book, create=False) as log:
        assert len(log.book().policies) == 3, "no second copy"


async def test_documents_are_read_a_few_at_a_time(context: GuardContext, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02d}.md").write_text(f"# Part\n\nAgents must not delete orders of group {number}.\n")
    engine = Counting()
    result = await ingest(context, engine, str(folder))
    assert len(engine.read) == 12 and 1 < engine.most <= AT_ONCE
    assert result["ingested"]["policies"] == 12


async def test_a_folder_needs_policies_in_one_of_its_documents(context: GuardContext, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "poem.md").write_text("# Spring\n\nThe meadow is green.\n")
    with pytest.raises(InputError, match=r"no policy found in .*mixed \(documents read: 1\)"):
        await ingest(context, Counting(), str(folder))
    assert not exists(context.book)
    (folder / "rules.md").write_text(TEXT)
    readings = (await ingest(context, Counting(), str(folder)))["readings"]
    assert {Path(uri).name: reading["status"] for uri, reading in readings.items()} == {
        "poem.md": "no_policies",
        "rules.md": "read",
    }


async def test_all_documents_are_written_or_none(context: GuardContext, rules: str, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("# Other\n\nAgents must not visit other sites.\n")

    async def publish(context: GuardContext, editions: Sequence[Edition]) -> Published:
        broken = editions[1].model_copy(update={"policies": ()})
        return await defaults.publish(context, [editions[0], broken])

    graph = build_policy_ingestion(publish=publish)
    with pytest.raises(InputError, match="gave no policy"):
        await graph.ainvoke({"sources": [rules, str(other)]}, context=context)
    with PolicyLog.open(context.book) as log:
        assert log.history() == ()


async def test_a_second_run_on_a_thread_inherits_no_readings(context: GuardContext, rules: str, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("# Other\n\nAgents must not visit other sites.\n")
    graph = build_policy_ingestion()
    graph.checkpointer = strict_memory()
    config: Any = {"configurable": {"thread_id": "twice"}}
    await graph.ainvoke({"sources": [rules]}, config, context=context)
    result = await graph.ainvoke({"sources": [str(other)]}, config, context=context)
    assert list(result["readings"]) == [str(other)]


async def test_state_holds_no_documents(context: GuardContext, tmp_path: Path) -> None:
    long = tmp_path / "long.md"
    long.write_text(TEXT + "\n".join(f"\nThe meadow of part {number} is green.\n" for number in range(500)))
    result = await ingest(context, Counting(), str(long))
    assert result["readings"][str(long)]["elements"] > 500
    assert "meadow" not in json.dumps(result["readings"])


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
