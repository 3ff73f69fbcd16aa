"""Web addresses read without ever failing: what a hostile page calls a link is not always one."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

_NOWHERE = SplitResult("", "", "", "", "")
_BARE_DOMAIN = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)


def split_address(url: str) -> SplitResult:
    """The parts of a URL; all of them empty when it cannot be read."""
    try:
        return urlsplit(url)
    except ValueError:
        return _NOWHERE


def resolve(base: str, url: str) -> str:
    """`url` as seen from the page `base`; unchanged when one of them cannot be read."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def host_of(url: str) -> str:
    """Host and explicit port of a URL, lower case; empty when there is none."""
    address = split_address(url)
    try:
        port = address.port
    except ValueError:
        port = None
    name = (address.hostname or "").rstrip(".")
    return name if port is None or not name else f"{name}:{port}"


def is_below(host: str, suffix: str) -> bool:
    """True when `host` is `suffix` or below it, label by label (RFC 1034); a port in `suffix` must match."""
    name, _, port = host.partition(":")
    wanted, _, wanted_port = suffix.partition(":")
    if wanted_port and wanted_port != port:
        return False
    return name == wanted or name.endswith("." + wanted)


def is_within(url: str, place: str) -> bool:
    """True when the URL leads to `place`, or below it: a host as in `is_below`, and a path, where one follows it.

    Paths are compared part by part and whatever the case of their letters: "/admin" holds "/Admin/users", and not
    "/administrators".
    """
    host, _, path = place.partition("/")
    wanted = [part for part in path.casefold().split("/") if part]
    parts = [part for part in path_of(url).casefold().split("/") if part]
    return is_below(host_of(url), host) and parts[: len(wanted)] == wanted


def path_of(url: str) -> str:
    """The path of a URL with escapes resolved, and the route in its fragment where an application keeps it there."""
    address = split_address(url)
    route = "/" + unquote(address.fragment) if address.fragment.startswith("/") else ""
    return unquote(address.path) + route


_NAMES_A_PART = frozenset("module page section area view route tab controller option".split())


def parts_in_query(url: str) -> tuple[str, ...]:
    """The parts of a site that the query names, where an application keeps them there ("index.php?module=Users")."""
    address = split_address(url)
    query = "&".join(part for part in (address.query, address.fragment.partition("?")[2]) if part)
    if not query:
        return ()
    try:
        pairs = parse_qsl(query, max_num_fields=100)
    except ValueError:
        return ()
    return tuple(value for name, value in pairs if name.lower() in _NAMES_A_PART)


def as_address(text: str) -> str | None:
    """The text as a URL when it is nothing but one, also without a scheme ("www.example.com/x")."""
    candidate = text.strip()
    if not candidate or any(c.isspace() for c in candidate):
        return None
    if candidate.lower().startswith(("http://", "https://")):
        return candidate
    if candidate.lower().startswith("www.") and _BARE_DOMAIN.fullmatch(candidate):
        return "https://" + candidate
    return None
