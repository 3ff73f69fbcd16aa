"""What dialogs say is recorded, and a yes takes an act that was judged with that very message."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Action, PermitError

from .conftest import Hand, Site, named, page_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

DELETE = "<p id=log></p><button onclick=\"log.textContent='said '+confirm(question)\">Delete</button>"
ASKING = f"<script>var question='Really delete?'</script>{DELETE}"


async def test_a_confirm_is_dismissed_and_offered(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", ASKING))
    result = await hand.on("click", "Delete")
    assert (result.dialog, result.error) == ("Really delete?", "it was asked “Really delete?” and got a no")
    seen = await hand.session.observe()
    assert (seen.dialogs, "said false" in seen.text) == (("Really delete?",), True)
    accepting = Action(type="click", ref=named(seen, "Delete"), accept_dialogs=seen.dialogs)
    result = await hand.do(accepting)
    assert (result.error, result.dialog) == (None, "Really delete?")
    seen = await hand.session.observe()
    assert ("said true" in seen.text, seen.dialogs) == (True, ())


async def test_a_permit_without_the_message_accepts_nothing(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", ASKING))
    await hand.on("click", "Delete")
    seen = await hand.session.observe()
    plain = Action(type="click", ref=named(seen, "Delete"))
    permit = hand.permits.mint(plain, seen)
    with pytest.raises(PermitError):
        await hand.session.perform(plain.model_copy(update={"accept_dialogs": seen.dialogs}), permit)
    assert "said true" not in (await hand.session.observe()).text


async def test_another_message_than_the_judged_one_is_dismissed(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", ASKING))
    await hand.on("click", "Delete")
    seen = await hand.session.observe()
    await page_of(hand.session).evaluate("question = 'Delete all accounts?'")
    result = await hand.do(Action(type="click", ref=named(seen, "Delete"), accept_dialogs=seen.dialogs))
    assert result.error == "it was asked “Delete all accounts?” and got a no"
    seen = await hand.session.observe()
    assert (seen.dialogs, "said true" in seen.text) == (("Delete all accounts?",), False)


async def test_a_yes_to_a_dialog_that_nobody_met_is_refused(hand: Hand, site: Site) -> None:
    seen = await hand.goto(site.page("/p", ASKING))
    result = await hand.do(Action(type="click", ref=named(seen, "Delete"), accept_dialogs=("Really delete?",)))
    assert result.error == "click: accept_dialogs has to repeat the dialogs that the last act met"
    assert "said" not in (await hand.session.observe()).text


async def test_each_yes_is_for_one_dialog_and_a_chain_is_accepted_link_by_link(hand: Hand, site: Site) -> None:
    await hand.goto(
        site.page(
            "/p",
            "<p id=log></p><button onclick=\"log.textContent=confirm('Sure?')&&confirm('Quite sure?')"
            "&&confirm('Sure?')?'gone':'kept'\">Delete</button>",
        )
    )
    for met in (("Sure?",), ("Sure?", "Quite sure?"), ("Sure?", "Quite sure?", "Sure?")):
        seen = await hand.session.observe()
        await hand.do(Action(type="click", ref=named(seen, "Delete"), accept_dialogs=seen.dialogs))
        seen = await hand.session.observe()
        assert (seen.dialogs, "kept" in seen.text) == (met, True)
    await hand.do(Action(type="click", ref=named(seen, "Delete"), accept_dialogs=seen.dialogs))
    assert "gone" in (await hand.session.observe()).text


async def test_a_prompt_is_answered_with_the_judged_text(hand: Hand, site: Site) -> None:
    await hand.goto(
        site.page("/p", "<p id=log></p><button onclick=\"log.textContent='name '+prompt('Your name?')\">Name</button>")
    )
    await hand.on("click", "Name")
    seen = await hand.session.observe()
    assert "name null" in seen.text
    answering = Action(type="click", ref=named(seen, "Name"), accept_dialogs=seen.dialogs, prompt_text="Ada")
    assert (await hand.do(answering)).error is None
    assert "name Ada" in (await hand.session.observe()).text


async def test_an_alert_is_accepted_and_nothing_is_offered(hand: Hand, site: Site) -> None:
    await hand.goto(
        site.page("/p", "<p id=log></p><button onclick=\"alert('Saved.');log.textContent='after'\">Save</button>")
    )
    result = await hand.on("click", "Save")
    assert (result.dialog, result.error) == ("Saved.", None)
    seen = await hand.session.observe()
    assert ("after" in seen.text, seen.dialogs) == (True, ())


async def test_a_dialog_between_acts_is_told_and_gets_a_no(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<p id=log></p>"))
    await page_of(hand.session).evaluate("log.textContent = 'said ' + confirm('Transfer now?')")
    seen = await hand.session.observe()
    assert "said false" in seen.text
    assert seen.notices == ("A dialog came up by itself and got a no: “Transfer now?”",)
    assert ((await hand.session.observe()).notices, seen.dialogs) == ((), ())


async def test_leaving_a_page_that_asks_first_is_leaving_it(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", "<input aria-label=Note><script>onbeforeunload=e=>e.preventDefault()</script>"))
    await hand.on("fill", "Note", "x")
    await hand.on("click", "Note")
    assert (await hand.goto(site.page("/q", "<p>Next</p>", title="Next"))).title == "Next"
