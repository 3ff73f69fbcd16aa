"""Error, access-denied and log-in pages; and pages that only speak of errors."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Element, Observation
from harmonyguard.utility_agent.reading.page_signals import page_signal


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


@pytest.mark.parametrize(
    "text",
    [
        "[3] alert ''\n\tStaticText 'Your marks could not be stored (reference QX-1).'",
        "- alert:\n  - text: Saving failed. Try again later.",
        "[3] status 'Upload failed: the server did not answer'",
        "[3] dialog 'Notice'\n\t[4] heading 'Unable to load the list'",
        "- alert: Your session has expired",
        "- alert: Couldn't reach the server",
        "- alert: The payment was declined by the bank",
        "- alertdialog:\n  - paragraph: We were not able, sorry. Error code 502",
        "[3] heading 'We cannot find the page that you asked for'",
        "[3] heading 'This page is no longer available'",
        "[3] heading 'You are not allowed to see this ward'",
        "[3] heading 'You have no access to this folder'",
        "[3] heading 'Access to reports is restricted'",
        "StaticText 'You do not have the required permissions for this.'",
        "[3] heading 'Whoops, nothing here'",
        "Error: no user of this name\ntry again",
        "[3] alert 'Your form has 1 error: Room code has already been taken'",
        "- alert:\n  - list:\n    - listitem: Title can't be blank",
        "[3] alert ''\n\tStaticText 'The shelf could not be removed: books stand on it.'",
        "[3] alert 'Cannot delete: three loans are linked to this reader'",
        "[3] textbox 'Due date', value=''\n[4] generic 'Due date is required'",
        "[3] textbox 'Code', value='A1'\nStaticText 'This field must not be empty'",
        "[3] textbox 'Login', value='kim'\nStaticText 'That name is already in use.'",
        "- alert: The end date is invalid",
        "- alert: 'Delivery failed: nobody of this name'",
        "- alert: Hall 3 is already booked at this time",
        "[3] alert 'Reader not found'",
        "[3] alert 'Time conflict with the choir'",
        "[3] alert 'Invalid postcode'",
        "- alert: 2 problems prevented this booking from being saved",
        "[3] dialog ''\n\tStaticText 'The letter was not sent.'",
        "404 Not Found\n\nnginx",
    ],
)
def test_the_page_itself_says_that_something_failed(text: str) -> None:
    assert page_signal(page(text), "error")


@pytest.mark.parametrize(
    "text",
    [
        "[3] alert ''\n\tStaticText 'Your changes were saved.'",
        "- alert: 3 new messages",
        "- status: Loading failed jobs list",
        "[3] dialog 'Delete entry?'\n\tStaticText 'This cannot be undone.'",
        "[3] heading 'Upload failed on arm64'",
        "[3] heading 'Payment declined: what customers can do'",
        "[3] article 'Comment by Kim'\n\tStaticText 'Access denied, it says when I try.'",
        "[3] row 'Run 8'\n\t[4] cell 'failed'\n\tStaticText 'Error: timeout'",
        "- paragraph: The server room is closed and cannot be entered on Sundays.",
        "- listitem:\n  - text: Oops, wrong door",
        "[3] heading 'Session notes'",
        "Notes of today\nError: none",
        "No customers match this search",
        "StaticText 'Paid invoices cannot be deleted.'",
        "StaticText 'A reason is required.'",
        "[3] textbox 'Note', value=''\nStaticText 'The parcel was not delivered.'",
        "[3] heading 'The parcel was not delivered'",
        "[3] article ''\n\tStaticText 'My name has already been taken'",
        "- alert: The shelf was removed",
        "- alert: Two failed log-ins since Monday",
        "- alert: The choir has found a new hall",
        "- alert: Name is now Kim",
    ],
)
def test_what_others_say_of_failures_is_no_error_of_the_page(text: str) -> None:
    assert not page_signal(page(text), "error")


def test_headings_of_a_page_told_as_markdown_speak_for_it() -> None:
    refused = Observation(url="https://files.example/a", text="[ Files ](/)\n\n#  Access forbidden\n\nAsk the owner.\n")
    shown = Observation(url="https://files.example/a", text="# Forbidden City, a guide\n\nAccess denied? Not here.\n")
    assert page_signal(refused, "access_denied")
    assert not page_signal(shown, "error")


def test_a_warning_is_no_error() -> None:
    page = Observation(url="https://desk.example/", text="[3] alert 'Warning: the list is not complete yet.'")
    assert page_signal(page, "warning") and not page_signal(page, "error")
    calm = Observation(url="https://desk.example/", text="[3] StaticText 'Warning: how to write one'")
    assert not page_signal(calm, "warning")


def test_an_alert_says_what_is_not_there() -> None:
    page = Observation(url="https://desk.example/", text="[3] alert 'This folder is unavailable, ask your team.'")
    assert page_signal(page, "error")
