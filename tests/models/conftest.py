"""One OpenAI-compatible server for the tests of models, and a chat model that talks to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from langchain_core.language_models import BaseChatModel

from harmonyguard.models import load_model
from tests.openai_server import OpenAIServer


@pytest.fixture(scope="module")
def running_server() -> Iterator[OpenAIServer]:
    with OpenAIServer().running() as running:
        yield running


@pytest.fixture
def server(running_server: OpenAIServer) -> Iterator[OpenAIServer]:
    yield running_server
    running_server.reset()


@pytest.fixture
def chat_model(server: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> BaseChatModel:
    """A model without retries: each scripted reply is one call."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    return load_model("openai:test-model", timeout=5.0, retries=0)
