"""A section of a site: what is read of it, what is left alone, and that nothing leads out of it."""

from __future__ import annotations

from typing import Any

import pytest

from harmonyguard.documents.site import SiteLimits, SitePage, SkippedPage, site_pages
from harmonyguard.steps import InputError

Pages = dict[str, tuple[int, dict[str, str], bytes]]
HTML = {"Content-Type": "text/html"}


def page(words: str, *targets: str) -> tuple[int, dict[str, str], bytes]:
    anchors = "".join(f'<a href="{target}">link</a>' for target in targets)
    return 200, HTML, f"<html><body><p>{words}</p>{anchors}</body></html>".encode()


async def crawl(url: str, **options: Any) -> tuple[list[str], dict[str, str]]:
    """The paths that were read, and the reasons for what was skipped, by path."""
    base = "/".join(url.split("/")[:3])
    read, skipped = [], {}
    async for one in site_pages(url, private="of_named_host", **options):
        if isinstance(one, SitePage):
            read.append(one.uri.removeprefix(base))
        elif isinstance(one, SkippedPage):
            skipped[one.uri.removeprefix(base)] = one.reason
    return read, skipped


@pytest.fixture
def policies(site: tuple[str, Pages]) -> tuple[str, Pages]:
    base, pages = site
    pages["/policies/"] = page(
        "Start", "a.html", "b.html#part", "/about", "http://other.test/x", "logo.png", "/policies"
    )
    pages["/policies/a.html"] = page("A", "deep/c.html", "b.html?utm_source=a")
    pages["/policies/b.html"] = page("B")
    pages["/policies/deep/c.html"] = page("C", "d.html")
    pages["/policies/deep/d.html"] = page("D")
    pages["/about"] = page("About")
    return base, pages


async def test_pages_of_the_section_are_read_breadth_first_and_once(policies: tuple[str, Pages]) -> None:
    base, pages = policies
    pages["/policies"] = (301, {"Location": "/policies/"}, b"")
    read, skipped = await crawl(f"{base}/policies/")
    assert read == ["/policies/", "/policies/a.html", "/policies/b.html", "/policies/deep/c.html"]
    assert skipped == {}, "what lies outside, and what is no document, is not even mentioned"


async def test_depth_and_page_limits(policies: tuple[str, Pages]) -> None:
    base, _ = policies
    assert (await crawl(f"{base}/policies/", limits=SiteLimits(depth=0)))[0] == ["/policies/"]
    deep, _ = await crawl(f"{base}/policies/", limits=SiteLimits(depth=3))
    assert deep[-1] == "/policies/deep/d.html"
    read, skipped = await crawl(f"{base}/policies/", limits=SiteLimits(pages=2))
    assert read == ["/policies/", "/policies/a.html"]
    assert "stopped at 2 pages" in skipped["/policies/"]


async def test_robots_txt_is_kept(policies: tuple[str, Pages]) -> None:
    base, pages = policies
    pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /policies/a\n")
    read, skipped = await crawl(f"{base}/policies/")
    assert read == ["/policies/", "/policies/b.html"]
    assert skipped["/policies/a.html"] == "the site's robots.txt forbids it", "it was not even asked for"
    for robots in ((200, {}, b"User-agent: harmonyguard\nDisallow: /"), (503, {}, b"")):
        pages["/robots.txt"] = robots
        with pytest.raises(InputError, match=r"robots\.txt forbids"):
            await crawl(f"{base}/policies/")


async def test_what_fails_on_the_way_is_told_and_the_rest_is_read(policies: tuple[str, Pages]) -> None:
    base, pages = policies
    pages["/policies/a.html"] = (500, {}, b"")
    pages["/policies/b.html"] = (302, {"Location": "/about"}, b"")
    pages["/policies/"] = page("Start", "a.html", "b.html", "copy.html")
    pages["/policies/copy.html"] = pages["/policies/"]
    read, skipped = await crawl(f"{base}/policies/")
    assert read == ["/policies/"]
    assert "answered 500" in skipped["/policies/a.html"]
    assert "out of the section" in skipped["/policies/b.html"]
    assert "the same as" in skipped["/policies/copy.html"]


async def test_no_link_and_no_redirect_leads_into_another_private_host(policies: tuple[str, Pages]) -> None:
    base, pages = policies
    port = base.rsplit(":", 1)[1]
    pages["/policies/"] = page("Start", "a.html", f"http://localhost:{port}/policies/b.html")
    pages["/policies/a.html"] = (302, {"Location": f"http://localhost:{port}/policies/b.html"}, b"")
    read, skipped = await crawl(f"{base}/policies/")
    assert read == ["/policies/"]
    assert "private or local address" in skipped["/policies/a.html"]
    with pytest.raises(InputError, match="private or local address"):
        async for _ in site_pages(f"{base}/policies/"):
            pass


async def test_a_start_that_cannot_be_had_is_an_error(policies: tuple[str, Pages]) -> None:
    base, _ = policies
    with pytest.raises(InputError, match="answered 404"):
        await crawl(f"{base}/missing/")
    with pytest.raises(InputError, match="is no site"):
        await crawl("ftp://example.test/")


async def test_where_the_start_redirects_is_where_the_section_is(policies: tuple[str, Pages]) -> None:
    base, pages = policies
    pages["/go"] = (302, {"Location": "/policies/deep/c.html"}, b"")
    assert (await crawl(f"{base}/go"))[0] == ["/policies/deep/c.html", "/policies/deep/d.html"]
