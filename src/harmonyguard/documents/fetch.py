"""Getting a document from a URL: http and https only, within limits of size and time, never into private networks."""

from __future__ import annotations

import asyncio
import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from harmonyguard.steps import InputError

MAX_BYTES = 25 * 2**20
MAX_SECONDS = 30.0
MAX_REDIRECTS = 5
USER_AGENT = "harmonyguard"
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Fetched:
    """What a URL gave: bytes, the media type that the server named, and the URL after redirects."""

    content: bytes
    media_type: str
    url: str


PrivateAddresses = Literal["never", "of_named_host", "always"]
"""
never          public addresses only
of_named_host  the host of the URL itself may be a private or loopback one, as an intranet's is; no other host may
always         every host may, link-local ones (where clouds keep their keys) included

A public host may never redirect to a private one.
"""


class HttpError(InputError):
    """The server answered, and not with the document. `status` is its status code."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.status = status


async def fetch(
    url: str,
    *,
    private: PrivateAddresses = "never",
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
) -> Fetched:
    """Read a URL.

    Every address that a host resolves to is checked before connecting, and the connection goes to the checked
    address, so a name that changes between check and use gains nothing; redirects are checked the same way.
    Raises InputError in one line, HttpError when the server answers with a status other than 200.
    """
    return await asyncio.to_thread(_fetch, url, private, max_bytes, time.monotonic() + max_seconds)


def _fetch(url: str, private: PrivateAddresses, max_bytes: int, deadline: float) -> Fetched:
    current = url
    named: str | None = None
    for _ in range(MAX_REDIRECTS + 1):
        try:
            parts = urlsplit(current)
            port = parts.port
        except ValueError as error:
            raise InputError(f"not a URL: {current}") from error
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise InputError(f"cannot fetch {current}: only http and https URLs are read")
        named = named or parts.hostname
        allowed = private if private != "of_named_host" or parts.hostname == named else "never"
        address = _address(current, parts.hostname, port or (443 if parts.scheme == "https" else 80), allowed)
        if not _is_private(address):
            private = "never"
        try:
            response = _get(current, address, max_bytes, deadline)
        except TimeoutError as error:
            raise InputError(f"cannot fetch {current}: no answer in time") from error
        except (OSError, http.client.HTTPException) as error:
            raise InputError(f"cannot fetch {current}: {getattr(error, 'strerror', None) or error}") from error
        if isinstance(response, Fetched):
            return response
        current = urljoin(current, response)
    raise InputError(f"cannot fetch {url}: more than {MAX_REDIRECTS} redirects")


def _address(url: str, host: str, port: int, private: PrivateAddresses) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"cannot fetch {url}: host {host} is not known") from error
    addresses = [str(entry[4][0]) for entry in found]
    if private != "always" and any(_is_private(address) for address in addresses):
        if private == "never":
            raise InputError(f"cannot fetch {url}: {host} is a private or local address")
        if any(_is_special(address) for address in addresses):
            raise InputError(f"cannot fetch {url}: {host} is a link-local or reserved address")
    return addresses[0]


def _is_private(address: str) -> bool:
    parsed = _parsed(address)
    return not parsed.is_global or parsed.is_multicast


def _is_special(address: str) -> bool:
    """Not even an intranet's pages are at such an address: on clouds it is where credentials are kept."""
    parsed = _parsed(address)
    return parsed.is_link_local or parsed.is_multicast or parsed.is_unspecified


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    parsed = ipaddress.ip_address(address.split("%", 1)[0])
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _get(url: str, address: str, max_bytes: int, deadline: float) -> Fetched | str:
    """The body, or where a redirect leads."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = http.client.HTTPConnection(host, port, timeout=_left(deadline))
    plain = socket.create_connection((address, port), timeout=_left(deadline))
    try:
        secure = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) if parts.scheme == "https" else plain
        )
        connection.sock = secure
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        headers = {"User-Agent": USER_AGENT, "Accept": "text/html, application/pdf, text/*;q=0.9, */*;q=0.5"}
        if parts.scheme == "https" and port == 443:
            headers["Host"] = host
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        if response.status in REDIRECTS:
            location = response.getheader("Location")
            if not location:
                raise InputError(f"cannot fetch {url}: a redirect that leads nowhere")
            return location
        if response.status != 200:
            words = f"cannot fetch {url}: the server answered {response.status} {response.reason}".rstrip()
            raise HttpError(words, response.status)
        return Fetched(_body(url, response, secure, max_bytes, deadline), response.headers.get_content_type(), url)
    finally:
        connection.close()
        plain.close()


def _body(url: str, response: http.client.HTTPResponse, sock: socket.socket, max_bytes: int, deadline: float) -> bytes:
    parts = bytearray()
    while True:
        # The limit holds for the whole body: a server that drips bytes must not hold the reader for ever.
        sock.settimeout(_left(deadline))
        piece = response.read1(65536)
        if not piece:
            break
        parts += piece
        if len(parts) > max_bytes:
            raise InputError(f"cannot fetch {url}: more than {max_bytes // 2**20} MB")
    return bytes(parts)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left
