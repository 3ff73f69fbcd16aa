"""What the journal keeps beside a step: how long its parts took, tokens of models, where the target was."""

from __future__ import annotations

from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from harmonyguard.policies.book import PolicyBook
from harmonyguard.runs.ledger import Ledger
from harmonyguard.steps import Action, Observation, Proposal, Situation, Verdict
from harmonyguard.web_agent.agent import View

from .conftest import Desk
from .fakes import DONE, ScriptedAgent, ScriptedGuard

CLICK = Action(type="click", ref="e2")


def saying(text: str, model: str, tokens: tuple[int, int]) -> GenericFakeChatModel:
    used = {"input_tokens": tokens[0], "output_tokens": tokens[1], "total_tokens": sum(tokens)}
    return GenericFakeChatModel(
        messages=iter(
            AIMessage(text, usage_metadata=used, response_metadata={"model_name": model})  # type: ignore[arg-type]
            for _ in range(9)
        )
    )


class AskingAgent(ScriptedAgent):
    """Asks a chat model before every proposal."""

    async def propose(self, view: View) -> Proposal:
        await saying("click", "small-model", (100, 7)).ainvoke("what now?")
        return await super().propose(view)


class AskingGuard(ScriptedGuard):
    """Asks a chat model twice before every verdict."""

    async def evaluate(self, situation: Situation, book: PolicyBook) -> Verdict:
        model = saying("fine", "judge-model", (50, 3))
        await model.ainvoke("may it?")
        await model.ainvoke("sure?")
        return await super().evaluate(situation, book)


async def test_every_part_of_a_step_is_timed(desk: Desk) -> None:
    desk.web_agent = ScriptedAgent([CLICK, DONE])
    await desk.start()
    timed = {e.kind for e in await desk.events() if isinstance(e.payload.get("milliseconds"), float)}
    assert timed == {"observed", "proposed", "judged", "acted"}


async def test_what_is_kept_beside_a_page_is_no_part_of_it(desk: Desk) -> None:
    desk.web_agent = ScriptedAgent([CLICK, DONE])
    await desk.start()
    seen = Ledger(await desk.events()).observation
    assert seen == Observation.model_validate((await desk.values())["observation"])


async def test_tokens_are_kept_with_what_they_were_used_for(desk: Desk) -> None:
    desk.web_agent, desk.guard = AskingAgent([CLICK, DONE]), AskingGuard()
    await desk.start()
    events = [event for event in await desk.events() if event.step == 2]
    used = {event.kind: event.payload.get("usage") for event in events if event.kind in ("proposed", "judged")}
    assert used == {
        "proposed": {"small-model": {"input_tokens": 100, "output_tokens": 7}},
        "judged": {"judge-model": {"input_tokens": 100, "output_tokens": 6}},
    }


async def test_offline_engines_use_no_tokens(desk: Desk) -> None:
    await desk.start()
    assert not [event for event in await desk.events() if "usage" in event.payload]


async def test_the_place_of_the_target_in_the_picture_is_kept(desk: Desk) -> None:
    desk.web_agent = ScriptedAgent([CLICK, DONE])
    await desk.start()
    boxes = [event.payload.get("box") for event in await desk.events() if event.kind == "proposed"]
    shown = {"x": 10, "y": 20, "width": 30, "height": 40, "shown_width": 1280, "shown_height": 900}
    assert boxes == [None, shown, None]
