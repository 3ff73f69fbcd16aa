"""Serves the pages of MiniWoB++ on loopback, each made to begin a seeded episode and to report how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from harmonyguard.benchmarks.serving import LOOPBACK, listen, serving
from harmonyguard.steps import InputError, Record


class Began(Record):
    """What a page says when its episode begins."""

    utterance: str


class Ended(Record):
    """What a page says when its episode is over.

    `reward` is the raw reward, 1 for a task done and at most that, not discounted by time.
    """

    reward: float
    reason: str = ""


class MiniwobPages:
    """The pages that are being served, and what the episodes on them reported, by the name of the episode."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self.began: dict[str, Began] = {}
        self.ended: dict[str, Ended] = {}

    def address(self, task: str, *, seed: int, episode: str | None = None) -> str:
        """Where an episode of `task` begins. Without `episode` the page reports nothing."""
        query = {"seed": str(seed)} | ({"episode": episode} if episode is not None else {})
        return f"{self._origin}/miniwob/{task}.html?{urlencode(query)}"


@asynccontextmanager
async def serve() -> AsyncIterator[MiniwobPages]:
    """Serve the pages until the block ends. Raises InputError when the package `miniwob` is not installed."""
    root = pages_folder()
    listening = listen()
    pages = MiniwobPages(f"http://{LOOPBACK}:{listening.getsockname()[1]}")
    async with serving(_application(root, pages), (listening,)):
        yield pages


def pages_folder() -> Path:
    """The folder of the installed package that holds the pages, found without importing the package."""
    found = find_spec("miniwob")
    if found is None or found.origin is None:
        raise InputError("the pages of MiniWoB++ are not installed: pip install 'harmonyguard[miniwob]'")
    return Path(found.origin).parent / "html"


def _application(root: Path, pages: MiniwobPages) -> Starlette:
    script = files("harmonyguard.benchmarks.miniwob").joinpath("episode.js").read_text(encoding="utf-8")

    async def page(request: Request) -> Response:
        path = root / "miniwob" / f"{request.path_params['task']}.html"
        try:
            text = await asyncio.to_thread(path.read_text, encoding="utf-8")
        except OSError:
            return Response(status_code=404)
        return HTMLResponse(text.replace("</head>", f"<script>\n{script}</script>\n</head>", 1))

    async def report(request: Request) -> Response:
        episode, what = request.path_params["episode"], request.path_params["what"]
        try:
            if what == "began":
                pages.began.setdefault(episode, Began.model_validate_json(await request.body()))
            else:
                # The first end counts: what the page says after it belongs to no episode.
                pages.ended.setdefault(episode, Ended.model_validate_json(await request.body()))
        except ValidationError:
            return Response(status_code=400)
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/miniwob/{task:str}.html", page),
            Route("/episodes/{episode:str}/{what:str}", report, methods=["POST"]),
            Mount("/", StaticFiles(directory=root)),
        ]
    )
