"""The boundary: nothing happens without a permit for this act on this page, up to the moment of the event."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Action, Permit, PermitError
from harmonyguard.web_agent.browser.session import BrowserSession

from .conftest import Hand, MemoryPermits, Site, named, page_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

BUTTON = (
    "<form method=post action=/save><input type=hidden name=amount value=1>"
    "<button id=b>Save</button></form><script>const b=document.getElementById('b')</script>"
)


def script(code: str) -> str:
    """A page whose button changes when the server-side of the test says so: on the next tick of the page."""
    return f"{BUTTON}<script>onmessage=()=>{{{code}}}</script>"


async def change(session: BrowserSession) -> None:
    """Let the page change itself now, as its own script could at any time."""
    await page_of(session).evaluate("new Promise(done => { postMessage(1); setTimeout(done, 0); })")


async def test_the_start_url_takes_a_permit(hand: Hand, site: Site) -> None:
    assert (await hand.session.observe()).url == "about:blank"
    stranger = Permit("p", "run", 0, "x", "y", "book")
    with pytest.raises(PermitError):
        await hand.session.perform(Action(type="goto", url=site.url("/")), stranger)
    assert site.received == []
    assert (await hand.session.observe()).url == "about:blank"


async def test_a_permit_is_good_for_one_use(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<input aria-label=Note>"))
    action = await hand.action("fill", "Note", "one")
    permit = hand.permits.mint(action, await hand.session.observe())
    await hand.session.perform(action, permit)
    with pytest.raises(PermitError):
        await hand.session.perform(action, permit)


async def test_a_permit_for_another_value_or_target_is_refused(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<input aria-label=Note><input aria-label=Other>"))
    seen = await hand.session.observe()
    action = await hand.action("fill", "Note", "one")
    for other in (
        action.model_copy(update={"value": "two"}),
        action.model_copy(update={"ref": named(seen, "Other")}),
    ):
        with pytest.raises(PermitError):
            await hand.session.perform(other, hand.permits.mint(action, seen))
    assert [e.value for e in (await hand.session.observe()).elements] == ["", ""]


@pytest.mark.parametrize(
    "code",
    [
        "b.textContent='Delete everything'",
        "b.setAttribute('formaction','/elsewhere')",
        "b.form.setAttribute('action','/elsewhere')",
        "b.form.setAttribute('method','get')",
        "b.form.elements.amount.value='1000'",
        "b.form.elements.amount.name='other'",
        "b.name='op';b.value='delete'",
        "const c=b.cloneNode(true);b.replaceWith(c)",
        "b.remove()",
        "location.reload()",
        "b.form.insertAdjacentHTML('beforeend','<input name=extra value=1>')",
    ],
)
async def test_a_page_that_changed_since_it_was_judged_is_refused(hand: Hand, site: Site, code: str) -> None:
    await hand.goto(site.page("/p", script(code)))
    seen = await hand.session.observe()
    action = Action(type="click", ref=named(seen, "Save"))
    permit = hand.permits.mint(action, seen)
    await change(hand.session)
    with pytest.raises(PermitError):
        await hand.session.perform(action, permit)
    assert [at for _, at, _ in site.received if at != "/p"] == []


async def test_a_clock_on_the_page_does_not_expire_a_permit(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<p id=clock></p>" + script("clock.textContent=Date.now()")))
    seen = await hand.session.observe()
    action = Action(type="click", ref=named(seen, "Save"))
    permit = hand.permits.mint(action, seen)
    await change(hand.session)
    assert (await hand.session.perform(action, permit)).error is None
    assert site.got("/save") == [("POST", {"amount": "1"})]


class LateChange(MemoryPermits):
    """Lets the page change after its state was checked, which is the latest moment before the act."""

    session: BrowserSession | None = None

    async def redeem(self, permit: Permit, action: Action, page_state: str) -> None:
        await super().redeem(permit, action, page_state)
        if self.session is not None and action.type != "goto":
            await change(self.session)


@pytest.fixture
def permits() -> MemoryPermits:
    return LateChange()


@pytest.fixture
def late(hand: Hand) -> Hand:
    assert isinstance(hand.permits, LateChange)
    hand.permits.session = hand.session
    return hand


OVERLAY = (
    "const o=document.createElement('button');o.textContent='Pay';o.onclick=()=>fetch('/overlay',{method:'POST'});"
    "o.style='position:fixed;inset:0;width:100%;height:100%;z-index:9';"
)


@pytest.mark.parametrize(
    "code",
    [
        "b.textContent='Delete everything'",
        "b.setAttribute('formaction','/elsewhere')",
        "b.form.elements.amount.value='1000'",
        "const c=b.cloneNode(true);c.setAttribute('formaction','/elsewhere');b.replaceWith(c)",
        # Each of these waits for the pointer to arrive, after every check that can be made beforehand.
        "b.onmouseenter=()=>{b.textContent='Delete everything'}",
        "b.onmouseenter=()=>{b.setAttribute('formaction','/elsewhere')}",
        "b.onmouseenter=()=>{b.form.elements.amount.value='1000'}",
        "b.onpointerdown=()=>{b.setAttribute('formaction','/elsewhere')}",
        "b.onclick=()=>{b.setAttribute('formaction','/elsewhere')}",
        OVERLAY + "b.onmouseenter=()=>document.body.append(o)",
        OVERLAY + "document.body.append(o)",
    ],
)
async def test_a_change_at_the_last_moment_is_stopped(late: Hand, site: Site, code: str) -> None:
    await late.goto(site.page("/p", script(code)))
    result = await late.on("click", "Save")
    assert result.error is not None
    assert [at for _, at, _ in site.received if at != "/p"] == []
    assert late.permits.settled[-1][1] == result


async def test_typing_goes_nowhere_else_when_the_focus_is_moved(late: Hand, site: Site) -> None:
    await late.goto(
        site.page("/p", "<input aria-label=Note onfocus=other.focus()><input id=other aria-label=Other>" + script(""))
    )
    result = await late.on("fill", "Note", "text")
    assert result.error is not None
    assert {e.name: e.value for e in (await late.session.observe()).elements if e.role == "textbox"}["Other"] == ""


async def test_an_option_that_now_sends_something_else_is_not_chosen(late: Hand, site: Site) -> None:
    await late.goto(
        site.page(
            "/p",
            "<form><label>To <select id=s name=s><option>Nobody</option><option value=a>Ada</option></select></label>"
            "</form>" + script("s.form.action='/elsewhere'"),
        )
    )
    result = await late.on("select_option", "To", "Ada")
    assert result.error == "select_option: the target changed at the last moment"
    assert (await late.session.observe()).forms[0].fields["To"] == "Nobody"


async def test_input_that_no_act_armed_does_nothing(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", BUTTON))
    page = page_of(hand.session)
    await page.mouse.click(30, 20)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.locator("button").dispatch_event("pointerdown")
    assert site.got("/save") == []
    assert (await hand.on("click", "Save")).error is None
    assert len(site.got("/save")) == 1


async def test_an_element_that_is_not_there_is_refused(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", BUTTON))
    action = Action(type="click", ref="e999")
    with pytest.raises(PermitError, match="no element e999"):
        await hand.session.perform(action, hand.permits.mint(action, await hand.session.observe()))


DRAG = (
    "<ul><li draggable=true tabindex=0 id=b ondragstart=\"event.dataTransfer.setData('text/plain','Report')\">"
    "Report</li></ul><div id=bin role=button tabindex=0 ondragover=event.preventDefault() "
    "ondrop=\"fetch('/dropped/'+bin.textContent,{method:'POST'})\" style='height:60px'>Archive</div>"
    "<script>onmessage=()=>{}</script>"
)


async def drag(hand: Hand) -> Action:
    seen = await hand.session.observe()
    source = next(e.ref for e in seen.elements if e.role == "listitem")
    return Action(type="drag_and_drop", ref=source, to_ref=named(seen, "Archive"))


async def test_a_thing_is_dragged_onto_another(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", DRAG))
    assert (await hand.do(await drag(hand))).error is None
    assert site.got("/dropped/Archive") != []


@pytest.mark.parametrize("code", ["b.textContent='Contract'", "bin.textContent='Delete'", "bin.remove()"])
async def test_both_ends_of_a_drag_are_bound(hand: Hand, site: Site, code: str) -> None:
    await hand.goto(site.page("/p", DRAG))
    action = await drag(hand)
    permit = hand.permits.mint(action, await hand.session.observe())
    await page_of(hand.session).evaluate(code)
    with pytest.raises(PermitError):
        await hand.session.perform(action, permit)


@pytest.mark.parametrize(
    "code",
    [
        "b.onpointerdown=()=>{bin.textContent='Delete'}",
        "b.ondragstart=()=>{bin.textContent='Delete'}",
        "bin.ondragenter=()=>{bin.textContent='Delete'}",
        "b.onmouseenter=()=>{bin.textContent='Delete'}",
    ],
)
async def test_a_drop_that_changed_under_way_is_stopped(hand: Hand, site: Site, code: str) -> None:
    await hand.goto(site.page("/p", DRAG + f"<script>{code}</script>"))
    result = await hand.do(await drag(hand))
    assert result.error is not None
    assert [at for _, at, _ in site.received if at != "/p"] == []
