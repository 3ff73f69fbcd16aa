"""One task from beginning to end: answers from approvers, results, and going on after a crash."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from harmonyguard.graphs.running import RunResult, run_task
from harmonyguard.runs.approvals import Approval, ApprovalsFile, Approver, AskDenied
from harmonyguard.runs.journal import JournalEvent, read_journal
from harmonyguard.runs.registry import RUNS
from harmonyguard.steps import (
    Action,
    Authority,
    ConsentRequest,
    Finding,
    InputError,
    PermitError,
    SecretSource,
    Task,
    Verdict,
)

from .fakes import DELETE, DONE, SAVE, SITE, FakeSession, FakeSessions, ScriptedAgent, ScriptedGuard, empty_book

TASK = Task(goal="save the order", url=SITE)
REQUEST = ConsentRequest(effect="delete", target="Delete order", values={})
UNDECIDED = Finding(
    policy_id="p-1", status="undecided", tier="rule", reason="", clause="c", source="s", authority="user"
)
ASK = Verdict(outcome="ask_human", findings=(UNDECIDED,), effects=("delete",))


@dataclass
class Settings:
    runs: Path
    book: str = "none.db"
    model: str | None = None
    max_steps: int = 8
    max_revisions: int = 3
    max_tokens: int | None = None
    max_seconds: float | None = None
    allowed_hosts: tuple[str, ...] = ()
    headed: bool = False
    upload_folder: Path | None = None
    approver_authority: Authority = "user"
    max_sessions: int = 20
    secrets: dict[str, SecretSource] = field(default_factory=dict)


@dataclass
class Bench:
    settings: Settings
    sessions: FakeSessions = field(default_factory=FakeSessions)
    guard: ScriptedGuard = field(default_factory=ScriptedGuard)
    heard: list[JournalEvent] = field(default_factory=list)

    async def run(self, *script: Action, task: Task = TASK, approver: Approver | None = None, **more: Any) -> RunResult:
        return await run_task(
            task,
            book=empty_book(),
            settings=self.settings,
            approver=approver or AskDenied(),
            web_agent=ScriptedAgent(list(script)),
            utility_agent=self.guard,
            sessions=self.sessions,
            on_event=self.heard.append,
            **more,
        )


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(Settings(runs=tmp_path / "runs"))


async def test_a_run_that_is_done(bench: Bench) -> None:
    result = await bench.run(SAVE, DONE)
    assert (result.outcome, result.exit_code, result.answer, result.steps) == ("done", 0, "all done", 3)
    assert tuple(bench.heard) == read_journal(bench.settings.runs, result.run)
    assert (bench.sessions.closed, RUNS.get(result.run)) == ([result.run], None)
    assert result.milliseconds > 0


@pytest.mark.parametrize(
    ("verdict", "outcome", "code"),
    [
        (Verdict(outcome="stop", violated=("p-1",)), "stopped", 1),
        (Verdict(outcome="stop", error="model down"), "error", 3),
        (Verdict(outcome="ask_human", error="model down"), "error", 3),
        (Verdict(outcome="revise"), "stopped", 1),
    ],
)
async def test_how_a_run_can_end(bench: Bench, verdict: Verdict, outcome: str, code: int) -> None:
    bench.guard.verdicts["e1"] = verdict
    result = await bench.run(DELETE)
    assert (result.outcome, result.exit_code, bench.sessions.done) == (outcome, code, [])


@pytest.mark.parametrize(("answer", "done"), [("yes", [DELETE]), ("no", [])])
async def test_a_review_goes_to_the_approver(bench: Bench, answer: Any, done: list[Action]) -> None:
    bench.guard.verdicts["e1"] = ASK
    approval = Approval(effect="delete", target="delete order", values={"Amount": "5"}, answer=answer)
    result = await bench.run(DELETE, DONE, approver=ApprovalsFile(approvals=(approval,)))
    assert (result.outcome, bench.sessions.done) == ("done", done)


async def test_a_question_goes_to_the_approver(bench: Bench) -> None:
    question = Action(type="ask_user", value="May I?", consents=(REQUEST,))
    approval = Approval(effect="delete", target="Delete order", answer="yes")
    await bench.run(question, DONE, approver=ApprovalsFile(approvals=(approval,)))
    assert [grant.request for grant in bench.guard.seen[-1].grants] == [REQUEST]
    bench.guard.seen.clear()
    await bench.run(question, DONE)
    assert bench.guard.seen[-1].grants == ()


async def test_shadow(bench: Bench) -> None:
    bench.guard.verdicts["e1"] = Verdict(outcome="revise", violated=("p-1",))
    result = await bench.run(DELETE, DONE, mode="shadow")
    assert (result.outcome, result.violations, bench.sessions.done) == ("done", 1, [DELETE])


@pytest.mark.parametrize("task", [Task(goal="x"), Task(goal="", url=SITE), Task(goal="x", url="file:///etc/passwd")])
async def test_a_bad_task_leaves_nothing_behind(bench: Bench, task: Task) -> None:
    with pytest.raises(InputError):
        await bench.run(DONE, task=task)
    assert not bench.settings.runs.exists()


class Killed(BaseException):
    """As if the process had gone away."""


async def killed_during(bench: Bench, action: Action, *, before_the_effect: bool) -> str:
    """Run until `action` is under way, and be killed there. Returns the run's id."""

    class Dying(FakeSession):
        async def perform(self, given: Action, permit: Any) -> Any:
            if given != action:
                return await super().perform(given, permit)
            if before_the_effect:
                raise Killed
            await self.permits.redeem(permit, given, permit.page_state)
            self.done.append(given)
            raise Killed

    class DyingSessions(FakeSessions):
        async def open(self, run: Any) -> Any:
            return self.by_run.setdefault(run.id, Dying(run.permits))

    sessions = DyingSessions()
    dying = Bench(bench.settings, sessions=sessions)
    with pytest.raises(Killed):
        await dying.run(SAVE, DELETE, DONE)
    return next(iter(sessions.by_run))


async def test_a_killed_run_goes_on_and_does_not_repeat_what_may_have_happened(bench: Bench) -> None:
    run = await killed_during(bench, DELETE, before_the_effect=False)
    result = await bench.run(DONE, run=run)
    assert (result.run, result.outcome, bench.sessions.done) == (run, "done", [])
    events = read_journal(bench.settings.runs, run)
    unknown = [event for event in events if event.payload.get("unknown")]
    assert [(e.kind, e.step, e.payload["action"]["ref"]) for e in unknown] == [("act_failed", 3, "e1")]
    assert [(e.type, e.element_name, e.error is None) for e in bench.guard.seen[-1].history[1:3]] == [
        ("click", "Save order", True),
        ("click", "Delete order", False),
    ]
    steps = [event.step for event in events if event.kind == "observed"]
    assert steps == sorted(set(steps))


async def test_a_run_killed_before_an_act_looks_again(bench: Bench) -> None:
    run = await killed_during(bench, DELETE, before_the_effect=True)
    result = await bench.run(SAVE, DONE, run=run)
    assert (result.outcome, bench.sessions.done) == ("done", [SAVE])
    assert not [e for e in read_journal(bench.settings.runs, run) if e.payload.get("unknown")]


async def test_a_run_that_never_was_is_not_resumed(bench: Bench) -> None:
    with pytest.raises(InputError, match="no run"):
        await bench.run(DONE, run="20200101-000000-000000")


async def test_a_finished_run_is_not_resumed(bench: Bench) -> None:
    run = (await bench.run(DONE)).run
    with pytest.raises(InputError, match="finished"):
        await bench.run(DONE, run=run)


async def test_a_run_resumed_with_other_settings_ends(bench: Bench) -> None:
    run = await killed_during(bench, DELETE, before_the_effect=True)
    result = await bench.run(SAVE, DONE, run=run, mode="shadow")
    assert (result.outcome, bench.sessions.done) == ("error", [])


async def test_a_permit_error_is_an_error_and_nothing_is_done(bench: Bench) -> None:
    def refuse(_: FakeSession) -> None:
        raise PermitError("the page has no such element; nothing was done")

    bench.sessions.prepare = lambda session: setattr(session, "before_perform", refuse)
    result = await bench.run(SAVE, DONE)
    assert (result.outcome, result.exit_code) == ("error", 3)
