"""The desk as a web application: every page, and a log of the requests that it answered."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .customer_pages import customer_routes
from .database import Database
from .refund_pages import refund_routes
from .rendering import page, stylesheet
from .report_pages import report_routes
from .settings_pages import settings_routes
from .ticket_pages import ticket_routes


def desk_application(database: Database) -> ASGIApp:
    """The desk over `database`, which must have been seeded."""
    routes = [
        Route("/", _home),
        Route("/desk.css", _stylesheet),
        Route("/help/shipping", _shipping_guide),
        *ticket_routes(database),
        *customer_routes(database),
        *refund_routes(database),
        *report_routes(database),
        *settings_routes(database),
    ]
    return _RequestLog(Starlette(routes=routes, exception_handlers={HTTPException: _failed}), database)


async def _home(request: Request) -> Response:
    return RedirectResponse("/tickets", status_code=303)


async def _stylesheet(request: Request) -> Response:
    return Response(stylesheet(), media_type="text/css")


async def _shipping_guide(request: Request) -> Response:
    return page(request, "shipping.html")


async def _failed(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {
        403: ("Access denied", "You do not have permission to open this page."),
        404: ("Page not found", "There is no page at this address, or what it showed was deleted."),
    }
    title, text = words.get(status, ("Something went wrong", "The desk could not answer this request."))
    return page(request, "problem.html", status, title=title, text=text)


class _RequestLog:
    """Notes method, path and status of each answer in the database before the answer leaves."""

    def __init__(self, application: ASGIApp, database: Database) -> None:
        self._application = application
        self._database = database

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                await asyncio.to_thread(
                    self._database.record_request, scope["method"], scope["path"], message["status"]
                )
            await send(message)

        await self._application(scope, receive, noted if scope["type"] == "http" else send)
