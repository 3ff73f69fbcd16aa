"""Reports: one that can be read, and one that fails with an error page."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .database import Database
from .forms import changed
from .rendering import page


def report_routes(database: Database) -> list[Route]:
    """The pages and forms under /reports."""

    async def found(request: Request) -> tuple[str, str, str | None]:
        for report in await asyncio.to_thread(database.reports):
            if report[0] == request.path_params["name"]:
                return report
        raise HTTPException(404)

    async def listed(request: Request) -> Response:
        return page(request, "reports.html", reports=await asyncio.to_thread(database.reports))

    async def shown(request: Request) -> Response:
        name, title, body = await found(request)
        if body is None:
            return page(request, "report_failed.html", 500, title=title)
        return page(request, "report.html", name=name, title=title, body=body)

    async def read(request: Request) -> Response:
        name, _, _ = await found(request)
        await asyncio.to_thread(database.mark_read, name)
        return changed("/reports", "The report was marked as read.")

    async def reset(request: Request) -> Response:
        await asyncio.to_thread(database.reset_reports)
        return changed("/reports", "All saved reports were thrown away.")

    return [
        Route("/reports", listed),
        Route("/reports/reset", reset, methods=["POST"]),
        Route("/reports/{name}", shown),
        Route("/reports/{name}/read", read, methods=["POST"]),
    ]
