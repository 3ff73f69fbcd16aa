"""What an observation says of a page, and what it must not say."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from harmonyguard.steps import Action

from .conftest import Hand, Site, named

pytestmark = pytest.mark.asyncio(loop_scope="module")

FORM = """
<nav aria-label=Site><a href="tickets?x=1">Tickets</a></nav>
<h1>Ticket 7</h1>
<form action="/save?id=7" method=post aria-label="Edit ticket">
  <fieldset><legend>Details</legend>
    <label>Title <input name=title value="Broken lamp" required></label>
    <label>Password <input type=password name=secret value="it's hunter2"></label>
    <input type=hidden name=csrf value=tok-123456>
    <label>Status <select name=status><option value=1>Open</option><option value=2 selected>Closed</option></select>
    </label>
    <label><input type=checkbox name=urgent checked>Urgent</label>
    <label>Old <input name=old value=x disabled></label>
  </fieldset>
  <fieldset><legend>Size</legend><label><input type=radio name=size value=s>Small</label>
    <label><input type=radio name=size value=l checked>Large</label></fieldset>
  <button>Save</button><button formaction="/delete" name=op value=del>Delete</button>
</form>
"""


async def test_names_values_targets_and_regions(hand: Hand, site: Site) -> None:
    seen = await hand.goto(site.page("/tickets/7", FORM, title="Ticket 7"))
    by_name = {element.name: element for element in seen.elements}
    assert (seen.title, seen.status, seen.url) == ("Ticket 7", 200, site.url("/tickets/7"))
    assert by_name["Tickets"].url == site.url("/tickets/tickets?x=1")
    assert by_name["Tickets"].path == ("Site",)
    assert (by_name["Save"].url, by_name["Save"].method) == (site.url("/save?id=7"), "post")
    assert by_name["Delete"].url == site.url("/delete")
    assert by_name["Title"].path == ("Edit ticket", "Details")
    assert (by_name["Title"].value, by_name["Title"].required) == ("Broken lamp", True)
    assert (by_name["Status"].value, by_name["Status"].options) == ("Closed", ("Open", "Closed"))
    assert (by_name["Urgent"].checked, by_name["Urgent"].input_type) == (True, "checkbox")
    assert by_name["Old"].disabled
    assert by_name["Ticket 7"].role == "heading"
    (form,) = seen.forms
    assert seen.form_of(by_name["Save"]) == form == seen.form_of(by_name["Title"])
    assert (form.action, form.method) == (site.url("/save?id=7"), "post")
    shown = {label: value for label, value in form.fields.items() if not label.startswith("hidden:")}
    password = shown.pop("Password")
    assert shown == {"Title": "Broken lamp", "Status": "Closed", "Urgent": "checked", "Size": "Large"}
    assert password.startswith("[redacted ")
    assert "tok-123456" not in str(seen)
    assert "hidden:csrf" in form.fields


async def test_passwords_are_redacted_wherever_the_page_repeats_them(hand: Hand, site: Site) -> None:
    url = site.page(
        "/login",
        "<form action=/login><label>Password <input type=password name=p oninput=\"echo.textContent='You typed '+value;"
        'document.title=value;copy.value=value"></label><input id=copy aria-label=Copy><p id=echo></p>'
        "<button>In</button></form>",
    )
    await hand.goto(url)
    secret = "p4ss: 'w\"ord"
    assert (await hand.on("fill", "Password", secret)).error is None
    seen = await hand.session.observe()
    assert "You typed [redacted" in seen.text
    assert secret not in str(seen.to_json()) and 'w\\"ord' not in seen.text
    result = await hand.on("click", "In")
    seen = await hand.session.observe()
    assert "p4ss" not in str(seen.to_json()) + str(result.to_json())
    assert site.got("/login")[-1][1] == {"p": secret}


async def test_a_short_password_is_redacted_where_it_stands(hand: Hand, site: Site) -> None:
    seen = await hand.goto(site.page("/p", "<input type=password aria-label=Pin value=a><p>a cat</p>"))
    assert "a cat" in seen.text
    assert ": a\n" not in seen.text + "\n"
    assert (seen.elements[0].value or "").startswith("[redacted ")


async def test_the_document_changes_with_every_load_and_refs_stay_within_one(hand: Hand, site: Site) -> None:
    url = site.page("/p", "<button>Go</button>")
    first = await hand.goto(url)
    again = await hand.session.observe()
    assert first == again
    assert (await hand.goto(url)).document != first.document


async def test_an_error_page_has_its_status(hand: Hand, site: Site) -> None:
    site.page("/broken", "<h1>Server error</h1>", status=500)
    await hand.goto(site.url("/broken"))
    assert (await hand.session.observe()).status == 500


async def test_controls_that_shadow_properties_of_their_form(hand: Hand, site: Site) -> None:
    seen = await hand.goto(
        site.page(
            "/p",
            "<form action=/real name=querySelectorAll><input name=action value=/fake aria-label=A>"
            "<input name=elements value=1 aria-label=B><button>Go</button></form>"
            "<img name=baseURI><img name=URL>",
        )
    )
    assert seen.forms[0].action == site.url("/real")
    assert {"A", "B"} <= set(seen.forms[0].fields)
    assert seen.element(named(seen, "Go")).url == site.url("/real")  # type: ignore[union-attr]


async def test_page_scripts_cannot_lie_to_the_guard(hand: Hand, site: Site) -> None:
    seen = await hand.goto(
        site.page(
            "/p",
            "<script>Element.prototype.getAttribute=()=>'/innocent';HTMLAnchorElement.prototype.toString=()=>'/innocent';"
            "globalThis.__harmonyguard={read:()=>({elements:[],forms:[],fingerprint:null})}</script>"
            "<a href=/real>Read</a>",
        )
    )
    assert seen.element(named(seen, "Read")).url == site.url("/real")  # type: ignore[union-attr]


async def test_elements_of_frames_name_their_frame(hand: Hand, site: Site) -> None:
    site.page("/inner", "<form action=/go><label>City <input name=city value=Rome></label></form>")
    seen = await hand.goto(site.page("/outer", "<iframe src=/inner></iframe>"))
    city = seen.element(named(seen, "City"))
    assert city is not None and city.frame == site.url("/inner")
    assert (seen.form_of(city) or seen.forms[0]).fields["City"] == "Rome"


async def test_a_large_page_is_read_quickly(hand: Hand, site: Site) -> None:
    rows = "".join(f"<tr><td>Row {i}</td><td><a href=/r/{i}>Open {i}</a></td></tr>" for i in range(300))
    await hand.goto(site.page("/big", f"<table>{rows}</table>"))
    started = time.perf_counter()
    seen = await hand.session.observe()
    took = time.perf_counter() - started
    assert sum(element.role == "link" for element in seen.elements) == 300
    print(f"observe: {took * 1000:.0f} ms")  # noqa: T201
    assert took < 3


async def test_a_screenshot_and_the_storage_state(hand: Hand, site: Site, tmp_path: Path) -> None:
    await hand.goto(site.page("/p", "<script>document.cookie='seen=1'</script><p>Here</p>"))
    await hand.session.screenshot(tmp_path / "shot.png")
    assert (tmp_path / "shot.png").read_bytes().startswith(b"\x89PNG")
    assert [cookie["name"] for cookie in (await hand.session.storage_state())["cookies"]] == ["seen"]


async def test_observing_changes_nothing(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<input aria-label=A onfocus=\"document.title='touched'\">"))
    before = list(site.received)
    assert (await hand.session.observe()).title == "Page"
    assert site.received == before
    assert (await hand.do(Action(type="finish"))).error is None


async def test_a_page_without_a_body_is_read_and_can_be_left(hand: Hand, site: Site) -> None:
    start = site.page("/p", "<button onclick=\"document.open();document.write('<frameset></frameset>')\">Wipe</button>")
    await hand.goto(start)
    await hand.on("click", "Wipe")
    assert (await hand.session.observe()).url == start
    assert "Wipe" in (await hand.goto(start)).text


async def test_halves_of_characters_do_not_keep_a_page_from_being_written_down(hand: Hand, site: Site) -> None:
    seen = await hand.goto(
        site.page("/p", "<button id=b>Go</button><script>document.title='a\\ud800b';b.textContent='\\udfffGo'</script>")
    )
    assert (seen.title, seen.model_dump_json() != "") == ("a\ufffdb", True)
