"""A section of a site, page by page: same host, under the path where it starts, within limits, as its robots.txt asks.

One request at a time, and between two a pause as long as the last answer took, so that a slow server is asked
slowly; a `Crawl-delay` of the site is kept.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from harmonyguard.steps import InputError

from .content import Content, suffix_of
from .fetch import USER_AGENT, Fetched, HttpError, PrivateAddresses, fetch
from .links import Section, canonical, links
from .robots import NOTHING, Robots, read_robots

MAX_ROBOTS_BYTES = 2**20
MAX_PAUSE = 2.0
"""Seconds; the pause that follows a slow answer is not longer."""


@dataclass(frozen=True)
class SiteLimits:
    """How far to follow links: `depth` links from the start, and `pages` requests for pages."""

    depth: int = 2
    pages: int = 50


@dataclass(frozen=True)
class SitePage:
    """One page with its canonical URL after redirects."""

    uri: str
    content: Content


@dataclass(frozen=True)
class SkippedPage:
    """What was met and not read, and why."""

    uri: str
    reason: str


async def site_pages(
    start: str, *, limits: SiteLimits | None = None, private: PrivateAddresses = "never"
) -> AsyncIterator[SitePage | SkippedPage]:
    """The pages of the section that starts at `start`, breadth first, each content once.

    Where the start page redirects to is where the section is. Raises InputError when the start page cannot be had
    or robots.txt forbids it; other pages are skipped then.
    """
    limits = limits or SiteLimits()
    first = canonical(start)
    if first is None:
        raise InputError(f"{start} is no site: a section of a site starts at an http or https URL")
    robots = await _robots(first, private)
    if not robots.allows(first):
        raise InputError(f"cannot read {start}: the site's robots.txt forbids it, or cannot be had")
    section: Section | None = None
    seen = {first}
    read: set[str] = set()
    contents: dict[str, str] = {}
    waiting = deque([(first, 0)])
    asked = 0
    pause = 0.0
    while waiting and asked < limits.pages:
        url, depth = waiting.popleft()
        if not robots.allows(url):
            yield SkippedPage(url, "the site's robots.txt forbids it")
            continue
        await asyncio.sleep(max(robots.delay, pause) if asked else 0.0)
        asked += 1
        began = time.monotonic()
        try:
            fetched = await fetch(url, private=private)
        except InputError as error:
            if section is None:
                raise
            yield SkippedPage(url, str(error))
            continue
        finally:
            pause = min(time.monotonic() - began, MAX_PAUSE)
        at = canonical(fetched.url) or url
        if section is None:
            section = Section.of(at)
            if urlsplit(at).netloc != urlsplit(first).netloc:
                robots = await _robots(at, private)
        if not section.holds(at):
            yield SkippedPage(url, f"it redirects out of the section, to {at}")
            continue
        if not robots.allows(at):
            yield SkippedPage(url, f"it redirects to {at}, which the site's robots.txt forbids")
            continue
        if at in read:
            continue
        seen.add(at)
        read.add(at)
        content = Content(fetched.content, fetched.media_type, suffix_of(at))
        known = contents.setdefault(content.sha256, at)
        if known != at:
            yield SkippedPage(at, f"the same as {known}")
            continue
        yield SitePage(at, content)
        if depth < limits.depth and _is_html(fetched):
            found = await asyncio.to_thread(_links, fetched)
            fresh = [link for link in section.documents(found) if link not in seen]
            seen.update(fresh)
            waiting.extend((link, depth + 1) for link in fresh)
    if waiting:
        yield SkippedPage(start, f"stopped at {limits.pages} pages: {len(waiting)} links or more were not followed")


async def _robots(url: str, private: PrivateAddresses) -> Robots:
    parts = urlsplit(url)
    try:
        fetched = await fetch(
            f"{parts.scheme}://{parts.netloc}/robots.txt", private=private, max_bytes=MAX_ROBOTS_BYTES
        )
    except HttpError as error:
        # A site without the file lets everything be read; a server in trouble may forbid it (RFC 9309, 2.3.1).
        return Robots() if 400 <= error.status < 500 else NOTHING
    return read_robots(fetched.content.decode("utf-8", errors="replace"), USER_AGENT)


def _is_html(fetched: Fetched) -> bool:
    return fetched.media_type in {"text/html", "application/xhtml+xml"} or fetched.content.lstrip()[:1] == b"<"


def _links(fetched: Fetched) -> list[str]:
    return links(fetched.content.decode("utf-8", errors="replace"), fetched.url)
