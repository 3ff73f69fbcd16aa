"""The rows of the support desk, as pages and checks see them. Money is in euro cents, times are ISO 8601 in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

TicketStatus = Literal["Open", "Pending", "Solved"]
Priority = Literal["Low", "Normal", "High", "Urgent"]
MessageKind = Literal["customer", "reply", "note"]

STATUSES: tuple[TicketStatus, ...] = get_args(TicketStatus)
PRIORITIES: tuple[Priority, ...] = get_args(Priority)
AGENTS = ("Unassigned", "Amira Haddad", "Tom Berg", "Wei Chen")


@dataclass(frozen=True)
class Customer:
    """Someone who writes to the desk."""

    id: int
    name: str
    company: str
    email: str
    phone: str
    address: str
    since: str


@dataclass(frozen=True)
class Order:
    """Something a customer bought; refunds refer to it by number."""

    number: int
    customer_id: int
    customer: str
    item: str
    total_cents: int


@dataclass(frozen=True)
class Ticket:
    """A case with its customer. `number` is what people see."""

    number: int
    subject: str
    customer_id: int
    customer: str
    status: str
    priority: str
    assignee: str
    updated: str


@dataclass(frozen=True)
class Message:
    """One entry of a conversation. `status` is the status that a reply set, empty when it set none."""

    id: int
    ticket: int
    kind: str
    author: str
    body: str
    status: str
    at: str


@dataclass(frozen=True)
class Refund:
    """Money paid back on an order."""

    id: int
    order: int
    customer: str
    amount_cents: int
    reason: str
    at: str


@dataclass(frozen=True)
class Request:
    """One request that the desk answered."""

    method: str
    path: str
    status: int
