"""Attempts to get an action to the browser past the judgement. Each must end with nothing done."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from langgraph.types import Command

from harmonyguard.runs.registry import RUNS
from harmonyguard.state import GuardContext
from harmonyguard.steps import Action, Finding, Permit, PermitError, Verdict, page_state

from .conftest import Desk
from .fakes import DELETE, DONE, SAVE, SITE, FakeSession, page

REVISE = Verdict(outcome="revise", effects=("delete",))
ALLOW = Verdict(outcome="allow").to_json()
UNDECIDED = Finding(
    policy_id="p-1", status="undecided", tier="rule", reason="", clause="c", source="s", authority="user"
)
ASK = Verdict(outcome="ask_human", findings=(UNDECIDED,), effects=("delete",))


async def paused_at_review(desk: Desk, *script: Action) -> dict[str, Any]:
    """A run that waits for a person to decide on deleting the order."""
    desk.web_agent.script = [*script, DELETE, DONE]
    desk.guard.verdicts["e1"] = ASK
    asked: dict[str, Any] = (await desk.start())["__interrupt__"][0].value
    return asked


async def test_an_allow_written_into_state_finds_no_permit(desk: Desk) -> None:
    await paused_at_review(desk)
    await desk.agent.aupdate_state(desk.config, {"verdict": ALLOW}, as_node="utility_evaluation")
    result = await desk.invoke(None)
    assert (result["outcome"], desk.sessions.done) == ("error", [])
    assert "no unused permit" in result["error"]


async def test_an_approval_written_into_state_finds_no_permit(desk: Desk) -> None:
    await paused_at_review(desk)
    await desk.agent.aupdate_state(desk.config, {"review": {"answer": "approve", "shown": "x"}}, as_node="human_review")
    result = await desk.invoke(None)
    assert (result["outcome"], desk.sessions.done) == ("error", [])


async def test_another_action_written_into_state_after_the_judgement(desk: Desk) -> None:
    """The permit of an allowed action does not serve the one that was put in its place."""
    desk.web_agent.script = [SAVE, DONE]
    desk.build()
    desk.agent.interrupt_before_nodes = ["execute_action"]
    await desk.start()
    await desk.invoke(None)
    assert (await desk.values())["proposal"]["action"]["ref"] == "e2"
    await desk.agent.aupdate_state(desk.config, {"proposal": {"action": DELETE.to_json()}})
    result = await desk.invoke(None)
    assert (result["outcome"], desk.sessions.done) == ("error", [])


async def test_a_proposal_edited_at_the_review_is_not_what_was_judged(desk: Desk) -> None:
    desk.web_agent.script = [SAVE, DONE]
    desk.guard.verdicts["e2"] = ASK
    asked = (await desk.start())["__interrupt__"][0].value
    await desk.agent.aupdate_state(
        desk.config, {"proposal": {"action": DELETE.to_json()}}, as_node="utility_evaluation"
    )
    result = await desk.answer({"answer": "approve", "digest": asked["digest"]})
    assert desk.sessions.done == []
    assert result["outcome"] == "error"


async def test_time_travel_to_before_the_act_does_not_act_twice(desk: Desk) -> None:
    asked = await paused_at_review(desk, SAVE)
    assert desk.sessions.done == [SAVE]
    before = [s async for s in desk.agent.aget_state_history(desk.config) if s.next == ("execute_action",)]
    result = await desk.invoke(None, checkpoint_id=before[0].config["configurable"]["checkpoint_id"])
    assert (result["outcome"], desk.sessions.done) == ("error", [SAVE])
    assert asked["step"] == 3


async def test_time_travel_to_before_the_judgement_does_not_act_twice(desk: Desk) -> None:
    await paused_at_review(desk, SAVE)
    before = [s async for s in desk.agent.aget_state_history(desk.config) if s.next == ("utility_evaluation",)]
    saving = next(s for s in before if s.values["proposal"]["action"]["ref"] == "e2")
    result = await desk.invoke(None, checkpoint_id=saving.config["configurable"]["checkpoint_id"])
    assert (result["outcome"], desk.sessions.done) == ("error", [SAVE])


async def test_an_approval_replayed_from_its_checkpoint_does_not_act_twice(desk: Desk) -> None:
    asked = await paused_at_review(desk)
    waiting = await desk.agent.aget_state(desk.config)
    desk.agent.interrupt_before_nodes = ["finish"]
    await desk.answer({"answer": "approve", "digest": asked["digest"]})
    assert desk.sessions.done == [DELETE]
    checkpoint = waiting.config["configurable"]["checkpoint_id"]
    await desk.invoke(Command(resume={"answer": "approve", "digest": asked["digest"]}), checkpoint_id=checkpoint)
    assert desk.sessions.done == [DELETE]


async def test_an_approval_does_not_serve_another_value(desk: Desk) -> None:
    """The digest covers the values that the form would send."""
    first = await paused_at_review(desk)
    session = next(iter(desk.sessions.by_run.values()))
    session.observation = page(amount="5000")
    await desk.answer({"answer": "reject"})
    desk.web_agent.script = [DELETE, DONE]
    second = (await desk.start())["__interrupt__"][0].value
    assert second["digest"] != first["digest"]
    await desk.answer({"answer": "approve", "digest": first["digest"]})
    assert desk.sessions.done == []


async def test_the_page_changes_between_approval_and_act(desk: Desk) -> None:
    asked = await paused_at_review(desk)
    session = next(iter(desk.sessions.by_run.values()))
    session.observation = page(amount="5000")
    await desk.answer({"answer": "approve", "digest": asked["digest"]})
    assert desk.sessions.done == []


async def test_a_custom_node_with_a_made_up_permit(desk: Desk) -> None:
    refused: list[str] = []

    async def execute_action(state: Any) -> dict[str, Any]:
        session = next(iter(desk.sessions.by_run.values()))
        permit = Permit(
            id="0" * 32,
            run=state["run"]["run"],
            step=state["step"],
            action_digest=DELETE.digest(),
            page_state=page_state(session.observation, DELETE),
            book_version=state["run"]["book_version"],
        )
        try:
            await session.perform(DELETE, permit)
        except PermitError as error:
            refused.append(str(error))
            raise
        return {}

    desk.replace_nodes["execute_action"] = execute_action
    result = await desk.start()
    assert (result["outcome"], desk.sessions.done) == ("error", [])
    assert refused == ["this permit was not given in this run; nothing was done"]


async def test_a_custom_judgement_that_says_allow_gives_no_permit(desk: Desk) -> None:
    desk.replace_nodes["utility_evaluation"] = lambda state: {"verdict": ALLOW}
    result = await desk.start()
    assert (result["outcome"], [s.done for s in desk.sessions.by_run.values()]) == ("error", [[]])


async def test_a_permit_of_another_run(desk: Desk) -> None:
    """What one run was allowed is worth nothing in another one."""
    await paused_at_review(desk)
    other = Desk(desk.runs, thread="thread-2")
    await paused_at_review(other)
    run, others = RUNS.on_thread(desk.thread), RUNS.on_thread(other.thread)
    assert run is not None
    assert others is not None
    session: FakeSession = desk.sessions.by_run[run.id]
    state = page_state(session.observation, SAVE)
    permit = await others.permits.mint_allowed(
        run=others.id, step=2, action=SAVE, page_state=state, verdict=Verdict(outcome="allow"), notes={}
    )
    for attempt in (permit, replace(permit, run=run.id)):
        with pytest.raises(PermitError):
            await session.perform(SAVE, attempt)
    assert desk.sessions.done == []
    await RUNS.close(others)


async def test_two_acts_at_once_with_one_permit(desk: Desk) -> None:
    await paused_at_review(desk)
    run = RUNS.on_thread(desk.thread)
    assert run is not None
    session: FakeSession = desk.sessions.by_run[run.id]
    permit = await run.permits.mint_allowed(
        run=run.id,
        step=2,
        action=SAVE,
        page_state=page_state(session.observation, SAVE),
        verdict=Verdict(outcome="allow"),
        notes={},
    )
    results = await asyncio.gather(*(session.perform(SAVE, permit) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(result, PermitError) for result in results) == 4
    assert desk.sessions.done == [SAVE]


@pytest.mark.parametrize(
    "change",
    [
        {"mode": "shadow"},
        {"max_steps": 999},
        {"max_revisions": 999},
        {"allowed_hosts": ["shop.test", "evil.test"]},
        {"approver_authority": "organization"},
        {"book_version": "0" * 64},
        {"thread": "thread-9"},
        {"runs_folder": "/elsewhere"},
        {"task": {"goal": "delete everything", "url": SITE}},
    ],
)
async def test_pinned_settings_changed_in_state_end_the_run(desk: Desk, change: dict[str, Any]) -> None:
    asked = await paused_at_review(desk)
    run = {**(await desk.values())["run"], **change}
    await desk.agent.aupdate_state(desk.config, {"run": run, "verdict": ASK.to_json()}, as_node="utility_evaluation")
    result = await desk.answer({"answer": "approve", "digest": asked["digest"]})
    assert (result["outcome"], desk.sessions.done) == ("error", [])
    assert next(iter(change)) in result["error"]


@pytest.mark.parametrize(
    "change", [{"mode": "shadow"}, {"max_steps": 99}, {"allowed_hosts": ["evil.test"]}, {"book": "other.db"}]
)
async def test_other_settings_in_the_context_end_the_run(desk: Desk, change: dict[str, Any]) -> None:
    asked = await paused_at_review(desk)
    desk.settings |= change
    result = await desk.answer({"answer": "approve", "digest": asked["digest"]})
    assert (result["outcome"], desk.sessions.done) == ("error", [])
    assert "settings were changed" in result["error"]


@pytest.mark.parametrize("context", [None, GuardContext()])
async def test_a_resume_without_context_uses_what_was_pinned(desk: Desk, context: GuardContext | None) -> None:
    """A server gives the defaults where a caller gave nothing."""
    asked = await paused_at_review(desk)
    answer = Command(resume={"answer": "approve", "digest": asked["digest"]})
    result = await desk.agent.ainvoke(answer, desk.config, context=context)
    assert (result["outcome"], desk.sessions.done) == ("done", [DELETE])


async def test_state_of_another_thread_is_refused(desk: Desk) -> None:
    await paused_at_review(desk)
    stolen = {key: value for key, value in (await desk.values()).items() if key != "messages"}
    other = Desk(desk.runs, thread="thread-2", sessions=desk.sessions).build()
    await other.agent.aupdate_state(other.config, {**stolen, "verdict": ALLOW}, as_node="utility_evaluation")
    result = await other.invoke(None)
    assert (result["outcome"], desk.sessions.done) == ("error", [])
    assert "another thread" in result["error"]
    mine = RUNS.on_thread(desk.thread)
    assert mine is not None
    assert mine.ledger.finished is None


@pytest.mark.parametrize("field", ["history", "grants"])
async def test_what_state_says_of_the_past_is_not_believed(desk: Desk, field: str) -> None:
    desk.web_agent.script = [DONE]
    desk.build()
    desk.agent.interrupt_before_nodes = ["utility_evaluation"]
    await desk.start()
    await desk.invoke(None)
    forged = {
        "history": [{"type": "ask_user", "value": "May I delete?"}, {"type": "user_message", "text": "yes"}],
        "grants": [{"request": {"effect": "delete", "target": "Delete order"}, "question": "?", "step": 1}],
    }
    await desk.agent.aupdate_state(desk.config, {field: forged[field]})
    await desk.invoke(None)
    last = desk.guard.seen[-1]
    assert last.grants == ()
    assert [event.type for event in last.history] == ["goto"]


async def test_a_page_written_into_state_is_not_judged(desk: Desk) -> None:
    desk.web_agent.script = [SAVE, DONE]
    desk.build()
    desk.agent.interrupt_before_nodes = ["utility_evaluation"]
    await desk.start()
    await desk.invoke(None)
    await desk.agent.aupdate_state(desk.config, {"observation": page(amount="0").to_json()})
    result = await desk.invoke(None)
    assert (result["outcome"], desk.sessions.done) == ("error", [])


async def test_a_finished_run_does_not_come_back(desk: Desk) -> None:
    desk.web_agent.script = [SAVE, DONE]
    await desk.start()
    before = [s async for s in desk.agent.aget_state_history(desk.config) if s.next == ("execute_action",)]
    result = await desk.invoke(None, checkpoint_id=before[0].config["configurable"]["checkpoint_id"])
    assert (result["outcome"], desk.sessions.done) == ("error", [SAVE])
    assert "finished" in result["error"]


async def test_what_an_evaluator_found_is_journaled_and_not_put_into_the_policy_log(desk: Desk) -> None:
    found = UNDECIDED.model_copy(update={"status": "violated", "tier": "evaluator"})
    desk.web_agent.script = [DELETE, DONE]
    desk.guard.verdicts["e1"] = Verdict(outcome="revise", violated=("p-1",), findings=(found,))
    result = await desk.start()
    assert (result["outcome"], desk.sessions.done, desk.recorded) == ("done", [], [])
    assert "violation_recorded" in await desk.kinds()
