"""A chat model that answers from recorded replies, and writes down the requests that have none yet.

`DIR/<digest>.reply.json` answers the request with that digest; without one, `DIR/<digest>.request.json` is written
(messages, output schema, tools) and the call fails as a model that is down does.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

from harmonyguard.steps import ModelError, digest_of

_MESSAGE_FIELDS = {"content", "tool_calls", "refusal", "finish_reason"}


class CassetteModel(BaseChatModel):
    """Replies from a folder.

    A reply file holds a message (`{"content": text, "tool_calls": [{"name", "args"}]}`) or, where an output schema
    was asked for, the object itself.
    """

    folder: Path

    @property
    def _llm_type(self) -> str:
        return "cassette"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Tools become part of the request; how one is chosen does not."""
        return self.bind(tools=[convert_to_openai_tool(tool) for tool in tools], **kwargs)

    def with_structured_output(
        self, schema: dict[str, Any] | type, *, include_raw: bool = False, **kwargs: Any
    ) -> Runnable[LanguageModelInput, Any]:
        """The output schema becomes part of the request. Replies come raw: callers validate them."""
        if isinstance(schema, dict) or not hasattr(schema, "model_json_schema"):
            raise NotImplementedError("a cassette takes Pydantic models as output schema")
        if not include_raw:
            raise NotImplementedError("a cassette gives raw replies only")
        bound = self.bind(output_schema=schema.model_json_schema())
        return bound | RunnableLambda(lambda raw: {"raw": raw, "parsed": None, "parsing_error": None})

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        request = {
            "messages": convert_to_openai_messages(messages),
            "schema": kwargs.get("output_schema"),
            "tools": kwargs.get("tools"),
        }
        digest = digest_of(request)
        recorded = self.folder / f"{digest}.reply.json"
        if not recorded.is_file():
            _write(self.folder / f"{digest}.request.json", request)
            raise ModelError(f"cassette {self.folder}: no recorded reply {recorded.name}; the request was written")
        message = _message(recorded, structured=request["schema"] is not None)
        return ChatResult(generations=[ChatGeneration(message=message)])

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return await asyncio.to_thread(self._generate, messages, stop, None, **kwargs)


def _message(recorded: Path, *, structured: bool) -> AIMessage:
    try:
        reply = json.loads(recorded.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"cassette reply {recorded.name} cannot be read ({type(error).__name__})") from None
    if not isinstance(reply, dict):
        raise ModelError(f"cassette reply {recorded.name} is not a JSON object")
    if structured and not set(reply) <= _MESSAGE_FIELDS:
        return AIMessage(content=json.dumps(reply, ensure_ascii=False))
    calls = reply.get("tool_calls") or []
    content = reply.get("content") or ""
    try:
        return AIMessage(
            content=content if isinstance(content, str) else json.dumps(content, ensure_ascii=False),
            tool_calls=[{"name": c["name"], "args": c["args"], "id": f"call_{i}"} for i, c in enumerate(calls)],
            additional_kwargs={"refusal": reply["refusal"]} if reply.get("refusal") else {},
            response_metadata={"finish_reason": reply.get("finish_reason") or "stop"},
        )
    except (KeyError, TypeError, ValueError):
        raise ModelError(f"cassette reply {recorded.name} holds a tool call without name and args") from None


def _write(path: Path, request: dict[str, Any]) -> None:
    """Whole or not at all: two runs may record into one folder."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(request, file, indent=1, ensure_ascii=False, sort_keys=True)
        Path(temporary).replace(path)
    except OSError as error:
        raise ModelError(f"cassette {path.parent}: the request cannot be written ({type(error).__name__})") from None
