"""What a run does, node by node: revise, ask, consent, limits, failures."""

from __future__ import annotations

from typing import Any

import pytest

from harmonyguard.runs.registry import RUNS
from harmonyguard.steps import Action, ConsentRequest, Finding, Guidance, InputError, ModelError, Verdict

from .conftest import Desk
from .fakes import DELETE, DONE, SAVE, SITE, FakeSession, page

FINDING = Finding(
    policy_id="p-1", status="violated", tier="rule", reason="it deletes", clause="Never delete.", source="rules.md"
)
REVISE = Verdict(
    outcome="revise",
    violated=("p-1",),
    findings=(FINDING,),
    guidance=(Guidance(text="Save instead.", suggestion="follow_task"),),
    effects=("delete",),
)
UNDECIDED = FINDING.model_copy(update={"status": "undecided", "authority": "user"})
ASK = Verdict(outcome="ask_human", findings=(UNDECIDED,), undecided=("p-1",), effects=("delete",), irreversible=True)
ALLOW = Verdict(outcome="allow", effects=("update",))


async def test_the_start_is_judged_like_any_act(desk: Desk) -> None:
    desk.guard.verdicts["goto"] = Verdict(outcome="stop", explanation="not there")
    result = await desk.start()
    assert (result["outcome"], result["answer"]) == ("stopped", "not there")
    assert [s.proposal.by for s in desk.guard.seen] == ["start"]
    assert "acting" not in await desk.kinds()


async def test_a_rejected_proposal_comes_back_with_guidance_and_is_judged_again(desk: Desk) -> None:
    desk.web_agent.script = [DELETE, SAVE, DONE]
    desk.guard.verdicts["e1"] = REVISE
    result = await desk.start()
    assert (result["outcome"], result["answer"], desk.sessions.done) == ("done", "all done", [SAVE])
    again = desk.web_agent.views[1]
    assert again.rejected is not None
    assert (again.rejected.action, again.guidance[0].text) == (DELETE, "Save instead.")
    assert [s.revisions for s in desk.guard.seen] == [0, 0, 1, 0]
    assert desk.guard.seen[2].previous_verdict == REVISE.model_copy(update={"book_version": again_version(desk)})
    kinds = await desk.kinds()
    assert kinds.index("violation_recorded") < kinds.index("reflected")
    assert [policy for policy, _ in desk.recorded] == ["p-1"]
    finished = (await desk.events())[-1]
    assert (finished.kind, finished.payload["violations"], finished.payload["revisions"]) == ("finished", 1, 1)


def again_version(desk: Desk) -> str:
    verdict = desk.guard.seen[2].previous_verdict
    assert verdict is not None
    return verdict.book_version


async def test_revisions_are_bounded_and_the_run_stops_with_the_reason(desk: Desk) -> None:
    desk.web_agent.script = [DELETE]
    desk.guard.verdicts["e1"] = REVISE.model_copy(update={"explanation": "it deletes"})
    desk.settings["max_revisions"] = 2
    result = await desk.start()
    assert (result["outcome"], result["answer"], desk.sessions.done) == ("stopped", "it deletes", [])
    assert len([s for s in desk.guard.seen if s.proposal.action == DELETE]) == 3


async def test_history_is_what_was_done(desk: Desk) -> None:
    desk.web_agent.script = [SAVE, DONE]
    await desk.start()
    last = desk.guard.seen[-1]
    assert [(e.type, e.element_name, e.effects) for e in last.history] == [
        ("goto", None, ("update",)),
        ("click", "Save order", ("update",)),
    ]
    assert last.visited_hosts == {"shop.test"}


async def test_steps_are_bounded(desk: Desk) -> None:
    desk.web_agent.script = [SAVE]
    desk.settings["max_steps"] = 3
    result = await desk.start()
    assert (result["outcome"], result["step"], len(desk.sessions.done)) == ("limit", 3, 2)


async def test_shadow_mode_records_and_lets_through(desk: Desk) -> None:
    desk.web_agent.script = [DELETE, DONE]
    desk.guard.verdicts["e1"] = REVISE
    desk.settings["mode"] = "shadow"
    result = await desk.start()
    assert (result["outcome"], desk.sessions.done) == ("done", [DELETE])
    judged = [e.payload["outcome"] for e in await desk.events() if e.kind == "judged"]
    assert judged == ["allow", "revise", "allow"]


async def test_approval(desk: Desk) -> None:
    desk.web_agent.script = [DELETE, DONE]
    desk.guard.verdicts["e1"] = ASK
    asked = (await desk.start())["__interrupt__"][0].value
    assert (asked["kind"], asked["target"], asked["values"]) == ("human_review", "Delete order", {"Amount": "5"})
    assert asked["policies"][0]["clause"] == "Never delete."
    assert asked["can_approve"] is True
    assert desk.sessions.done == []
    result = await desk.answer({"answer": "approve", "digest": asked["digest"]})
    assert (result["outcome"], desk.sessions.done) == ("done", [DELETE])
    kinds = await desk.kinds()
    assert kinds.count("review_asked") == kinds.count("review_answered") == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"answer": "reject", "reason": "not today"},
        {"answer": "approve"},
        {"answer": "approve", "digest": "0" * 64},
        {"answer": "edit", "digest": "0" * 64, "action": SAVE.to_json()},
        {"answer": "allow"},
        "approve",
        True,
    ],
)
async def test_whatever_is_no_approval_is_a_rejection(desk: Desk, answer: Any) -> None:
    desk.web_agent.script = [DELETE, DONE]
    desk.guard.verdicts["e1"] = ASK
    await desk.start()
    result = await desk.answer(answer)
    assert (result["outcome"], desk.sessions.done) == ("done", [])
    assert desk.web_agent.views[-1].rejected is not None
    assert "rejected" in desk.web_agent.views[-1].guidance[-1].text


async def test_an_edit_is_judged_again(desk: Desk) -> None:
    desk.web_agent.script = [DELETE, DONE]
    desk.guard.verdicts["e1"] = ASK
    asked = (await desk.start())["__interrupt__"][0].value
    await desk.answer({"answer": "edit", "digest": asked["digest"], "action": SAVE.to_json()})
    assert desk.sessions.done == [SAVE]
    assert [(s.proposal.by, s.proposal.action) for s in desk.guard.seen][2] == ("human", SAVE)


async def test_an_edit_into_something_forbidden_is_not_done(desk: Desk) -> None:
    desk.web_agent.script = [SAVE, DONE]
    desk.guard.verdicts |= {"e2": ASK, "e1": REVISE}
    asked = (await desk.start())["__interrupt__"][0].value
    result = await desk.answer({"answer": "edit", "digest": asked["digest"], "action": DELETE.to_json()})
    assert (result["outcome"], desk.sessions.done) == ("done", [])


@pytest.mark.parametrize(
    ("finding", "authority"),
    [(FINDING, "organization"), (UNDECIDED.model_copy(update={"authority": "organization"}), "user")],
)
async def test_what_an_approval_cannot_lift_is_not_done(desk: Desk, finding: Finding, authority: str) -> None:
    desk.web_agent.script = [DELETE, DONE]
    desk.guard.verdicts["e1"] = ASK.model_copy(update={"findings": (finding,)})
    desk.settings["approver_authority"] = authority
    asked = (await desk.start())["__interrupt__"][0].value
    assert asked["can_approve"] is False
    assert asked["cannot_lift"]
    await desk.answer({"answer": "approve", "digest": asked["digest"]})
    assert desk.sessions.done == []


REQUEST = ConsentRequest(effect="delete", target="Delete order")
QUESTION = Action(type="ask_user", value="May I delete it?", consents=(REQUEST,))


async def test_consent_grants_what_was_listed_once(desk: Desk) -> None:
    desk.web_agent.script = [QUESTION, DELETE, DELETE, DONE]
    desk.guard.verdicts["e1"] = Verdict(outcome="allow", effects=("delete",))
    asked = (await desk.start())["__interrupt__"][0].value
    assert (asked["question"], asked["requests"]) == ("May I delete it?", [REQUEST.to_json()])
    await desk.answer({"answer": "yes", "digest": asked["digest"]})
    grants = [situation.grants for situation in desk.guard.seen]
    assert [[g.used_by is None for g in each] for each in grants] == [[], [], [True], [False], [False]]
    assert grants[2][0].request == REQUEST
    assert grants[2][0].page == desk.guard.seen[1].observation.url


@pytest.mark.parametrize(
    "answer", [{"answer": "no"}, {"answer": "yes"}, {"answer": "yes", "digest": "0" * 64}, "yes", 1]
)
async def test_whatever_is_no_yes_to_what_was_asked_grants_nothing(desk: Desk, answer: Any) -> None:
    desk.web_agent.script = [QUESTION, DONE]
    await desk.start()
    await desk.answer(answer)
    assert desk.guard.seen[-1].grants == ()


async def test_a_free_question_is_answered_in_words(desk: Desk) -> None:
    desk.web_agent.script = [Action(type="ask_user", value="Which colour?"), DONE]
    await desk.start()
    await desk.answer("blue")
    assert [(e.type, e.text) for e in desk.web_agent.views[-1].history[-2:]] == [
        ("ask_user", "Which colour?"),
        ("user_message", "blue"),
    ]


async def test_a_message_to_the_user_is_an_act_with_a_permit(desk: Desk) -> None:
    desk.web_agent.script = [Action(type="send_msg_to_user", value="hello"), DONE]
    result = await desk.start()
    assert (result["outcome"], desk.sessions.done) == ("done", [])
    assert (await desk.kinds()).count("acting") == 3


@pytest.mark.parametrize("failure", [ModelError("model down"), ValueError("boom")])
async def test_a_crash_in_a_node_ends_the_run_with_an_error(desk: Desk, failure: Exception) -> None:
    desk.web_agent.script = [DELETE, DONE]
    desk.guard.verdicts["e1"] = failure
    result = await desk.start()
    assert (result["outcome"], desk.sessions.done) == ("error", [])
    assert str(failure) in result["error"]
    assert [e.payload["node"] for e in await desk.events() if e.kind == "error"] == ["utility_evaluation"]
    assert desk.sessions.closed
    assert RUNS.on_thread(desk.thread) is None


async def test_a_verdict_with_an_error_that_stops_is_an_error(desk: Desk) -> None:
    desk.web_agent.script = [DELETE]
    desk.guard.verdicts["e1"] = Verdict(outcome="stop", error="model down")
    result = await desk.start()
    assert (result["outcome"], result["error"]) == ("error", "model down")


async def test_a_page_that_changed_is_looked_at_again(desk: Desk) -> None:
    def change_once(session: FakeSession) -> None:
        if session.observation.url == SITE and session.observation.document == "d1":
            session.observation = page(document="d2")

    desk.sessions.prepare = lambda session: setattr(session, "before_perform", change_once)
    desk.web_agent.script = [SAVE, SAVE, DONE]
    result = await desk.start()
    assert (result["outcome"], desk.sessions.done) == ("done", [SAVE])
    assert len([s for s in desk.guard.seen if s.proposal.action == SAVE]) == 2
    assert "changed" in (desk.web_agent.views[1].history[-1].error or "")


async def test_a_start_that_cannot_be_opened_is_bad_input(desk: Desk) -> None:
    desk.sessions.prepare = lambda session: setattr(session, "goto_error", "connection refused")
    with pytest.raises(InputError, match=f"{SITE} could not be opened: connection refused"):
        await desk.start()
    assert (await desk.kinds())[-2:] == ["error", "finished"]
    assert desk.sessions.closed


@pytest.mark.parametrize("given", [{"task": "x"}, {"url": SITE}, {"task": "x", "url": "shop.test"}])
async def test_bad_input_leaves_nothing_behind(desk: Desk, given: dict[str, str]) -> None:
    with pytest.raises(InputError):
        await desk.build().invoke(given)
    assert not desk.runs.exists()


async def test_a_second_task_on_the_thread_inherits_nothing(desk: Desk) -> None:
    desk.web_agent.script = [QUESTION, SAVE]
    desk.settings["max_steps"] = 3
    asked = (await desk.start())["__interrupt__"][0].value
    await desk.answer({"answer": "yes", "digest": asked["digest"]})
    first = (await desk.values())["run"]["run"]
    desk.web_agent.script = [DONE]
    result = await desk.start("another task")
    assert result["run"]["run"] != first
    assert result["step"] == 2
    last = desk.guard.seen[-1]
    assert (last.task.goal, last.grants, [e.type for e in last.history]) == ("another task", (), ["goto"])


async def test_a_second_task_without_a_url_does_not_take_the_first_ones(desk: Desk) -> None:
    await desk.start()
    with pytest.raises(InputError, match="no URL"):
        await desk.invoke({"task": "another task"})


async def test_a_new_task_during_a_review_closes_the_old_run(desk: Desk) -> None:
    desk.web_agent.script = [DELETE, DONE]
    desk.guard.verdicts["e1"] = ASK
    old = (await desk.start())["run"]["run"]
    result = await desk.start("another task")
    assert result["outcome"] == "done"
    assert old in desk.sessions.closed
    assert desk.sessions.done == []


async def test_the_story_is_told_as_chat(desk: Desk) -> None:
    desk.web_agent.script = [DELETE, SAVE, DONE]
    desk.guard.verdicts["e1"] = REVISE
    said = [(m.name, m.content.split("\n")[0]) for m in (await desk.start())["messages"]]
    assert said[0] == ("user", "save the order")
    assert ("web_agent", "I want to click button “Delete order”. (because)") in said
    assert ("utility_agent", "Not like this.") in said
    assert ("browser", "Done: click button “Save order”.") in said
    assert said[-1] == ("harmonyguard", "done: all done")


async def test_a_typed_password_is_in_no_state_and_no_journal(desk: Desk) -> None:
    secret = "correct-horse-9"
    fill = Action(type="fill", ref="e3", value=secret)
    desk.web_agent.script = [fill, DONE]
    await desk.start(f"log in with password {secret}")
    assert desk.sessions.done == [fill]
    assert desk.guard.seen[1].task.goal == "log in with password {{secret:task_password}}"
    first_input = 2
    snapshots = [s async for s in desk.agent.aget_state_history(desk.config)][:-first_input]
    assert all(secret not in str(snapshot.values) for snapshot in snapshots)
    raw = b"".join(path.read_bytes() for path in desk.runs.rglob("*") if path.is_file())
    assert secret.encode() not in raw
