"""The state of the support desk: one SQLite file a run, with the questions and changes that its pages need.

The methods block; async callers use `asyncio.to_thread`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .records import Customer, Message, Order, Refund, Request, Ticket

SCHEMA = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, company TEXT NOT NULL, email TEXT NOT NULL,
  phone TEXT NOT NULL, address TEXT NOT NULL, since TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE orders (number INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id),
  item TEXT NOT NULL, total_cents INTEGER NOT NULL);
CREATE TABLE tickets (number INTEGER PRIMARY KEY, subject TEXT NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customers(id), status TEXT NOT NULL, priority TEXT NOT NULL,
  assignee TEXT NOT NULL, updated TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE messages (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES tickets(number), kind TEXT NOT NULL,
  author TEXT NOT NULL, body TEXT NOT NULL, status TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE refunds (id INTEGER PRIMARY KEY, order_number INTEGER NOT NULL REFERENCES orders(number),
  amount_cents INTEGER NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE reports (name TEXT PRIMARY KEY, title TEXT NOT NULL, body TEXT, read INTEGER NOT NULL DEFAULT 0);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE api_keys (id INTEGER PRIMARY KEY, name TEXT NOT NULL, ending TEXT NOT NULL, created TEXT NOT NULL);
CREATE TABLE requests (id INTEGER PRIMARY KEY, method TEXT NOT NULL, path TEXT NOT NULL, status INTEGER NOT NULL);
CREATE TABLE other_host_hits (id INTEGER PRIMARY KEY, path TEXT NOT NULL);
"""

_TICKETS = """SELECT t.number, t.subject, t.customer_id, c.name, t.status, t.priority, t.assignee, t.updated
  FROM tickets t JOIN customers c ON c.id = t.customer_id WHERE t.deleted = 0"""
_CUSTOMERS = "SELECT id, name, company, email, phone, address, since FROM customers"
_ORDERS = """SELECT o.number, o.customer_id, c.name, o.item, o.total_cents
  FROM orders o JOIN customers c ON c.id = o.customer_id"""


def now() -> str:
    """The time, ISO 8601 in UTC to the minute."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ")


class Database:
    """One desk's data. `create` makes a new file; the rest needs one that exists."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> None:
        """Make the tables in a new file."""
        with self.connection() as connection:
            connection.executescript(SCHEMA)

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection that commits on success, rolls back on an error, and is closed in either case."""
        connection = sqlite3.connect(self.path)
        try:
            # The file lives as long as one demo run: waiting for the disk would only slow the pages down.
            connection.execute("PRAGMA synchronous = OFF")
            with connection:
                yield connection
        finally:
            connection.close()

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.connection() as connection:
            return connection.execute(query, values).fetchall()

    def _change(self, query: str, *values: Any) -> None:
        with self.connection() as connection:
            connection.execute(query, values)

    # -- tickets

    def tickets(self, search: str = "", status: str = "") -> list[Ticket]:
        """Tickets whose subject or customer holds `search`, of one status when given, newest first."""
        pattern = f"%{search}%"
        query = (
            f"{_TICKETS} AND (t.subject LIKE ? OR c.name LIKE ?) AND (? = '' OR t.status = ?) ORDER BY t.number DESC"
        )
        return [Ticket(*row) for row in self._rows(query, pattern, pattern, status, status)]

    def ticket(self, number: int) -> Ticket | None:
        """One ticket, or None when there is none or it was deleted."""
        rows = self._rows(f"{_TICKETS} AND t.number = ?", number)
        return Ticket(*rows[0]) if rows else None

    def tickets_of(self, customer_id: int) -> list[Ticket]:
        """The tickets of one customer."""
        return [Ticket(*row) for row in self._rows(f"{_TICKETS} AND t.customer_id = ? ORDER BY t.number", customer_id)]

    def messages(self, ticket: int | None = None) -> list[Message]:
        """The conversation of one ticket, or every message, oldest first."""
        query = """SELECT id, ticket, kind, author, body, status, at FROM messages
          WHERE ? IS NULL OR ticket = ? ORDER BY id"""
        return [Message(*row) for row in self._rows(query, ticket, ticket)]

    def add_message(self, ticket: int, kind: str, author: str, body: str, status: str = "") -> None:
        """Add a reply, note or customer message; a reply with a status also sets the ticket's."""
        with self.connection() as connection:
            connection.execute(
                "INSERT INTO messages (ticket, kind, author, body, status, at) VALUES (?, ?, ?, ?, ?, ?)",
                (ticket, kind, author, body, status, now()),
            )
            connection.execute(
                "UPDATE tickets SET updated = ?, status = CASE WHEN ? = '' THEN status ELSE ? END WHERE number = ?",
                (now(), status, status, ticket),
            )

    def set_properties(self, ticket: int, priority: str, assignee: str) -> None:
        """Set priority and assignee of a ticket."""
        self._change(
            "UPDATE tickets SET priority = ?, assignee = ?, updated = ? WHERE number = ?",
            priority,
            assignee,
            now(),
            ticket,
        )

    def delete_ticket(self, number: int) -> None:
        """Delete a ticket. The row stays marked, so that checks can see what was lost."""
        self._change("UPDATE tickets SET deleted = 1 WHERE number = ?", number)

    def deleted_tickets(self) -> set[int]:
        """Numbers of the tickets that were deleted."""
        return {number for (number,) in self._rows("SELECT number FROM tickets WHERE deleted = 1")}

    # -- customers

    def customers(self, include_deleted: bool = False) -> list[Customer]:
        """Customers by name."""
        where = "" if include_deleted else " WHERE deleted = 0"
        return [Customer(*row) for row in self._rows(f"{_CUSTOMERS}{where} ORDER BY name")]

    def customer(self, customer_id: int) -> Customer | None:
        """One customer, or None when there is none or the record was deleted."""
        rows = self._rows(f"{_CUSTOMERS} WHERE deleted = 0 AND id = ?", customer_id)
        return Customer(*rows[0]) if rows else None

    def delete_customer(self, customer_id: int) -> None:
        """Delete a customer record and its tickets."""
        with self.connection() as connection:
            connection.execute("UPDATE customers SET deleted = 1 WHERE id = ?", (customer_id,))
            connection.execute("UPDATE tickets SET deleted = 1 WHERE customer_id = ?", (customer_id,))

    def deleted_customers(self) -> set[str]:
        """Names of the customers whose records were deleted."""
        return {name for (name,) in self._rows("SELECT name FROM customers WHERE deleted = 1")}

    # -- orders and refunds

    def order(self, number: int) -> Order | None:
        """One order, or None."""
        rows = self._rows(f"{_ORDERS} WHERE o.number = ?", number)
        return Order(*rows[0]) if rows else None

    def orders_of(self, customer_id: int) -> list[Order]:
        """The orders of one customer."""
        return [Order(*row) for row in self._rows(f"{_ORDERS} WHERE o.customer_id = ? ORDER BY o.number", customer_id)]

    def refunds(self) -> list[Refund]:
        """Refunds, newest first."""
        query = """SELECT r.id, r.order_number, c.name, r.amount_cents, r.reason, r.at FROM refunds r
          JOIN orders o ON o.number = r.order_number JOIN customers c ON c.id = o.customer_id ORDER BY r.id DESC"""
        return [Refund(*row) for row in self._rows(query)]

    def add_refund(self, order: int, amount_cents: int, reason: str) -> None:
        """Pay `amount_cents` back on an order."""
        self._change(
            "INSERT INTO refunds (order_number, amount_cents, reason, at) VALUES (?, ?, ?, ?)",
            order,
            amount_cents,
            reason,
            now(),
        )

    # -- reports

    def reports(self) -> list[tuple[str, str, str | None]]:
        """Saved reports: name, title, and text; None where the report can not be built."""
        return [(name, title, body) for name, title, body in self._rows("SELECT name, title, body FROM reports")]

    def mark_read(self, report: str) -> None:
        """Note that a report was read and acknowledged."""
        self._change("UPDATE reports SET read = 1 WHERE name = ?", report)

    def read_reports(self) -> set[str]:
        """Names of the reports that were acknowledged."""
        return {name for (name,) in self._rows("SELECT name FROM reports WHERE read = 1")}

    def reset_reports(self) -> None:
        """Throw the saved reports away."""
        self._change("DELETE FROM reports")

    # -- settings

    def settings(self) -> dict[str, str]:
        """Settings of the team by name."""
        return dict(self._rows("SELECT name, value FROM settings"))

    def set_setting(self, name: str, value: str) -> None:
        """Change one setting."""
        self._change("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", name, value)

    def api_keys(self) -> list[tuple[str, str, str]]:
        """API keys: name, last four characters, day of creation."""
        return [(name, end, day) for name, end, day in self._rows("SELECT name, ending, created FROM api_keys")]

    def add_api_key(self, name: str, ending: str) -> None:
        """Add an API key."""
        self._change("INSERT INTO api_keys (name, ending, created) VALUES (?, ?, ?)", name, ending, now()[:10])

    # -- what happened

    def record_request(self, method: str, path: str, status: int) -> None:
        """Note one request that the desk answered."""
        self._change("INSERT INTO requests (method, path, status) VALUES (?, ?, ?)", method, path, status)

    def requests(self) -> list[Request]:
        """Every request that the desk answered, in order."""
        return [Request(*row) for row in self._rows("SELECT method, path, status FROM requests ORDER BY id")]

    def record_other_host_hit(self, path: str) -> None:
        """Note that the other host was reached."""
        self._change("INSERT INTO other_host_hits (path) VALUES (?)", path)

    def other_host_hits(self) -> list[str]:
        """Paths (with query) asked of the other host, in order."""
        return [path for (path,) in self._rows("SELECT path FROM other_host_hits ORDER BY id")]
