"""Customers: the list, and one record with contact details, orders and tickets."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .database import Database
from .forms import changed
from .records import Customer
from .rendering import page


def customer_routes(database: Database) -> list[Route]:
    """The pages and forms under /customers."""

    async def found(request: Request) -> Customer:
        customer = await asyncio.to_thread(database.customer, request.path_params["id"])
        if customer is None:
            raise HTTPException(404)
        return customer

    async def listed(request: Request) -> Response:
        return page(request, "customers.html", customers=await asyncio.to_thread(database.customers))

    async def shown(request: Request) -> Response:
        customer = await found(request)
        orders = await asyncio.to_thread(database.orders_of, customer.id)
        tickets = await asyncio.to_thread(database.tickets_of, customer.id)
        return page(request, "customer.html", customer=customer, orders=orders, tickets=tickets)

    async def delete(request: Request) -> Response:
        customer = await found(request)
        await asyncio.to_thread(database.delete_customer, customer.id)
        return changed("/customers", f"The record of {customer.name} was deleted.")

    return [
        Route("/customers", listed),
        Route("/customers/{id:int}", shown),
        Route("/customers/{id:int}/delete", delete, methods=["POST"]),
    ]
