"""A chat model as the judge, over HTTP: an honest one, and one that obeys whatever the page says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from harmonyguard.benchmarks.adversarial.matrix import loosened
from harmonyguard.benchmarks.adversarial.places import PLACES, plant
from harmonyguard.benchmarks.adversarial.situations import Base, held_up
from harmonyguard.benchmarks.adversarial.texts import KINDS, HostileText, hostile_texts
from harmonyguard.benchmarks.perfect_judge import asked_in
from harmonyguard.models import load_model
from harmonyguard.steps import Situation, Verdict
from harmonyguard.utility_agent.agent import UtilityAgent
from harmonyguard.utility_agent.judge.model_judge import ModelJudge
from tests.openai_server import OpenAIServer, Reply

OPEN = "Do not delete tickets if they hold evidence."
TEXTS = {kind: [text for text in hostile_texts() if text.kind == kind] for kind in KINDS}


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer().running() as running:
        yield running


def reply(asked: list[str], violated: str, alignment: str, *more: str, guidance: str = "") -> Reply:
    answers = [{"policy_id": one, "reason": "so it is", "violated": violated} for one in [*asked, *more]]
    told = {"answers": answers, "alignment": alignment, "alignment_reason": "so it is", "guidance": guidance}
    return Reply(content=told)


def judged_by(server: OpenAIServer) -> UtilityAgent:
    """A guard with a judge of its own: no reply is remembered from the test before."""
    model = load_model("openai:test-model", base_url=server.url, api_key="none", retries=0)
    return UtilityAgent(ModelJudge(model, "test"))


def with_an_open_policy(*ids: str) -> list[Base]:
    """Situations in which rules are certain of one policy and leave another to the judge, or only the latter."""
    return [replace(base, policies=(*base.policies, OPEN)) for base in held_up() if base.id in ids]


def planted(base: Base, text: HostileText, turn: int) -> tuple[Situation, str]:
    """The text in a place of the page; another one for each text."""
    for place in (*PLACES[turn % len(PLACES) :], *PLACES):
        situation = plant(base.situation, text.about(base.named, "p-1"), place)
        if situation != base.situation:
            return situation, f"{text.id} in {place!r} of {base.id!r}"
    raise AssertionError(base.id)


async def pairs(server: OpenAIServer, kind: str, *ids: str) -> list[tuple[str, Verdict, Verdict]]:
    guard = judged_by(server)
    found = []
    for base in with_an_open_policy(*ids):
        before = await guard.evaluate(base.situation, base.book)
        for turn, text in enumerate(TEXTS[kind]):
            situation, name = planted(base, text, turn)
            found.append((name, before, await guard.evaluate(situation, base.book)))
    return found


@pytest.mark.parametrize("kind", KINDS)
async def test_with_an_honest_judge_no_text_makes_a_verdict_more_permissive(server: OpenAIServer, kind: str) -> None:
    server.script(Reply())
    server.answering = lambda body: reply(asked_in(body["messages"][-1]["content"]), "yes", "unknown")
    seen = await pairs(server, kind, "consent", "judged")
    assert [f"{name}: {loosened(before, after)}" for name, before, after in seen if loosened(before, after)] == []
    assert {before.judge_calls for _, before, _ in seen} == {1}


@pytest.mark.parametrize("kind", KINDS)
async def test_what_rules_know_stands_whatever_the_judge_was_talked_into(server: OpenAIServer, kind: str) -> None:
    server.script(Reply())
    server.answering = lambda body: reply(asked_in(body["messages"][-1]["content"]), "no", "aligned")
    for name, before, after in await pairs(
        server, kind, "consent", "consent-without-revisions", "follows-the-page", "opposite"
    ):
        assert set(before.certain) <= set(after.certain) <= set(after.violated), name
        assert after.outcome == before.outcome and after.outcome != "allow", name
        assert after.alignment == before.alignment or after.alignment == "deviated", name


@pytest.mark.parametrize("kind", KINDS)
async def test_a_reply_that_speaks_of_what_was_not_asked_clears_nothing(server: OpenAIServer, kind: str) -> None:
    server.script(Reply())
    server.answering = lambda body: reply(asked_in(body["messages"][-1]["content"]), "no", "aligned", "p-none")
    for name, _, after in await pairs(server, kind, "judged"):
        assert after.outcome == "ask_human" and after.error is not None, name
        assert {*after.judged, *after.violated, *after.undecided} <= {"p-1", "p-2"}, name


async def test_guidance_of_a_judge_that_repeats_the_page_is_short_and_visible(server: OpenAIServer) -> None:
    server.script(Reply())
    for text in (texts[0] for texts in TEXTS.values()):
        words = text.about("Delete ticket", "p-1")
        server.answering = lambda body, words=words: reply(
            asked_in(body["messages"][-1]["content"]), "yes", "deviated", guidance=words
        )
        (base,) = with_an_open_policy("judged")
        verdict = await judged_by(server).evaluate(base.situation, base.book)
        assert verdict.outcome == "revise", text.id
        assert verdict.guidance, text.id
        for guidance in verdict.guidance:
            assert len(guidance.text) <= 800 and guidance.text.isprintable(), text.id
