"""Tabs: opening, changing, closing, and what pages do to them by themselves."""

from __future__ import annotations

import asyncio

import pytest

from harmonyguard.steps import Action, PermitError

from .conftest import Hand, Site, page_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_new_tab_and_back_to_the_old_one(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/one", "<p>First</p>", title="One"))
    assert (await hand.do(Action(type="new_tab", url=site.page("/two", "<p>Second</p>", title="Two")))).error is None
    seen = await hand.session.observe()
    assert (seen.title, [(tab.title, tab.active) for tab in seen.tabs]) == ("Two", [("One", False), ("Two", True)])
    assert (await hand.do(Action(type="tab_focus", value="0"))).error is None
    assert (await hand.session.observe()).title == "One"
    assert (await hand.do(Action(type="tab_close"))).error is None
    seen = await hand.session.observe()
    assert (seen.title, len(seen.tabs)) == ("Two", 1)


@pytest.mark.parametrize(
    ("action", "error"),
    [
        (Action(type="tab_focus", value="7"), "tab_focus: there is no tab 7; the tabs are numbered from 0 to 0"),
        (Action(type="tab_focus", value="x"), "'x' is not a number"),
        (Action(type="tab_close"), "tab_close: this is the only tab; go to another page instead"),
        (Action(type="new_tab", url="file:///etc/passwd"), "new_tab takes only http and https addresses"),
        (Action(type="go_back"), "go_back: there is no page to go to"),
        (Action(type="go_forward"), "go_forward: there is no page to go to"),
    ],
)
async def test_what_cannot_be_done_is_told(hand: Hand, site: Site, action: Action, error: str) -> None:
    await hand.goto(site.page("/one", "<p>First</p>"))
    assert (await hand.do(action)).error == error


async def test_tabs_keep_to_the_allowed_hosts(hand: Hand, site: Site, forbidden: Site) -> None:
    away = forbidden.page("/away", "<p>Away</p>")
    await hand.goto(site.page("/one", f"<a href='{away}' target=_blank>Away</a>", title="One"))
    result = await hand.do(Action(type="new_tab", url=away))
    assert result.error == f"new_tab: the host of {away} is not among the allowed hosts"
    result = await hand.on("click", "Away")
    assert result.error == f"{away} wanted to open in a new tab and is not on an allowed host: blocked"
    seen = await hand.session.observe()
    assert (seen.title, len(seen.tabs)) == ("One", 1)
    assert forbidden.received == []


async def test_a_tab_that_moved_to_a_forbidden_host_is_not_looked_at(hand: Hand, site: Site, forbidden: Site) -> None:
    away = forbidden.page("/away", "<p>Away</p>")
    await hand.goto(site.page("/one", "<p>First</p>"))
    await hand.do(Action(type="new_tab", url=site.page("/two", "<p>Second</p>")))
    first = page_of(hand.session).context.pages[0]
    await first.goto(away)
    result = await hand.do(Action(type="tab_focus", value="0"))
    assert result.error == f"tab_focus: the host of {away} is not among the allowed hosts"
    assert forbidden.received == []


async def test_another_address_in_the_tab_than_the_judged_one_is_refused(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/one", "<p>First</p>"))
    await hand.do(Action(type="new_tab", url=site.page("/two", "<p>Second</p>")))
    action = Action(type="tab_focus", value="0")
    permit = hand.permits.mint(action, await hand.session.observe())
    await page_of(hand.session).context.pages[0].goto(site.page("/three", "<p>Third</p>"))
    with pytest.raises(PermitError):
        await hand.session.perform(action, permit)


async def test_a_tab_that_no_act_opened_stays_in_the_background(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/one", "<p>First</p>", title="One"))
    pop_up = site.page("/pop", "<p>Prize!</p>", title="Pop")
    async with page_of(hand.session).context.expect_page():
        await page_of(hand.session).evaluate("address => void open(address)", pop_up)
    seen = await hand.session.observe()
    assert (seen.title, len(seen.tabs)) == ("One", 2)


async def test_a_page_that_closes_itself_leaves_an_empty_tab(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/one", "<button onclick=\"open('','_self');close()\">Bye</button>"))
    await page_of(hand.session).close()
    seen = await hand.session.observe()
    assert (seen.url, len(seen.tabs)) == ("about:blank", 1)
    assert "Bye" in (await hand.goto(site.url("/one"))).text


async def test_back_and_forward_restore_pages_that_can_be_acted_on(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/one", "<button onclick=\"document.title='clicked'\">Go</button>", title="One"))
    await hand.goto(site.page("/two", "<p>Second</p>", title="Two"))
    assert (await hand.do(Action(type="go_back"))).error is None
    assert (await hand.on("click", "Go")).error is None
    assert (await hand.session.observe()).title == "clicked"
    assert (await hand.do(Action(type="go_forward"))).error is None
    assert (await hand.session.observe()).title == "Two"


async def test_the_focused_element_is_named(hand: Hand, site: Site) -> None:
    seen = await hand.goto(site.page("/p", "<input aria-label=One><input aria-label=Two autofocus>"))
    focused = seen.element(seen.focused)
    assert focused is not None and focused.name == "Two"


async def test_a_page_that_crashes_is_closed_and_told(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<p>Here</p>"))
    page = page_of(hand.session)
    cdp = await page.context.new_cdp_session(page)
    async with page.expect_event("crash"):
        crashing = asyncio.ensure_future(cdp.send("Page.crash"))
    seen = await hand.session.observe()
    assert (seen.url, seen.notices) == ("about:blank", (f"The page at {site.url('/p')} crashed and was closed.",))
    assert "Here" in (await hand.goto(site.url("/p"))).text
    await asyncio.gather(crashing, return_exceptions=True)
