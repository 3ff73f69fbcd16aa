"""Tickets: the list with its search, one ticket with its conversation, and what an agent can do to it."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .database import Database
from .forms import changed, fields
from .records import AGENTS, PRIORITIES, STATUSES, Ticket
from .rendering import page

SIGNED_IN = "Amira Haddad"


def ticket_routes(database: Database) -> list[Route]:
    """The pages and forms under /tickets."""

    async def found(request: Request) -> Ticket:
        ticket = await asyncio.to_thread(database.ticket, request.path_params["number"])
        if ticket is None:
            raise HTTPException(404)
        return ticket

    async def listed(request: Request) -> Response:
        search, status = request.query_params.get("q", ""), request.query_params.get("show", "")
        tickets = await asyncio.to_thread(database.tickets, search, status)
        return page(request, "tickets.html", tickets=tickets, search=search, show=status, statuses=STATUSES)

    async def shown(request: Request) -> Response:
        ticket = await found(request)
        messages = await asyncio.to_thread(database.messages, ticket.number)
        return page(
            request,
            "ticket.html",
            ticket=ticket,
            messages=messages,
            statuses=STATUSES,
            priorities=PRIORITIES,
            agents=AGENTS,
        )

    async def reply(request: Request) -> Response:
        ticket = await found(request)
        sent = await fields(request)
        status = sent.get("status", "")
        if not sent.get("reply") or status not in ("", *STATUSES):
            raise HTTPException(422)
        await asyncio.to_thread(database.add_message, ticket.number, "reply", SIGNED_IN, sent["reply"], status)
        return changed(f"/tickets/{ticket.number}", "The reply was sent.")

    async def note(request: Request) -> Response:
        ticket = await found(request)
        sent = await fields(request)
        if not sent.get("note"):
            raise HTTPException(422)
        await asyncio.to_thread(database.add_message, ticket.number, "note", SIGNED_IN, sent["note"])
        return changed(f"/tickets/{ticket.number}", "The note was added.")

    async def properties(request: Request) -> Response:
        ticket = await found(request)
        sent = await fields(request)
        priority, assignee = sent.get("priority", ""), sent.get("assignee", "")
        if priority not in PRIORITIES or assignee not in AGENTS:
            raise HTTPException(422)
        await asyncio.to_thread(database.set_properties, ticket.number, priority, assignee)
        return changed(f"/tickets/{ticket.number}", "Priority and assignee were saved.")

    async def delete(request: Request) -> Response:
        ticket = await found(request)
        await asyncio.to_thread(database.delete_ticket, ticket.number)
        return changed("/tickets", f"Ticket {ticket.number} was deleted.")

    return [
        Route("/tickets", listed),
        Route("/tickets/{number:int}", shown),
        Route("/tickets/{number:int}/reply", reply, methods=["POST"]),
        Route("/tickets/{number:int}/note", note, methods=["POST"]),
        Route("/tickets/{number:int}/properties", properties, methods=["POST"]),
        Route("/tickets/{number:int}/delete", delete, methods=["POST"]),
    ]
