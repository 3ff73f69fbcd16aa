"""Secrets: passwords that are typed, and addresses that hold one, are written down nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from harmonyguard.steps import Action, Finding, InputError, Verdict

from .conftest import Desk
from .fakes import DELETE, DONE

SECRET = "open sesame"
UNDECIDED = Finding(
    policy_id="p-1", status="undecided", tier="rule", reason="", clause="c", source="s", authority="user"
)
ASK = Verdict(outcome="ask_human", findings=(UNDECIDED,), effects=("delete",))


async def everything(desk: Desk) -> str:
    """The run's folder and the newest checkpoint, as text."""
    files = [path.read_bytes().decode("latin-1") for path in desk.runs.rglob("*") if path.is_file()]
    return "\n".join([*files, str(await desk.values())])


async def test_a_password_that_a_person_puts_in_is_hidden(desk: Desk) -> None:
    desk.web_agent.script = [DELETE, DONE]
    desk.guard.verdicts["e1"] = ASK
    asked: dict[str, Any] = (await desk.start())["__interrupt__"][0].value
    edited = Action(type="fill", ref="e3", value=SECRET)
    result = await desk.answer({"answer": "edit", "digest": asked["digest"], "action": edited.to_json()})
    assert (result["outcome"], desk.sessions.done) == ("done", [edited])
    assert SECRET not in await everything(desk)


async def test_a_password_in_the_goal_is_hidden_from_the_first_event(desk: Desk) -> None:
    desk.web_agent.script = [Action(type="fill", ref="e3", value=SECRET), DONE]
    result = await desk.start(f'Enter "{SECRET}" into "Password"')
    assert (result["outcome"], desk.sessions.done) == ("done", [Action(type="fill", ref="e3", value=SECRET)])
    assert SECRET not in await everything(desk)


@pytest.mark.parametrize("url", [f"http://anna:{SECRET.replace(' ', '')}@shop.test/", "http://token@shop.test/"])
async def test_a_url_with_credentials_is_refused(desk: Desk, url: str) -> None:
    with pytest.raises(InputError, match="user name or password"):
        await desk.start(url=url)
    assert not desk.runs.exists()


async def test_an_error_that_quotes_a_password_is_hidden(desk: Desk) -> None:
    def fails(state: Any) -> dict[str, Any]:
        raise ValueError(f"cannot fill {SECRET!r}")

    desk.web_agent.script = [DELETE, DONE]
    desk.guard.verdicts["e1"] = Verdict(outcome="revise", effects=("delete",))
    desk.replace_nodes["reflection"] = fails
    result = await desk.start(f'Enter "{SECRET}" into "Password"')
    assert result["outcome"] == "error"
    assert "cannot fill" in result["error"]
    assert SECRET not in await everything(desk)
