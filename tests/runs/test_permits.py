"""A permit lets one action through, once, on the page that was judged, in its own run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from harmonyguard.runs.approvals import ReviewAnswer, ReviewRequest
from harmonyguard.runs.journal import Journal, read_journal
from harmonyguard.runs.permits import Permits
from harmonyguard.steps import Action, ActionResult, Authority, Finding, PageChangedError, Permit, PermitError, Verdict

CLICK = Action(type="click", ref="e1")
ALLOW = Verdict(outcome="allow", book_version="v1")


@pytest.fixture
async def permits(tmp_path: Path) -> AsyncIterator[Permits]:
    journal = await Journal.create(tmp_path, "r1")
    yield Permits("r1", journal)
    await journal.close()


async def mint(permits: Permits, action: Action = CLICK, step: int = 1, verdict: Verdict = ALLOW) -> Permit:
    return await permits.mint_allowed(
        run="r1", step=step, action=action, page_state="page", verdict=verdict, notes={"effects": []}
    )


def kinds(folder: Path) -> list[str]:
    return [event.kind for event in read_journal(folder, "r1")]


async def test_acting_is_written_before_the_act_and_settled_after(permits: Permits, tmp_path: Path) -> None:
    permit = await mint(permits)
    await permits.redeem(permit, CLICK, "page")
    assert kinds(tmp_path) == ["permit_minted", "acting"]
    await permits.settle(permit, ActionResult(url="http://a/"))
    last = read_journal(tmp_path, "r1")[-1]
    assert (last.kind, last.payload["url"], last.payload["action"]) == ("acted", "http://a/", CLICK.to_json())


async def test_a_failed_act_is_written_as_failed(permits: Permits, tmp_path: Path) -> None:
    permit = await mint(permits)
    await permits.redeem(permit, CLICK, "page")
    await permits.settle(permit, ActionResult(error="gone"))
    assert kinds(tmp_path)[-1] == "act_failed"


async def test_replay_is_refused(permits: Permits, tmp_path: Path) -> None:
    permit = await mint(permits)
    await permits.redeem(permit, CLICK, "page")
    with pytest.raises(PermitError, match="has been used"):
        await permits.redeem(permit, CLICK, "page")
    with pytest.raises(PermitError):
        permits.find(run="r1", step=1, action=CLICK)
    assert kinds(tmp_path).count("acting") == 1


@pytest.mark.parametrize(
    ("action", "permit_change"),
    [
        (Action(type="click", ref="e2"), {}),
        (Action(type="fill", ref="e1", value="other"), {}),
        (CLICK, {"id": "0" * 32}),
        (CLICK, {"run": "r2"}),
        (CLICK, {"step": 2}),
        (CLICK, {"book_version": "v2"}),
        (Action(type="click", ref="e2"), {"action_digest": Action(type="click", ref="e2").digest()}),
    ],
)
async def test_a_permit_for_something_else_is_refused(
    permits: Permits, tmp_path: Path, action: Action, permit_change: dict[str, object]
) -> None:
    permit = replace(await mint(permits), **permit_change)
    with pytest.raises(PermitError):
        await permits.redeem(permit, action, "page")
    assert "acting" not in kinds(tmp_path)


async def test_another_page_voids_the_permit(permits: Permits, tmp_path: Path) -> None:
    permit = await mint(permits)
    with pytest.raises(PageChangedError):
        await permits.redeem(permit, CLICK, "another page")
    with pytest.raises(PermitError):
        await permits.redeem(permit, CLICK, "page")
    assert "acting" not in kinds(tmp_path)


async def test_a_step_acts_once_even_with_a_second_permit(permits: Permits, tmp_path: Path) -> None:
    await permits.redeem(await mint(permits), CLICK, "page")
    with pytest.raises(PermitError, match="does not act twice"):
        await mint(permits)
    reopened = Permits("r1", await Journal.reopen(tmp_path, "r1"))
    forged = await mint(reopened)
    with pytest.raises(PermitError, match="does not act twice"):
        await reopened.redeem(forged, CLICK, "page")


async def test_a_later_proposal_voids_the_permit_of_an_earlier_one(permits: Permits) -> None:
    first = await mint(permits)
    await mint(permits, Action(type="click", ref="e9"))
    with pytest.raises(PermitError):
        await permits.redeem(first, CLICK, "page")


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict(outcome="revise"),
        Verdict(outcome="ask_human"),
        Verdict(outcome="stop"),
        Verdict(outcome="allow", error="model down", effects=("delete",)),
        Verdict(outcome="allow", error="model down", effects=("read",), irreversible=True),
    ],
)
async def test_no_permit_without_an_allow(permits: Permits, tmp_path: Path, verdict: Verdict) -> None:
    with pytest.raises(PermitError):
        await mint(permits, verdict=verdict)
    assert kinds(tmp_path) == []


async def test_a_plain_read_goes_on_after_a_guard_error(permits: Permits) -> None:
    await mint(permits, verdict=Verdict(outcome="allow", error="model down", effects=("read",)))


def finding(**changes: object) -> Finding:
    fields = {"policy_id": "p1", "status": "undecided", "tier": "rule", "reason": "", "clause": "c", "source": "s"}
    return Finding.model_validate({**fields, **changes})


def request_for(verdict: Verdict) -> ReviewRequest:
    return ReviewRequest(run="r1", step=1, action=CLICK, page="http://a/", policies=verdict.findings)


async def approve(
    permits: Permits, verdict: Verdict, answer: ReviewAnswer | None = None, authority: Authority = "organization"
) -> Permit:
    request = request_for(verdict)
    return await permits.mint_approved(
        run="r1",
        step=1,
        action=CLICK,
        page_state="page",
        verdict=verdict,
        request=request,
        answer=answer or ReviewAnswer(answer="approve", shown=request.digest()),
        authority=authority,
        notes={},
    )


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict(outcome="ask_human", findings=(finding(),)),
        Verdict(outcome="ask_human", findings=(finding(status="violated", consent_lifts=True),)),
        Verdict(outcome="ask_human", error="model down"),
    ],
)
async def test_an_approval_lifts_undecided_consent_and_error(permits: Permits, verdict: Verdict) -> None:
    assert (await approve(permits, verdict)).run == "r1"


@pytest.mark.parametrize(
    ("verdict", "authority"),
    [
        (Verdict(outcome="ask_human", findings=(finding(status="violated"),)), "organization"),
        (Verdict(outcome="ask_human", findings=(finding(),)), "user"),
        (Verdict(outcome="ask_human", findings=(finding(authority="user"),)), "task"),
        (Verdict(outcome="ask_human", violated=("p9",)), "organization"),
        (Verdict(outcome="stop"), "organization"),
        (Verdict(outcome="revise"), "organization"),
    ],
)
async def test_an_approval_does_not_lift_more(permits: Permits, verdict: Verdict, authority: Authority) -> None:
    with pytest.raises(PermitError):
        await approve(permits, verdict, authority=authority)


async def test_an_approval_for_something_else_is_refused(permits: Permits) -> None:
    verdict = Verdict(outcome="ask_human", findings=(finding(),))
    other = request_for(verdict).model_copy(update={"action": Action(type="click", ref="e2")})
    for answer in (
        ReviewAnswer(answer="approve", shown=other.digest()),
        ReviewAnswer(answer="approve"),
        ReviewAnswer(answer="reject", shown=request_for(verdict).digest()),
    ):
        with pytest.raises(PermitError):
            await approve(permits, verdict, answer)
