"""A small OpenAI-compatible server on loopback: scripted replies and faults over real HTTP, every request kept."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route


@dataclass(frozen=True)
class Reply:
    """One scripted answer.

    `content` is text (a dict is sent as JSON text); `tool` a tool call's name and arguments (a str is sent as is);
    `status` other than 200 is a fault; `body` replaces the whole body; `hang` answers only when the server is reset;
    `cut` closes the connection in the middle of the body.
    """

    content: str | dict[str, Any] | None = None
    tool: tuple[str, dict[str, Any] | str] | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    finish_reason: str | None = None
    refusal: str | None = None
    hang: bool = False
    cut: bool = False

    def message(self) -> dict[str, Any]:
        content = json.dumps(self.content) if isinstance(self.content, dict) else self.content
        message: dict[str, Any] = {"role": "assistant", "content": content, "refusal": self.refusal}
        if self.tool is not None:
            name, arguments = self.tool
            text = arguments if isinstance(arguments, str) else json.dumps(arguments)
            function = {"name": name, "arguments": text}
            message["tool_calls"] = [{"id": "call_1", "type": "function", "function": function}]
        return message

    @property
    def reason(self) -> str:
        return self.finish_reason or ("tool_calls" if self.tool is not None else "stop")


class OpenAIServer:
    """Answers requests with `replies` in order; the last one is repeated. `requests` holds the bodies received.

    `answering`, where it is set, makes the reply from the body instead.
    """

    def __init__(self) -> None:
        self.replies: list[Reply] = [Reply(content="ok")]
        self.answering: Callable[[dict[str, Any]], Reply] | None = None
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""
        self._release = threading.Event()

    def script(self, *replies: Reply) -> None:
        """Sets what is answered from here on, and forgets earlier requests."""
        self.replies = list(replies)
        self.answering = None
        self.requests.clear()
        self.headers.clear()

    def reset(self) -> None:
        """Lets go of requests that hang, and forgets script and requests."""
        self._release.set()
        self._release = threading.Event()
        self.script(Reply(content="ok"))

    async def complete(self, request: Request) -> Response:
        self.requests.append(await request.json())
        self.headers.append(dict(request.headers))
        if self.answering is not None:
            reply = self.answering(self.requests[-1])
        else:
            reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if reply.hang:
            await asyncio.to_thread(self._release.wait, 30)
        if reply.cut:
            return StreamingResponse(_broken(), media_type="application/json", headers={"content-length": "1000"})
        if reply.body is not None:
            return PlainTextResponse(
                reply.body, status_code=reply.status, media_type="application/json", headers=reply.headers
            )
        if reply.status != 200:
            error = {"error": {"message": "fault with sk-secret-in-body", "type": "server_error", "code": None}}
            return JSONResponse(error, status_code=reply.status, headers=reply.headers)
        if self.requests[-1].get("stream"):
            return StreamingResponse(_events(reply), media_type="text/event-stream")
        choice = {"index": 0, "message": reply.message(), "finish_reason": reply.reason, "logprobs": None}
        return JSONResponse(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 0,
                "model": "test-model",
                "choices": [choice],
                "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
            }
        )

    @contextmanager
    def running(self) -> Iterator[OpenAIServer]:
        """Serves on a free loopback port while the block runs."""
        app = Starlette(routes=[Route("/v1/chat/completions", self.complete, methods=["POST"])])
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(64)
            self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
            # Clients pool connections across tests, each of which has its own event loop: none may outlive its test.
            closing = [("connection", "close")]
            server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", headers=closing))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()
            try:
                yield self
            finally:
                self._release.set()
                server.should_exit = True
                server.force_exit = True
                thread.join(timeout=10)


async def _broken():  # type: ignore[no-untyped-def]
    yield b'{"id": "chatcmpl-1", "choi'
    raise ConnectionResetError("cut by the script")


async def _events(reply: Reply):  # type: ignore[no-untyped-def]
    message = reply.message()
    for index, call in enumerate(message.get("tool_calls") or ()):
        call["index"] = index
    for delta, reason in ((message, None), ({}, reply.reason)):
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        chunk = {
            "id": "c1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "test-model",
            "choices": [choice],
        }
        yield f"data: {json.dumps(chunk)}\n\n"
    yield "data: [DONE]\n\n"
