"""Calls to chat models that end in a usable reply or in a ModelError that names what happened.

Error texts hold the model's name, the kind of failure and the HTTP status: never bodies, headers or keys.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from harmonyguard.steps import ModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.runnables import Runnable

Schema = TypeVar("Schema", bound=BaseModel)

DEADLINE_SECONDS = 180.0
"""Wall time that one question may take, all tries together."""

_UNSUPPORTED = frozenset({400, 404, 415, 422, 501})
"""What servers answer that do not know a response format or tools."""

_ENDED_EARLY = frozenset({"length", "max_tokens", "model_length"})


class UnsupportedRequest(ModelError):
    """This form of the request did not work (refused, or answered out of schema): another form may do."""


class ModelUnavailable(ModelError):
    """The model could not be reached, or not in time: the next question is likely to meet the same."""


class AnswerCutOff(ModelError):
    """The answer ended before it was complete: a smaller question may get a whole one."""


async def ask(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    schema: type[Schema],
    *,
    name: str = "model",
    deadline: float = DEADLINE_SECONDS,
) -> tuple[Schema, int]:
    """A reply that fits `schema`, and the number of model calls it took.

    Asks for strict JSON schema, then for a tool call, then for JSON text, each only when the one before gave
    nothing that fits; the text is repaired once. A reply is taken whole or not at all: JSON is never cut out of
    prose. Raises ModelError when the model is down, slow, refuses or never fits the schema, AnswerCutOff when the
    answer is cut off.
    """
    try:
        async with asyncio.timeout(deadline):
            return await _ask(model, messages, schema, name)
    except TimeoutError:
        raise ModelUnavailable(f"model {name}: no usable answer within {deadline:g} seconds") from None


async def _ask(
    model: BaseChatModel, messages: Sequence[BaseMessage], schema: type[Schema], name: str
) -> tuple[Schema, int]:
    calls = 0
    methods: tuple[Literal["json_schema", "function_calling"], ...] = ("json_schema", "function_calling")
    for method in methods:
        strict: dict[str, Any] = {"strict": True} if method == "json_schema" else {}
        try:
            bound = model.with_structured_output(schema, method=method, include_raw=True, **strict)
        except (NotImplementedError, TypeError, ValueError):
            continue
        calls += 1
        try:
            reply = await _run(bound, messages, name)
        except UnsupportedRequest:
            continue
        raw = reply.get("raw") if isinstance(reply, dict) else None
        found = None if raw is None else _fit(_usable(raw, name), schema)
        if found is not None:
            return found, calls
    return await _ask_for_text(model, messages, schema, name, calls)


async def _ask_for_text(
    model: BaseChatModel, messages: Sequence[BaseMessage], schema: type[Schema], name: str, calls: int
) -> tuple[Schema, int]:
    from langchain_core.messages import AIMessage, HumanMessage

    shape = json.dumps(schema.model_json_schema(), sort_keys=True)
    wish = f"Answer with one JSON object and nothing else: no prose, no code fence. JSON Schema:\n{shape}"
    asked: list[BaseMessage] = [*messages, HumanMessage(wish)]
    problem = answer = ""
    for _ in range(2):
        calls += 1
        answer = text_of(await call(model, asked, name=name))
        try:
            return schema.model_validate_json(answer), calls
        except ValidationError as error:
            problem = _problems(error)
        repair = f"That does not fit the schema ({problem}). Answer with the corrected JSON object and nothing else."
        asked = [*asked, AIMessage(answer), HumanMessage(repair)]
    if _is_cut(answer):
        raise AnswerCutOff(f"model {name}: the answer was cut off, even after a repair")
    raise ModelError(f"model {name}: the answer does not fit the schema, even after a repair ({problem})")


async def call(
    model: Runnable[Any, Any],
    messages: Sequence[BaseMessage],
    *,
    name: str = "model",
    deadline: float = DEADLINE_SECONDS,
) -> AIMessage:
    """One call. Raises ModelError when it fails, takes too long, is refused, is cut off or comes back empty."""
    try:
        async with asyncio.timeout(deadline):
            return _usable(await _run(model, messages, name), name)
    except TimeoutError:
        raise ModelUnavailable(f"model {name}: no answer within {deadline:g} seconds") from None


def text_of(message: AIMessage) -> str:
    """The text of a reply, without white space around it."""
    return str(message.text).strip()


async def _run(model: Runnable[Any, Any], messages: Sequence[BaseMessage], name: str) -> Any:
    try:
        return await model.ainvoke(list(messages))
    except ModelError:
        raise
    except Exception as error:  # noqa: BLE001 - every provider has its own; each becomes a ModelError that says which
        raise _model_error(error, name) from None


def _usable(message: AIMessage, name: str) -> AIMessage:
    """The message, unless it is a refusal, was cut off or says nothing."""
    reason = str(message.response_metadata.get("finish_reason") or message.response_metadata.get("stop_reason") or "")
    if reason in _ENDED_EARLY:
        raise AnswerCutOff(f"model {name}: the answer was cut off (finish reason {reason})")
    if message.additional_kwargs.get("refusal") or reason in ("content_filter", "refusal"):
        raise ModelError(f"model {name}: the model refused to answer")
    if not message.tool_calls and not message.invalid_tool_calls and not text_of(message):
        raise ModelError(f"model {name}: the answer is empty")
    return message


def _is_cut(answer: str) -> bool:
    """True for JSON that ends in the middle."""
    try:
        json.loads(answer)
    except json.JSONDecodeError as error:
        return answer.startswith("{") and (error.pos >= len(answer) or error.msg.startswith("Unterminated"))
    return False


def _fit(message: AIMessage, schema: type[Schema]) -> Schema | None:
    try:
        if message.tool_calls:
            return schema.model_validate(message.tool_calls[0]["args"])
        return schema.model_validate_json(text_of(message))
    except ValidationError:
        return None


def _problems(error: ValidationError) -> str:
    """Where and why, without the values: they may quote a page."""
    found = [f"{'.'.join(str(part) for part in item['loc']) or 'root'}: {item['type']}" for item in error.errors()[:3]]
    return "; ".join(found)


def _model_error(error: Exception, name: str) -> ModelError:
    kind = type(error).__name__
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        hint = {401: ": check the API key", 403: ": no access", 404: ": no such model or address", 429: ": rate limit"}
        text = f"model {name}: the server answered HTTP {status}{hint.get(status, '')}"
        return UnsupportedRequest(text) if status in _UNSUPPORTED else ModelUnavailable(text)
    if isinstance(error, TimeoutError) or "Timeout" in kind:
        return ModelUnavailable(f"model {name}: timed out")
    if isinstance(error, ConnectionError | OSError) or "Connection" in kind or "Connect" in kind:
        return ModelUnavailable(f"model {name}: cannot be reached")
    if "LengthFinishReason" in kind:
        return AnswerCutOff(f"model {name}: the answer was cut off (finish reason length)")
    if isinstance(error, ValidationError) or kind == "OutputParserException":
        return UnsupportedRequest(f"model {name}: the answer does not fit the schema")
    if "ContentFilter" in kind or "Refusal" in kind:
        return ModelError(f"model {name}: the model refused to answer")
    return ModelUnavailable(f"model {name}: the call failed ({kind})")
