"""Error, access-denied and log-in pages; and pages that only speak of errors."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Element, Observation
from harmonyguard.utility_agent.page_signals import page_signal


def page(text: str = "", title: str = "", status: int | None = None, heading: str = "") -> Observation:
    elements = (Element(ref="h", role="heading", name=heading),) if heading else ()
    return Observation(url="https://a.example/", text=text, title=title, status=status, elements=elements)


@pytest.mark.parametrize(
    "shown",
    [
        page(status=500),
        page(title="404 Not Found"),
        page(title="Page not found - Example"),
        page(heading="Something went wrong"),
        page(heading="500 Internal Server Error"),
        page('StaticText "An error has occurred"'),
        page("- alert: Service unavailable"),
        page(heading="Oops! That did not work."),
    ],
)
def test_error(shown: Observation) -> None:
    assert page_signal(shown, "error")


@pytest.mark.parametrize(
    "shown",
    [
        page(title="404 for many URLs when the proxy is on"),
        page(heading="How to report an error"),
        page(heading="Error handling in our services"),
        page("- paragraph: The printer shows 500 and stops."),
        page(heading="Order 404"),
        page(status=200, title="Tickets"),
        page(),
    ],
)
def test_pages_that_speak_of_errors(shown: Observation) -> None:
    assert not page_signal(shown, "error")


@pytest.mark.parametrize(
    "shown",
    [
        page(status=403),
        page(status=401),
        page(heading="Access denied"),
        page(heading="403 Forbidden"),
        page(heading="You do not have permission to view this page"),
    ],
)
def test_access_denied_is_an_error_too(shown: Observation) -> None:
    assert page_signal(shown, "access_denied")
    assert page_signal(shown, "error")


def test_a_missing_page_is_no_closed_door() -> None:
    assert not page_signal(page(status=404), "access_denied")


def test_login() -> None:
    password = Element(ref="p", role="textbox", name="Password", input_type="password")
    assert page_signal(Observation(url="https://a.example/", elements=(password,)), "login")
    assert not page_signal(page(heading="Log in"), "login")
