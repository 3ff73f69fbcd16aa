"""Models by name: what cannot be loaded is one clear line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage
from langchain_core.tools import tool
from pydantic import BaseModel

from harmonyguard.models import ask, call, load_model, text_of
from harmonyguard.steps import InputError, ModelError


class Colour(BaseModel):
    """A colour."""

    name: str


ASKED = [HumanMessage("Which colour?")]


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("spec", ["", "gpt-5", "openai:", ":gpt-5", "nobody:gpt-5", "anthropic:claude", "openai:gpt-5"])
def test_what_cannot_be_loaded_is_one_clear_line(spec: str) -> None:
    with pytest.raises(InputError) as caught:
        load_model(spec)
    assert "\n" not in str(caught.value) and caught.value.exit_code == 2


def test_a_local_server_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert load_model("openai:llama").get_name() == "ChatOpenAI"


def test_a_file_is_no_cassette(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="not a folder"):
        load_model(f"cassette:{tmp_path / 'file'}")


def written(folder: Path) -> Path:
    """The only request that the cassette wrote."""
    (request,) = folder.glob("*.request.json")
    return request


async def recorded(folder: Path) -> Path:
    """Asks without a reply, and gives the path of the request that was written."""
    with pytest.raises(ModelError, match="no recorded reply"):
        await ask(load_model(f"cassette:{folder}"), ASKED, Colour)
    return written(folder)


async def test_a_cassette_writes_down_what_it_cannot_answer(tmp_path: Path) -> None:
    request = json.loads((await recorded(tmp_path / "new")).read_text())
    assert request["messages"] == [{"role": "user", "content": "Which colour?"}]
    assert request["schema"]["title"] == "Colour" and request["tools"] is None


@pytest.mark.parametrize("reply", [{"name": "red"}, {"content": '{"name": "red"}'}, {"content": {"name": "red"}}])
async def test_a_cassette_answers_with_the_recorded_reply(tmp_path: Path, reply: dict[str, object]) -> None:
    request = await recorded(tmp_path)
    request.with_name(request.name.replace("request", "reply")).write_text(json.dumps(reply))
    assert await ask(load_model(f"cassette:{tmp_path}"), ASKED, Colour) == (Colour(name="red"), 1)


@pytest.mark.parametrize("text", ["{", "[]", '{"tool_calls": [{"args": {}}]}', '{"refusal": "no"}', '{"content": ""}'])
async def test_a_broken_reply_is_a_model_error(tmp_path: Path, text: str) -> None:
    request = await recorded(tmp_path)
    request.with_name(request.name.replace("request", "reply")).write_text(text)
    with pytest.raises(ModelError):
        await ask(load_model(f"cassette:{tmp_path}"), ASKED, Colour)


async def test_a_cassette_knows_tools(tmp_path: Path) -> None:
    @tool
    def paint(colour: str) -> None:
        """Paint the wall."""

    model = load_model(f"cassette:{tmp_path}").bind_tools([paint])
    with pytest.raises(ModelError, match="no recorded reply"):
        await call(model, ASKED)
    request = written(tmp_path)
    assert json.loads(request.read_text())["tools"][0]["function"]["name"] == "paint"
    reply = {"content": "Painting.", "tool_calls": [{"name": "paint", "args": {"colour": "red"}}]}
    request.with_name(request.name.replace("request", "reply")).write_text(json.dumps(reply))
    message = await call(model, ASKED)
    assert text_of(message) == "Painting." and message.tool_calls[0]["args"] == {"colour": "red"}
