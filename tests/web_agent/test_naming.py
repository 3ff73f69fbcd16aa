"""What elements without an accessible name are called, which ones are seen, and that they can be acted on."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Element, Observation

from .conftest import Hand, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
STYLE = f"""<style>.icon {{ display: inline-block; width: 16px; height: 16px; background: url({PICTURE}) }}
.word {{ text-decoration: underline; cursor: pointer }}</style>"""


def called(seen: Observation, name: str) -> Element:
    """The only element of this name."""
    (found,) = [element for element in seen.elements if element.name == name]
    return found


async def test_a_field_without_a_label_is_called_by_the_words_beside_it(hand: Hand, site: Site) -> None:
    body = """<p>Username <input id=a></p><table><tr><td>Year</td><td><input id=b></td></tr></table>
    <p><input type=checkbox id=c> Send news</p><div style="visibility:hidden">Hidden words</div><input id=d>"""
    seen = await hand.goto(site.page("/fields", body))
    assert [element.name for element in seen.elements] == ["Username", "Year", "Send news", ""]


async def test_an_icon_is_called_what_the_code_calls_it_and_can_be_clicked(hand: Hand, site: Site) -> None:
    body = f"""{STYLE}<p id=said>nothing</p>
    <span class="icon trash-icon" onclick="said.textContent='gone'"></span><span class="icon starIcon"></span>"""
    seen = await hand.goto(site.page("/icons", body))
    assert called(seen, "star").role == "generic"
    await hand.on("click", "trash")
    assert "gone" in (await hand.session.observe()).text


async def test_a_word_in_running_text_can_be_clicked(hand: Hand, site: Site) -> None:
    body = f"""{STYLE}<p>Read the <span class=word onclick="said.textContent='read'">terms</span> and
    <span class=word onclick="said.textContent='not read'">forget</span> them.</p><p id=said>nothing</p>"""
    seen = await hand.goto(site.page("/words", body))
    result = await hand.on("click", "terms")
    assert result.error is None
    assert "paragraph [ref=" in seen.text and ": read" in (await hand.session.observe()).text


async def test_posts_of_the_same_making_are_told_apart_by_their_words(hand: Hand, site: Site) -> None:
    post = "<div class=post><b>{who}</b> {text}<button>Like</button></div>"
    posts = post.format(who="@anna", text="Hello.") + post.format(who="@bo", text="Bye.")
    seen = await hand.goto(site.page("/posts", f"<div>{posts}</div><div><button>Other</button></div>"))
    paths = [element.path for element in seen.elements if element.name == "Like"]
    assert paths == [("@anna Hello.Like",), ("@bo Bye.Like",)]
    assert called(seen, "Other").path == ()


async def test_a_field_that_takes_no_typing_says_so(hand: Hand, site: Site) -> None:
    seen = await hand.goto(site.page("/dates", "<label>Day <input readonly value=1></label><label>No <input></label>"))
    assert [(element.name, element.readonly) for element in seen.elements] == [("Day", True), ("No", False)]


async def test_several_options_are_chosen_in_a_list_that_takes_several(hand: Hand, site: Site) -> None:
    body = "<label>Cities <select multiple><option>Bern<option>Oslo<option>Rome</select></label>"
    await hand.goto(site.page("/cities", body))
    await hand.on("select_option", "Cities", "Bern, Rome")
    assert called(await hand.session.observe(), "Cities").value == "Bern, Rome"
