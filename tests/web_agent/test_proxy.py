"""The network backstop: only allowed hosts are reached, however the page tries."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import pytest

from harmonyguard.steps import Action
from harmonyguard.web_agent.browser.proxy import FilteringProxy

from .conftest import Hand, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_goto_takes_only_allowed_hosts_and_http(hand: Hand, forbidden: Site) -> None:
    for url in (forbidden.url("/"), "file:///etc/passwd", "javascript:alert(1)", "http://169.254.169.254/latest"):
        result = await hand.do(Action(type="goto", url=url))
        assert result.error is not None and result.error.startswith("goto")
    assert forbidden.received == []
    assert (await hand.session.observe()).url == "about:blank"


async def test_a_redirect_to_a_forbidden_host_is_stopped(hand: Hand, site: Site, forbidden: Site) -> None:
    site.redirects["/out"] = forbidden.url("/landed")
    await hand.goto(site.page("/p", "<a href=/out>Out</a>"))
    result = await hand.on("click", "Out")
    assert result.error is not None and "not on an allowed host" in result.error
    assert forbidden.received == []
    assert set(hand.session.blocked) == {forbidden.host}
    assert (await hand.session.observe()).status == 403


@pytest.mark.parametrize(
    "attempt",
    [
        "<form method=post action={http}/post><input name=a value=1><button>Go</button></form>",
        "<button onclick=\"fetch('{http}/fetch',{{method:'POST',mode:'no-cors',body:'x'}})\">Go</button>",
        "<button onclick=\"new WebSocket('{ws}/socket')\">Go</button>",
        "<button onclick=\"navigator.sendBeacon('{http}/beacon','x')\">Go</button>",
        "<button onclick=\"new Image().src='{http}/pixel'\">Go</button>",
        "<button onclick=\"window.open('{http}/window')\">Go</button>",
        "<button onclick=\"document.body.innerHTML='<iframe src={http}/frame></iframe>'\">Go</button>",
        "<button onclick=\"new EventSource('{http}/events')\">Go</button>",
    ],
)
async def test_a_page_cannot_reach_a_forbidden_host(hand: Hand, site: Site, forbidden: Site, attempt: str) -> None:
    await hand.goto(site.page("/p", attempt.format(http=forbidden.url(""), ws=f"ws://{forbidden.host}")))
    await hand.on("click", "Go")
    await hand.do(Action(type="wait", value="300"))
    assert forbidden.received == []
    assert forbidden.host in hand.session.blocked


async def test_a_websocket_to_an_allowed_host_works(hand: Hand, site: Site) -> None:
    await hand.goto(
        site.page(
            "/p",
            f"<p id=log></p><button onclick=\"new WebSocket('ws://{site.host}/socket').onmessage="
            "e=>log.textContent='got '+e.data\">Go</button>",
        )
    )
    await hand.on("click", "Go")
    await hand.do(Action(type="wait", value="500"))
    assert "got hello" in (await hand.session.observe()).text


async def test_names_of_forbidden_hosts_are_not_looked_up(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<a href=https://evil.invalid/x>Out</a>"))
    result = await hand.on("click", "Out")
    assert result.error == "https://evil.invalid/x is not on an allowed host: blocked"
    assert hand.session.blocked == ("evil.invalid:443",)


async def test_a_second_request_on_a_connection_is_not_carried_along(site: Site, forbidden: Site) -> None:
    proxy = FilteringProxy(frozenset({site.host}))
    await proxy.start()
    address = urlsplit(proxy.address)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    for target in (site.url("/first"), site.url("/second"), forbidden.url("/third")):
        writer.write(f"POST {target} HTTP/1.1\r\nHost: {site.host}\r\nContent-Length: 2\r\n\r\nok".encode())
    await reader.read()
    writer.close()
    await proxy.close()
    assert [path for _, path, _ in site.received] == ["/first"]
    assert forbidden.received == []


@pytest.mark.parametrize("request_line", ["GET / HTTP/1.1", "GET ftp://x/ HTTP/1.1", "nonsense", "CONNECT :0 HTTP/1.1"])
async def test_what_is_no_proxy_request_reaches_nothing(request_line: str) -> None:
    proxy = FilteringProxy(frozenset({"127.0.0.1"}))
    await proxy.start()
    address = urlsplit(proxy.address)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(f"{request_line}\r\n\r\n".encode())
    assert (await reader.read())[:12] in (b"HTTP/1.1 400", b"")
    writer.close()
    await proxy.close()
