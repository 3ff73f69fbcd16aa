"""URLs: what a server gives is read within limits, and no URL leads into a private network unasked."""

from __future__ import annotations

import socket
from typing import get_args

import pytest

from harmonyguard.documents import load_document
from harmonyguard.documents.fetch import PrivateAddresses, fetch
from harmonyguard.steps import InputError

PAGE = b"<html><body><h1>Rules</h1><p>Visitors must sign in.</p></body></html>"


async def test_a_page_is_read(site) -> None:
    base, pages = site
    pages["/rules"] = (200, {"Content-Type": "text/html"}, PAGE)
    pages["/old"] = (302, {"Location": "/rules"}, b"")
    document = await load_document(f"{base}/old", allow_private=True)
    assert [element.text for element in document.elements] == ["Rules", "Visitors must sign in."]
    assert document.name == "old"


async def test_private_addresses_are_refused(site) -> None:
    base, pages = site
    pages["/rules"] = (200, {"Content-Type": "text/html"}, PAGE)
    with pytest.raises(InputError, match="private or local address"):
        await load_document(f"{base}/rules")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"],
)
async def test_every_spelling_of_a_private_address(host: str) -> None:
    with pytest.raises(InputError, match=r"private or local|not known"):
        await fetch(f"http://{host}/")


async def test_a_public_host_may_not_redirect_inside(site, monkeypatch: pytest.MonkeyPatch) -> None:
    base, pages = site
    pages["/out"] = (302, {"Location": f"{base}/rules"}, b"")
    pages["/rules"] = (200, {"Content-Type": "text/html"}, PAGE)
    port = int(base.rsplit(":", 1)[1])
    real = socket.create_connection

    def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        address = "93.184.216.34" if host == "policies.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address: tuple[str, int], timeout: float | None = None) -> socket.socket:
        return real(("127.0.0.1", port) if address[0] == "93.184.216.34" else address, timeout=timeout)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    url = f"http://policies.example:{port}"
    assert (await fetch(f"{url}/rules")).content == PAGE, "the host itself is reached"
    for private in get_args(PrivateAddresses):
        with pytest.raises(InputError, match="private or local address"):
            await fetch(f"{url}/out", private=private)


async def test_a_named_host_may_be_private_and_no_other_may(site) -> None:
    base, pages = site
    port = base.rsplit(":", 1)[1]
    pages["/rules"] = (200, {"Content-Type": "text/html"}, PAGE)
    pages["/moved"] = (302, {"Location": "/rules"}, b"")
    pages["/away"] = (302, {"Location": f"http://localhost:{port}/rules"}, b"")
    assert (await fetch(f"{base}/moved", private="of_named_host")).content == PAGE
    with pytest.raises(InputError, match="localhost is a private or local address"):
        await fetch(f"{base}/away", private="of_named_host")
    assert (await fetch(f"{base}/away", private="always")).content == PAGE


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "0.0.0.0", "[::ffff:169.254.169.254]"])
async def test_link_local_addresses_are_refused_even_when_they_are_named(host: str) -> None:
    with pytest.raises(InputError, match=r"link-local|not known"):
        await fetch(f"http://{host}/latest/meta-data", private="of_named_host")


@pytest.mark.parametrize(
    ("status", "headers", "body", "says"),
    [
        (404, {}, b"", "answered 404"),
        (500, {}, b"", "answered 500"),
        (302, {"Location": "file:///etc/passwd"}, b"", "only http and https"),
        (302, {"Location": "/page"}, b"", "more than 5 redirects"),
        (200, {"Content-Type": "text/html"}, b"", "is empty"),
    ],
)
async def test_what_servers_do_wrong(site, status: int, headers: dict[str, str], body: bytes, says: str) -> None:
    base, pages = site
    pages["/page"] = (status, headers, body)
    with pytest.raises(InputError, match=says) as caught:
        await load_document(f"{base}/page", allow_private=True)
    assert "\n" not in str(caught.value)


async def test_size_limit(site) -> None:
    base, pages = site
    pages["/big"] = (200, {"Content-Type": "text/plain"}, b"words " * 400_000)
    with pytest.raises(InputError, match="more than 1 MB"):
        await fetch(f"{base}/big", private="always", max_bytes=2**20)


async def test_a_silent_server_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(InputError, match="no answer in time"):
            await fetch(f"http://127.0.0.1:{port}/", private="always", max_seconds=0.2)


async def test_unreachable_and_unsupported() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(InputError, match="refused"):
        await load_document(f"http://127.0.0.1:{port}/", allow_private=True)
    with pytest.raises(InputError, match="is not known"):
        await load_document("http://no-such-host.invalid/policy")
    with pytest.raises(InputError, match="only http and https"):
        await load_document("ftp://example.com/policy.pdf")
