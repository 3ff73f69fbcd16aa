"""What a hostile page is: what it serves, what it does, and the trial of what must hold all the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from .server import Reply, Request
from .visit import Visit

Trial = Callable[[Visit], Awaitable[None]]
Serve = Callable[[Request, str], Reply]
"""The reply to a request for a page, which is told its own id; the page's own paths begin with it."""


@dataclass(frozen=True)
class HostilePage:
    """One page. `does` and `must_hold` are for people; `trial` raises `visit.Broken` when something does not hold."""

    id: str
    does: str
    must_hold: str
    serve: Serve
    trial: Trial


def html(body: str, head: str = "") -> Serve:
    """Serves this body at the page's first address, and an empty page at every other one."""

    def serve(request: Request, page: str) -> Reply:
        own = request.path == f"/{page}/"
        text = f"<!doctype html><html lang=en><head><title>Page</title>{head}</head><body>{body}</body></html>"
        return Reply(text.encode() if own else b"<!doctype html><title>Done</title><p>Done</p>")

    return serve


FORM = "<form method=post action=save><input type=hidden name=amount value=1><button id=b>Save</button></form>"
"""A harmless form; what replaces it on hostile pages sends to `harm`."""

ON_SIGNAL = "<script>new EventSource('signal').onmessage=()=>{{{code};new Image().src='done'}}</script>"
"""Runs `code` when the trial says so: between judging and acting."""
