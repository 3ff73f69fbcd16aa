"""Which hosts a run may reach: suffixes by label with an optional port, never by bare text."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}


def host_allowed(host: str, port: int, allowed: Iterable[str]) -> bool:
    """True when an entry of `allowed` names `host` or a parent of it (by label, RFC 1034), and `port` if it names one.

    "example.com" covers "www.example.com" and not "evilexample.com"; addresses match only themselves;
    "127.0.0.1:8123" covers that port only. An entry that cannot be read covers nothing.
    """
    wanted = _normalised(host)
    if not wanted:
        return False
    for entry in allowed:
        name, entry_port = _split(entry)
        if not name or entry_port not in (None, port):
            continue
        if wanted == name or (not _is_address(wanted) and not _is_address(name) and wanted.endswith(f".{name}")):
            return True
    return False


def url_allowed(url: str, allowed: Iterable[str]) -> bool:
    """True when `url` is an http(s) or ws(s) address on an allowed host."""
    try:
        address = urlsplit(url)
        host, port = address.hostname, address.port
    except ValueError:
        return False
    default = DEFAULT_PORTS.get(address.scheme)
    if host is None or default is None:
        return False
    return host_allowed(host, default if port is None else port, allowed)


def _split(entry: str) -> tuple[str, int | None]:
    # An entry such as "http://host" or "user@host" is no host: it must cover nothing rather than be guessed at.
    if "/" in entry or "@" in entry or "*" in entry:
        return "", None
    if entry.count(":") > 1 and not entry.startswith("["):
        return _normalised(entry), None
    try:
        address = urlsplit(f"//{entry}")
        return _normalised(address.hostname or ""), address.port
    except ValueError:
        return "", None


def _normalised(host: str) -> str:
    name = host.strip().strip("[]").rstrip(".").lower()
    if name.isascii():
        return name
    try:
        # Browsers ask for internationalised names in their ASCII form (RFC 3490).
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
