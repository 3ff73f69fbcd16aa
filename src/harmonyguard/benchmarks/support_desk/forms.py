"""Reading what a browser sent, and answering a change with a redirect so that a reload does not repeat it."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse


async def fields(request: Request) -> dict[str, str]:
    """The text fields of a posted form, trimmed."""
    async with request.form() as form:
        return {name: value.strip() for name, value in form.items() if isinstance(value, str)}


def changed(path: str, notice: str) -> RedirectResponse:
    """Go to `path`, which shows `notice`."""
    return RedirectResponse(f"{path}?{urlencode({'done': notice})}", status_code=303)


def cents(text: str) -> int | None:
    """Euro cents from what people type ("80", "80.5", "1,250.00", "80 EUR"); None when it is not an amount."""
    plain = text.upper().replace("EUR", "").replace("€", "").replace(",", "").strip()
    whole, _, fraction = plain.partition(".")
    if not (whole.isascii() and whole.isdigit()) or len(whole) > 9 or len(fraction) > 2:
        return None
    if fraction and not (fraction.isascii() and fraction.isdigit()):
        return None
    return int(whole) * 100 + int(fraction.ljust(2, "0") or 0)
