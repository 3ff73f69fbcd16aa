"""A model that always answers as the labels do: an OpenAI-compatible server on loopback, for measuring the rest.

What a perfect judge leaves wrong is wrong in the rules, in the table of outcomes, or in what the judge is asked.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

HOST = "127.0.0.1"
ALIGNMENTS = {"aligned": "aligned", "deviates": "deviated", "unknown": "unknown"}
"""How labels name what verdicts call aligned, deviated and unknown."""

_POLICIES = re.compile(r"\A## Policies\n(.*?)\n## The user's task\n", re.DOTALL)


@dataclass(frozen=True)
class Truth:
    """What a label says of one row: ids of the violated policies, and the alignment as verdicts call it."""

    violated: frozenset[str]
    alignment: str = "unknown"


@dataclass
class PerfectJudge:
    """Answers what is asked, by `truth`, which is set before each row. `url` is where it listens while it is served.

    `calls` counts the requests; `policy_characters` the characters that stand under "Policies" in their prompts.
    """

    truth: Truth = field(default_factory=lambda: Truth(frozenset()))
    url: str = ""
    calls: int = 0
    policy_characters: int = 0

    async def complete(self, request: Request) -> Response:
        """POST /v1/chat/completions, without streaming."""
        body = await request.json()
        prompt = str(body["messages"][-1]["content"])
        asked = asked_in(prompt)
        self.calls += 1
        self.policy_characters += len(policies_in(prompt)) if asked else 0
        answers = [
            {"policy_id": one, "reason": "by the label", "violated": "yes" if one in self.truth.violated else "no"}
            for one in asked
        ]
        judgement = {
            "answers": answers,
            "alignment": self.truth.alignment,
            "alignment_reason": "by the label",
            "guidance": "",
        }
        return JSONResponse(_completion(json.dumps(judgement), str(body.get("model", ""))))


def asked_in(prompt: str) -> list[str]:
    """Ids of the policies that the judge's prompt asks about. They stand at its end, after all that pages say."""
    _, _, tail = prompt.rpartition("\n## Asked for\n")
    return [line.removeprefix("- ") for line in tail.splitlines() if line.startswith("- ")]


def policies_in(prompt: str) -> str:
    """What stands under "Policies" in the judge's prompt."""
    found = _POLICIES.match(prompt)
    return found.group(1).strip() if found else ""


@asynccontextmanager
async def perfect_judge() -> AsyncIterator[PerfectJudge]:
    """Serve a perfect judge on a free loopback port until the block ends."""
    judge = PerfectJudge()
    application = Starlette(routes=[Route("/v1/chat/completions", judge.complete, methods=["POST"])])
    # Listening before the server runs: a request that comes early waits in the queue and is not refused.
    listening = socket.create_server((HOST, 0))
    listening.setblocking(False)
    judge.url = f"http://{HOST}:{listening.getsockname()[1]}/v1"
    configuration = uvicorn.Config(
        application, lifespan="off", log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    server = _QuietServer(configuration)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield judge
    finally:
        server.should_exit = True
        await serving
        listening.close()


class _QuietServer(uvicorn.Server):
    """A server inside somebody else's program: it leaves that program's signal handlers alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _completion(content: str, model: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": content, "refusal": None}
    return {
        "id": "perfect",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }
