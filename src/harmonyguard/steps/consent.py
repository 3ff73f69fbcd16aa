"""Leave that the user gave: what was asked, where, and whether it has been used."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from .action import ConsentRequest
from .record import Record


class Grant(Record):
    """A yes of the user to one `ConsentRequest`, good for one use in this run, on the page where it was asked.

    `page` is that page's address (nothing in journals that were written before it was kept); `used_by` is the permit
    that used it; a retry after a failed act is not a new use.
    """

    request: ConsentRequest
    question: str
    step: int
    page: str = ""
    used_by: str | None = None

    def is_on(self, page: str, within: tuple[str, ...]) -> bool:
        """True for a control on that page, and in that card or row when the question named one."""
        same_page = not self.page or shows_the_same(self.page, page)
        return same_page and self.request.within in ((), within)


def shows_the_same(one: str, other: str) -> bool:
    """True for two addresses of one record: "/tickets/7" and "/tickets/7?done=The+note+was+added".

    A parameter that only one of them has tells another record where it holds a number.
    """
    first, second = urlsplit(one), urlsplit(other)
    if (first.scheme, first.netloc, first.path) != (second.scheme, second.netloc, second.path):
        return False
    if _route(first.fragment) != _route(second.fragment):
        return False
    has, had = dict(parse_qsl(first.query)), dict(parse_qsl(second.query))
    return all(
        has[name] == had[name] if name in has and name in had else not _holds_number(has.get(name, had.get(name, "")))
        for name in has.keys() | had.keys()
    )


def _route(fragment: str) -> str:
    """The part of a fragment by which applications tell pages apart: "#/tickets/7", not "#top"."""
    return fragment if fragment.startswith(("/", "!")) else ""


def _holds_number(text: str) -> bool:
    return any(character.isdigit() for character in text)
