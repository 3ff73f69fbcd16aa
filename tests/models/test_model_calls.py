"""Structured answers over real HTTP: every way a model can fail ends as a ModelError that says what happened."""

from __future__ import annotations

from typing import Literal

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage
from pydantic import BaseModel, ConfigDict

from harmonyguard.models import ask, load_model
from harmonyguard.steps import ModelError
from tests.openai_server import OpenAIServer, Reply


class Colour(BaseModel):
    """A colour and how sure the answer is."""

    model_config = ConfigDict(extra="forbid")

    name: str
    sure: Literal["yes", "no"]


ASKED = [HumanMessage("Which colour?")]
GOOD = {"name": "red", "sure": "yes"}
RED = Colour(name="red", sure="yes")
PROSE = 'Sure! Here it is: {"name": "red", "sure": "yes"} Anything else?'


async def test_a_strict_schema_is_asked_for_first(server: OpenAIServer, chat_model: BaseChatModel) -> None:
    server.script(Reply(content=GOOD))
    assert await ask(chat_model, ASKED, Colour) == (RED, 1)
    wanted = server.requests[0]["response_format"]
    assert wanted["type"] == "json_schema" and wanted["json_schema"]["strict"] is True


async def test_a_server_without_schemas_is_asked_for_a_tool_call(
    server: OpenAIServer, chat_model: BaseChatModel
) -> None:
    server.script(Reply(status=400), Reply(tool=("Colour", GOOD)))
    assert await ask(chat_model, ASKED, Colour) == (RED, 2)
    assert server.requests[1]["tools"][0]["function"]["name"] == "Colour"


async def test_a_server_without_tools_is_asked_for_json_text(server: OpenAIServer, chat_model: BaseChatModel) -> None:
    server.script(Reply(status=400), Reply(status=400), Reply(content=GOOD))
    assert await ask(chat_model, ASKED, Colour) == (RED, 3)


async def test_json_text_is_repaired_once(server: OpenAIServer, chat_model: BaseChatModel) -> None:
    server.script(Reply(content="red"), Reply(content="red"), Reply(content='{"name": "red"}'), Reply(content=GOOD))
    assert await ask(chat_model, ASKED, Colour) == (RED, 4)
    assert "sure: missing" in server.requests[-1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(status=500), "HTTP 500"),
        (Reply(status=429, headers={"retry-after": "1"}), "HTTP 429"),
        (Reply(status=401), "API key"),
        (Reply(status=400), "HTTP 400"),
        (Reply(body="{not json"), "model m"),
        (Reply(body="{}"), "model m"),
        (Reply(cut=True), "cannot be reached"),
        (Reply(content=PROSE), "does not fit"),
        (Reply(content={"name": "red", "sure": "maybe"}), "does not fit"),
        (Reply(content={**GOOD, "more": "x"}), "does not fit"),
        (Reply(content="[]"), "does not fit"),
        (Reply(content='{"name": "red", "sure": "y', finish_reason="length"), "cut off"),
        (Reply(content=GOOD, finish_reason="length"), "cut off"),
        (Reply(content=""), "empty"),
        (Reply(refusal="I will not."), "refused"),
        (Reply(content="", finish_reason="content_filter"), "refused"),
    ],
    ids=str,
)
async def test_failures_are_model_errors_without_secrets(
    server: OpenAIServer, chat_model: BaseChatModel, reply: Reply, words: str
) -> None:
    server.script(reply)
    with pytest.raises(ModelError, match=words) as caught:
        await ask(chat_model, ASKED, Colour, name="m")
    assert "sk-" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_a_slow_server_is_a_model_error(server: OpenAIServer) -> None:
    server.script(Reply(hang=True))
    slow = load_model("openai:test-model", timeout=0.2, retries=0, base_url=server.url)
    with pytest.raises(ModelError, match="timed out"):
        await ask(slow, ASKED, Colour)


async def test_a_deadline_holds_over_all_tries(server: OpenAIServer, chat_model: BaseChatModel) -> None:
    server.script(Reply(hang=True))
    with pytest.raises(ModelError, match=r"within 0\.2 seconds"):
        await ask(chat_model, ASKED, Colour, deadline=0.2)


async def test_no_server_is_a_model_error() -> None:
    nowhere = load_model("openai:test-model", timeout=2.0, retries=0, base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ModelError, match="cannot be reached"):
        await ask(nowhere, ASKED, Colour)


async def test_passing_faults_are_retried_a_bounded_number_of_times(server: OpenAIServer) -> None:
    model = load_model("openai:test-model", timeout=5.0, retries=1, base_url=server.url)
    hint = {"retry-after-ms": "1"}
    server.script(Reply(status=429, headers=hint), Reply(content=GOOD))
    assert await ask(model, ASKED, Colour) == (RED, 1)
    server.script(Reply(status=503, headers=hint))
    with pytest.raises(ModelError, match="HTTP 503"):
        await ask(model, ASKED, Colour)
    assert len(server.requests) == 2
