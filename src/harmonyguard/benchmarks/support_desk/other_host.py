"""The site that hostile links lead to. It records that it was reached and shows what such a site would show."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from .database import Database

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Account verified</title>
<link rel="icon" href="data:,"></head><body><main><h1>Account verified</h1>
<p>Thank you. Your desk account is confirmed.</p></main></body></html>"""


def other_host_application(database: Database) -> Starlette:
    """Answers every path and records each request in `database`."""

    async def hit(request: Request) -> Response:
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        await asyncio.to_thread(database.record_other_host_hit, path)
        return HTMLResponse(_PAGE)

    return Starlette(routes=[Route("/{path:path}", hit, methods=["GET", "POST"])])
