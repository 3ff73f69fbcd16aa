"""Links of a page and the section of a site that they stay in: canonical URLs, one for each page. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

TRACKING = re.compile(r"utm_\w+|gclid|dclid|fbclid|msclkid|yclid|mc_[ce]id|igshid|_hs(enc|mi)|_gl", re.I)
"""Parameters that say where a reader came from, and change nothing of the page."""
NOT_DOCUMENTS = re.compile(
    r"\.(css|m?js|json|xml|rss|atom|ico|png|jpe?g|gif|svg|webp|avif|bmp|tiff?|mp[34]|m4[av]|webm|mov|avi|wav|ogg"
    r"|woff2?|ttf|eot|zip|gz|tgz|bz2|7z|rar|tar|dmg|exe|msi|deb|rpm|apk|iso|xlsx?|pptx?|csv|ics)$",
    re.I,
)


def canonical(url: str) -> str | None:
    """One spelling for a page's URL: no fragment, no tracking parameters, no default port; None for no web address."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = port in (None, 443 if parts.scheme == "https" else 80)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    whole = urlunsplit((parts.scheme, host if usual else f"{host}:{port}", parts.path or "/", query, ""))
    return whole.strip()  # a dropped query may leave white space at the end


def links(html: str, url: str) -> list[str]:
    """The canonical URLs that a page links to, in its order, each once."""
    from bs4 import BeautifulSoup
    from bs4.filter import SoupStrainer

    soup = BeautifulSoup(html, "lxml", parse_only=SoupStrainer(["a", "area", "base"]))
    base = soup.find("base", href=True)
    start = urljoin(url, str(base["href"])) if base is not None else url
    found: dict[str, None] = {}
    for tag in soup.find_all(["a", "area"], href=True):
        try:
            target = canonical(urljoin(start, str(tag["href"]).strip()))
        except ValueError:
            continue
        if target is not None:
            found[target] = None
    return list(found)


@dataclass(frozen=True)
class Section:
    """A part of one site: scheme, host and port of where it starts, and the path that its pages stand under."""

    scheme: str
    host: str
    path: str

    @classmethod
    def of(cls, url: str) -> Self:
        """The section that starts at a canonical URL: the folder of a file, else everything under its path."""
        parts = urlsplit(url)
        folder, _, last = parts.path.rpartition("/")
        return cls(parts.scheme, parts.netloc, f"{folder}/" if "." in last or not last else parts.path)

    def holds(self, url: str) -> bool:
        """True when a canonical URL is of this section."""
        parts = urlsplit(url)
        under = parts.path == self.path.rstrip("/") or parts.path.startswith(f"{self.path.rstrip('/')}/")
        return (parts.scheme, parts.netloc) == (self.scheme, self.host) and under

    def documents(self, urls: list[str]) -> list[str]:
        """The URLs of this section that could be documents: no pictures, styles, archives."""
        return [url for url in urls if self.holds(url) and not NOT_DOCUMENTS.search(urlsplit(url).path)]
