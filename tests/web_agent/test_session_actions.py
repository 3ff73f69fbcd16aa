"""Every action type on real pages."""

from __future__ import annotations

import socket

import pytest

from harmonyguard.steps import Action, Box, Tab
from harmonyguard.web_agent.browser.sessions import open_session

from .conftest import Hand, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_form_is_filled_and_sent(hand: Hand, site: Site) -> None:
    await hand.goto(
        site.page(
            "/form",
            "<form method=post action=/save><label>Name <input name=name></label>"
            "<label>Kind <select name=kind><option value=a>Apple</option><option value=b>Bear</option></select></label>"
            "<label><input type=checkbox name=agree value=yes>Agree</label><button>Save</button></form>",
        )
    )
    assert (await hand.on("fill", "Name", "Ada")).error is None
    assert (await hand.on("select_option", "Kind", "Bear")).error is None
    assert (await hand.on("check", "Agree")).error is None
    seen = await hand.session.observe()
    assert seen.forms[0].fields["Name"] == "Ada"
    assert seen.forms[0].fields["Kind"] == "Bear"
    assert seen.forms[0].fields["Agree"] == "checked"
    result = await hand.on("click", "Save")
    assert result == result.model_copy(update={"error": None, "url": site.url("/save")})
    assert site.got("/save") == [("POST", {"name": "Ada", "kind": "b", "agree": "yes"})]


async def test_keys_go_to_the_element_that_they_were_judged_for(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/find", "<form action=/results><label>Search <input name=q></label></form>"))
    await hand.on("fill", "Search", "shoes")
    assert (await hand.on("press", "Search", "Enter")).error is None
    assert site.got("/results") == [("GET", {"q": "shoes"})]


async def test_enter_clicks_the_default_button(hand: Hand, site: Site) -> None:
    await hand.goto(
        site.page(
            "/f", "<form action=/a method=post><input aria-label=Note name=n><button formaction=/b>Go</button></form>"
        )
    )
    assert (await hand.session.observe()).forms[0].action == site.url("/b")
    await hand.on("press", "Note", "Enter")
    assert site.got("/b") == [("POST", {"n": ""})]


async def test_a_key_that_acts_needs_an_element(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/find", "<form action=/results><input aria-label=Search name=q autofocus></form>"))
    result = await hand.do(Action(type="press", value="Enter"))
    assert result.error == "press Enter: a key that types or activates needs the ref of its element"
    assert (await hand.do(Action(type="press", value="Tab"))).error is None
    assert site.got("/results") == []


async def test_arrows_without_an_element_move_about_and_change_no_value(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<p>Text</p>"))
    assert (await hand.do(Action(type="press", value="ArrowDown"))).error is None
    await hand.goto(site.page("/q", "<select aria-label=Kind autofocus><option>A</option><option>B</option></select>"))
    result = await hand.do(Action(type="press", value="ArrowDown"))
    assert result.error == "press was stopped: the key would change a value"
    assert [e.value for e in (await hand.session.observe()).elements if e.name == "Kind"] == ["A"]


async def test_a_host_that_cannot_be_reached_is_an_error(hand: Hand, site: Site) -> None:
    closed = socket.create_server(("127.0.0.1", 0))
    host = f"127.0.0.1:{closed.getsockname()[1]}"
    closed.close()
    session = await open_session(run="lost", permits=hand.permits, allowed_hosts=frozenset({host}))
    result = await Hand(session, hand.permits).do(Action(type="goto", url=f"http://{host}/"))
    assert result.error == f"http://{host}/ could not be reached"


async def test_going_to_a_page_and_back(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/one", "<a href=/two>Two</a>", title="One"))
    site.page("/two", "<h1>Second</h1>", title="Two")
    assert (await hand.on("click", "Two")).url == site.url("/two")
    assert (await hand.session.observe()).title == "Two"
    assert (await hand.do(Action(type="go_back"))).error is None
    assert (await hand.session.observe()).title == "One"


async def test_hover_double_click_uncheck_and_scroll(hand: Hand, site: Site) -> None:
    await hand.goto(
        site.page(
            "/p",
            "<p id=log></p><button onmouseenter=\"log.textContent+=' hovered'\" "
            "ondblclick=\"log.textContent+=' twice'\">Pad</button>"
            "<label><input type=checkbox checked>News</label><div style='height:4000px'></div>"
            "<script>onscroll=()=>log.textContent='scrolled'</script>",
        )
    )
    assert (await hand.on("hover", "Pad")).error is None
    assert (await hand.on("dblclick", "Pad")).error is None
    assert (await hand.on("uncheck", "News")).error is None
    seen = await hand.session.observe()
    assert "hovered twice" in seen.text
    assert [e.checked for e in seen.elements if e.name == "News"] == [False]
    assert (await hand.do(Action(type="scroll", value="down"))).error is None
    assert "scrolled" in (await hand.session.observe()).text


async def test_an_element_in_a_frame_and_one_in_a_shadow_root(hand: Hand, site: Site) -> None:
    site.page("/inner", "<form method=post action=/inside><button>Inside</button></form>")
    await hand.goto(
        site.page(
            "/outer",
            "<iframe src=/inner title=Inner></iframe><div id=host></div><p id=log></p><script>"
            "host.attachShadow({mode:'open'}).innerHTML='<button>Deep</button>';"
            "host.shadowRoot.querySelector('button').onclick=()=>log.textContent='reached'</script>",
        )
    )
    assert (await hand.on("click", "Deep")).error is None
    assert "reached" in (await hand.session.observe()).text
    assert (await hand.on("click", "Inside")).error is None
    assert site.got("/inside") == [("POST", {})]


async def test_a_label_takes_the_click_for_its_control(hand: Hand, site: Site) -> None:
    await hand.goto(
        site.page(
            "/p",
            "<label style='cursor:pointer;position:relative'>"
            "<input type=checkbox name=c style='opacity:0;position:absolute'><span>Subscribe</span></label>",
        )
    )
    assert (await hand.on("check", "Subscribe", role="checkbox")).error is None
    assert [e.checked for e in (await hand.session.observe()).elements if e.role == "checkbox"] == [True]


async def test_a_new_tab_is_looked_at_next(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/one", "<a href=/two target=_blank>Two</a>"))
    site.page("/two", "<button onclick=\"document.title='clicked'\">Here</button>", title="Two")
    await hand.on("click", "Two")
    seen = await hand.session.observe()
    assert seen.url == site.url("/two")
    assert seen.tabs == (
        Tab(url=site.url("/one"), title="Page"),
        Tab(url=site.url("/two"), title="Two", active=True),
    )
    assert (await hand.on("click", "Here")).error is None
    assert (await hand.session.observe()).title == "clicked"


async def test_an_act_that_fails_says_why_and_is_settled(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<label>Kind <select><option>A</option></select></label>"))
    result = await hand.on("select_option", "Kind", "Z")
    assert result.error == "select_option: there is no such option"
    assert hand.permits.settled[-1][1] == result
    incomplete = await hand.do(Action(type="drag_and_drop"))
    assert incomplete.error == "drag_and_drop needs ref, what is dragged, and to_ref, where it is dropped"
    unsupported = await hand.do(Action(type="tool_call", name="shell"))
    assert unsupported.error == "there is no custom action shell; registered are: none"


async def test_messages_do_not_reach_the_browser(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<p>Here</p>"))
    before = list(site.received)
    for kind in ("ask_user", "send_msg_to_user", "finish"):
        result = await hand.do(Action.model_validate({"type": kind, "value": "text"}))
        assert result.error is None
    assert site.received == before


async def test_waiting_is_bounded_and_does_nothing(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<p>Here</p>"))
    assert (await hand.do(Action(type="wait", value="10"))).error is None
    assert (await hand.do(Action(type="wait", value="soon"))).error == "'soon' is not a number"


async def test_the_box_of_an_element_is_where_the_picture_shows_it(hand: Hand, site: Site) -> None:
    place = "position:absolute;left:{}px;top:{}px;width:80px;height:30px"
    await hand.goto(
        site.page(
            "/box",
            f"<button style='{place.format(40, 60)}'>Here</button>"
            f"<button style='{place.format(0, 3000)}'>Below</button>",
        )
    )
    seen = await hand.session.observe()
    refs = {element.name: element.ref for element in seen.elements}
    here, below = await hand.session.box(refs["Here"]), await hand.session.box(refs["Below"])
    assert here == Box(x=40, y=60, width=80, height=30, shown_width=1280, shown_height=900)
    assert below is not None and below.y == 3000
    assert await hand.session.box("e999") is None
