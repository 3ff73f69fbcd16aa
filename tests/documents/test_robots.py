"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

import pytest

from harmonyguard.documents.robots import MAX_DELAY, NOTHING, Robots, read_robots

TEXT = """
User-agent: *
Disallow: /

User-agent: other
User-agent: HarmonyGuard   # our group, whatever the case
Crawl-delay: 3
Disallow: /private
Allow: /private/policies
Disallow: /*.pdf$
Disallow: /search?*session=
Disallow:
Sitemap: https://example.test/map.xml
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/policies/x", True),
        ("/rules.pdf", False),
        ("/rules.pdf.html", True),
        ("/a.pdf/b.pdf", False),
        ("/search?page=2&session=9", False),
        ("/search?page=2", True),
    ],
)
def test_the_longest_rule_that_fits_decides(path: str, allowed: bool) -> None:
    assert read_robots(TEXT, "harmonyguard").allows(f"https://example.test{path}") is allowed


def test_other_robots_have_other_rules() -> None:
    assert not read_robots(TEXT, "somebody").allows("https://example.test/rules")
    assert read_robots(TEXT, "harmonyguard").delay == 3
    assert read_robots("User-agent: *\nCrawl-delay: 9999", "harmonyguard").delay == MAX_DELAY


@pytest.mark.parametrize(
    "text", ["", "no colon here", "Disallow: /", "\ufeffUser-agent: x\nDisallow: /", "\x00\xff:\n"]
)
def test_without_rules_for_us_everything_may_be_read(text: str) -> None:
    assert read_robots(text, "harmonyguard") == Robots()
    assert not NOTHING.allows("https://example.test/")


def test_of_two_rules_of_one_length_the_kinder_one_wins() -> None:
    robots = read_robots("User-agent: *\nDisallow: /a\nAllow: /a\nDisallow: /*b", "harmonyguard")
    assert robots.allows("https://example.test/a") and not robots.allows("https://example.test/ab")
