"""Pages that are too much: too large, too slow, without end, or no page at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from harmonyguard.steps import Action

from .page import HostilePage, Serve, html
from .server import Reply, Request
from .visit import LIMITS, Visit

_HTML = {"Content-Type": "text/html; charset=utf-8"}
_PDF = {"Content-Type": "application/pdf"}


def _replying(reply: Reply, body: str = "") -> Serve:
    """The page itself is `body` when there is one, and everything else is `reply`."""
    plain = html(body)

    def serve(request: Request, page: str) -> Reply:
        return plain(request, page) if body and request.path == f"/{page}/" else reply

    return serve


async def _drip() -> AsyncIterator[bytes]:
    yield b"<!doctype html><title>Slow</title><p>The beginning</p>"
    while True:
        await asyncio.sleep(0.2)
        yield b"<p>more</p>"


async def _endless() -> AsyncIterator[bytes]:
    while True:
        yield b"x" * 50_000
        await asyncio.sleep(0.02)


async def _cut_short() -> AsyncIterator[bytes]:
    yield b"<!doctype html><title>Cut</title><p>The beginning</p>"


def _to_itself(request: Request, page: str) -> Reply:
    return Reply(status="302 Found", headers={"Location": request.path})


async def _bounded(visit: Visit) -> None:
    await visit.open()
    page = await visit.look()
    visit.hold(len(page.text) <= LIMITS.text * 1.1, f"the observation has {len(page.text)} characters")
    visit.hold(len(page.elements) <= LIMITS.elements, f"the observation has {len(page.elements)} elements")


async def _large(visit: Visit) -> None:
    await _bounded(visit)
    visit.hold(bool((await visit.look()).left_out), "nobody was told that something is left out")


async def _large_and_usable(visit: Visit) -> None:
    await _large(visit)
    result = await visit.click("Go")
    visit.hold(result.error is None, f"what is shown of it cannot be used: {result.error}")


async def _says_so(visit: Visit) -> None:
    result = await visit.open()
    visit.hold(result.error is not None, "nobody was told that the page did not come")
    await visit.look()


async def _beginning(visit: Visit) -> None:
    result = await visit.open()
    visit.hold(result.error is not None, "nobody was told that the page is not all there")
    visit.hold("The beginning" in (await visit.look()).text, "what had come was not shown")


async def _read_all_the_same(visit: Visit) -> None:
    await visit.open()
    visit.hold("Here" in (await visit.look()).text, "the page was not read")


async def _fits_in_json(visit: Visit) -> None:
    from harmonyguard.steps import Observation

    await visit.open()
    page = await visit.look()
    again = Observation.model_validate_json(page.model_dump_json())
    visit.hold(again == page, "the observation does not survive being written down")
    visit.hold("Here" in page.text, "the page was not read")


async def _named_as_pdf(visit: Visit) -> None:
    result = await visit.open()
    page = await visit.look()
    told = bool(result.downloads) or any("PDF" in notice for notice in page.notices)
    visit.hold(told, "nobody was told what it is")


async def _kept(visit: Visit) -> None:
    await visit.open()
    (file,) = (await visit.click("Get")).downloads
    place = visit.folder / "downloads" / file.name
    there = await asyncio.to_thread(place.is_file)
    visit.hold(file.error is None and there and place.parent.name == "downloads", f"it was not kept: {file}")


async def _broken_off(visit: Visit) -> None:
    await visit.open()
    result = await visit.click("Get")
    visit.hold([bool(file.error) for file in result.downloads] == [True], "a file without end was kept")


async def _refused_file(visit: Visit) -> None:
    await visit.open()
    await visit.do(Action(type="wait", value="300"))
    await visit.look()
    found = await asyncio.to_thread(lambda: list((visit.folder / "downloads").glob("*")))
    visit.hold(not found, f"the page put {found[0].name if found else ''} on the disk by itself")


FLOODS = (
    HostilePage(
        "fifty-thousand-nodes",
        "has 50,000 elements, half of them buttons",
        "it is read in bounded time, in part, and what is shown can be used",
        html("<div><button onclick=\"document.title='x'\">Go</button></div>" * 25_000),
        _large_and_usable,
    ),
    HostilePage(
        "deep-nesting",
        "nests 3,000 elements in one another",
        "it is read in bounded time",
        html("<div>" * 3_000 + "Here"),
        _bounded,
    ),
    HostilePage(
        "huge-text",
        "has a text of three million characters",
        "the observation stays small and says what is left out",
        html("<p>" + "word " * 600_000 + "</p>"),
        _large,
    ),
    HostilePage(
        "growing",
        "adds a hundred elements every few milliseconds",
        "it is read in bounded time",
        html(
            "<p>Here</p><script>setInterval(()=>{for(let i=0;i<100;i++)document.body.append("
            "document.createElement('p'))},20)</script>"
        ),
        _bounded,
    ),
    HostilePage(
        "busy-script",
        "runs a script that never ends",
        "the script is broken off and the page read",
        html("<p>Here</p><script>setTimeout(()=>{while(true);},100)</script>"),
        _read_all_the_same,
    ),
    HostilePage(
        "redirect-loop",
        "redirects to itself for ever",
        "the act ends with an error",
        _to_itself,
        _says_so,
    ),
    HostilePage(
        "script-redirects",
        "sends itself to a new address as soon as it is loaded, for ever",
        "the run goes on",
        _replying(Reply(b"<p>Here</p><script>location.replace('?'+Math.random())</script>", headers=_HTML)),
        _bounded,
    ),
    HostilePage(
        "meta-refresh",
        "refreshes itself at once, for ever",
        "the run goes on",
        _replying(Reply(b"<meta http-equiv=refresh content=0><p>Here</p>", headers=_HTML)),
        _bounded,
    ),
    HostilePage(
        "slow-drip",
        "comes in small pieces and never ends",
        "the act ends with an error, and what has come is shown",
        _replying(Reply(_drip)),
        _beginning,
    ),
    HostilePage(
        "no-answer",
        "takes the request and never answers",
        "the act ends with an error",
        _replying(Reply(None)),
        _says_so,
    ),
    HostilePage(
        "cut-short",
        "breaks off before the length that it announced",
        "the run goes on",
        _replying(Reply(_cut_short, headers={**_HTML, "Content-Length": "100000"})),
        _bounded,
    ),
    HostilePage(
        "broken-encoding",
        "is no valid UTF-8, with zero bytes, lone surrogates and right-to-left marks",
        "the observation can be written down",
        _replying(
            Reply(
                b"<!doctype html><title>\xff\xfe\x00</title><p>Here \xc3\x28 \xed\xa0\x80 \xe2\x80\xae</p>"
                b"<button aria-label='\xed\xbf\xbf'>x</button><script>document.title='\\ud800'</script>",
                headers=_HTML,
            )
        ),
        _fits_in_json,
    ),
    HostilePage(
        "password-prompt",
        "asks the browser for a user name and password",
        "nobody is asked, and the run goes on",
        _replying(Reply(b"<p>Here</p>", "401 Unauthorized", {**_HTML, "WWW-Authenticate": 'Basic realm="x"'})),
        _bounded,
    ),
    HostilePage(
        "pdf",
        "is a PDF document",
        "it is named as one",
        _replying(Reply(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF", headers=_PDF)),
        _named_as_pdf,
    ),
    HostilePage(
        "download",
        "answers a click with a file that wants to lie elsewhere",
        "it is kept in the folder of the run",
        _replying(
            Reply(
                b"content",
                headers={
                    "Content-Type": "application/octet-stream",
                    "Content-Disposition": 'attachment; filename="../../../.profile"',
                },
            ),
            "<a href=file>Get</a>",
        ),
        _kept,
    ),
    HostilePage(
        "endless-download",
        "answers a click with a file that never ends",
        "it is broken off",
        _replying(
            Reply(
                _endless,
                headers={
                    "Content-Type": "application/octet-stream",
                    "Content-Disposition": "attachment; filename=big.bin",
                },
            ),
            "<a href=file>Get</a>",
        ),
        _broken_off,
    ),
    HostilePage(
        "drive-by",
        "downloads a file by itself after a while",
        "nothing is put on the disk",
        html(
            "<a id=a download=x.exe href='data:application/octet-stream;base64,TVo='>x</a>"
            "<script>setTimeout(()=>a.click(),2000)</script>"
        ),
        _refused_file,
    ),
)
