"""One URL for each page, and a section that links do not lead out of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.documents.links import Section, canonical, links


@pytest.mark.parametrize(
    ("url", "one"),
    [
        ("HTTP://Example.COM:80", "http://example.com/"),
        ("https://example.com:443/a#part", "https://example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://example.com/a?utm_source=x&id=3&fbclid=9", "https://example.com/a?id=3"),
        ("https://example.com/a?b=1&a=%20", "https://example.com/a?b=1&a=%20"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("http://example.com/\x85?", "http://example.com/"),
        ("mailto:office@example.com", None),
        ("http://example.com:port/", None),
    ],
)
def test_one_spelling(url: str, one: str | None) -> None:
    assert canonical(url) == one


@given(st.sampled_from(["http", "https"]), st.from_regex(r"[a-z]{1,8}\.test", fullmatch=True), st.text(max_size=20))
def test_a_canonical_url_stays_as_it_is(scheme: str, host: str, rest: str) -> None:
    once = canonical(f"{scheme}://{host}/{rest}")
    assert once is None or canonical(once) == once


def test_the_links_of_a_page() -> None:
    page = """<base href="/rules/"><a href="one.html#top">1</a><a href="one.html">again</a><a name="x">no link</a>
    <a href="javascript:void(0)">no page</a><a href="//other.test/two">2</a><a href="http://[bad">3</a>"""
    found = links(page, "https://example.test/start")
    assert found == ["https://example.test/rules/one.html", "https://other.test/two"]


@pytest.mark.parametrize(
    ("start", "inside", "outside"),
    [
        ("https://a.test/policies/", "https://a.test/policies/x/y", "https://a.test/policies-old/x"),
        ("https://a.test/policies", "https://a.test/policies/x", "https://a.test/policiesx"),
        ("https://a.test/policies/index.html", "https://a.test/policies/x", "https://a.test/about"),
        ("https://a.test/", "https://a.test/x", "https://b.test/x"),
        ("https://a.test/", "https://a.test/x", "https://a.test:8443/x"),
        ("https://a.test/", "https://a.test/x", "http://a.test/x"),
        ("https://a.test/", "https://a.test/x", "https://a.test.evil.test/x"),
    ],
)
def test_a_section_holds_what_is_under_its_start(start: str, inside: str, outside: str) -> None:
    section = Section.of(start)
    assert section.holds(inside) and not section.holds(outside)
    assert section.documents([inside, outside, "https://a.test/policies/logo.PNG"]) == [inside]
