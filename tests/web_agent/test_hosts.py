"""Which hosts are allowed: by label and port, never by bare text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.web_agent.browser.hosts import host_allowed, url_allowed


@pytest.mark.parametrize(
    ("host", "port", "entry", "expected"),
    [
        ("example.com", 443, "example.com", True),
        ("www.example.com", 80, "Example.com.", True),
        ("evilexample.com", 443, "example.com", False),
        ("example.com.evil.org", 443, "example.com", False),
        ("example.com", 443, "www.example.com", False),
        ("127.0.0.1", 8123, "127.0.0.1:8123", True),
        ("127.0.0.1", 8124, "127.0.0.1:8123", False),
        ("1.127.0.0.1", 80, "127.0.0.1", False),
        ("::1", 80, "[::1]:80", True),
        ("::1", 81, "[::1]:80", False),
        ("::1", 81, "::1", True),
        ("example.com", 80, "", False),
        ("example.com", 80, "*", False),
        ("example.com", 80, "http://example.com", False),
        ("example.com", 80, "example.com:port", False),
        ("", 80, "", False),
        ("xn--bcher-kva.de", 443, "b\u00fccher.de", True),
    ],
)
def test_hosts_match_by_label_and_port(host: str, port: int, entry: str, expected: bool) -> None:
    assert host_allowed(host, port, [entry]) is expected


LABEL = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8)


@given(LABEL, st.sampled_from(["example.com", "a.co"]), st.integers(1, 65535))
def test_only_a_dot_makes_a_subdomain(label: str, entry: str, port: int) -> None:
    assert host_allowed(f"{label}.{entry}", port, [entry])
    assert not host_allowed(f"{label}{entry}", port, [entry])
    assert not host_allowed(f"{entry}.{label}", port, [entry])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://example.com/", True),
        ("wss://a.example.com/x", True),
        ("http://example.com@evil.org/", False),
        ("http://evil.org/example.com", False),
        ("file:///example.com", False),
        ("http://[::1", False),
        ("http://example.com:99999/", False),
    ],
)
def test_addresses_on_allowed_hosts(url: str, expected: bool) -> None:
    assert url_allowed(url, ["example.com"]) is expected
