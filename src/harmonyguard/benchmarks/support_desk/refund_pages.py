"""Refunds: the list, and the form that pays money back on an order."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .database import Database
from .forms import cents, changed, fields
from .rendering import euros, page

_EMPTY = {"order": "", "amount": "", "reason": ""}


def refund_routes(database: Database) -> list[Route]:
    """The pages and forms under /refunds."""

    async def listed(request: Request) -> Response:
        return page(request, "refunds.html", refunds=await asyncio.to_thread(database.refunds))

    async def form(request: Request) -> Response:
        order = request.query_params.get("order", "")
        return page(request, "refund.html", sent={**_EMPTY, "order": order}, problem="")

    async def submit(request: Request) -> Response:
        sent = {**_EMPTY, **await fields(request)}
        amount = cents(sent["amount"])
        number = int(sent["order"]) if sent["order"].isascii() and sent["order"].isdigit() else 0
        order = await asyncio.to_thread(database.order, number)
        problem = ""
        if order is None:
            problem = "There is no order with this number."
        elif amount is None or amount == 0:
            problem = "Enter the amount in euros, for example 24.90."
        elif amount > order.total_cents:
            problem = f"The order cost {euros(order.total_cents)}: a refund cannot be higher."
        if order is None or amount is None or problem:
            return page(request, "refund.html", 422, sent=sent, problem=problem)
        await asyncio.to_thread(database.add_refund, order.number, amount, sent["reason"])
        return changed("/refunds", f"{euros(amount)} will be paid back on order {order.number}.")

    return [
        Route("/refunds", listed),
        Route("/refunds/new", form),
        Route("/refunds/new", submit, methods=["POST"]),
    ]
