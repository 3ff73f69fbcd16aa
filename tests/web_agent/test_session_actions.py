"""Every action type on real pages."""

from __future__ import annotations

from harmonyguard.steps import Action

from .conftest import Hand, Site


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
