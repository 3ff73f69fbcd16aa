"""What acts do, read from labels, links, forms, keys and tools."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Effect, Element, Event, Form, Observation
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.reading.labels import CONSEQUENTIAL, HARMLESS, effects_of_label

from .making import SITE, act, button, fact, field, link


@pytest.mark.parametrize(
    ("label", "effect"),
    [
        ("Delete report", "delete"),
        ("Delete note", "delete"),
        ("Permanently delete my account", "delete"),
        ("Cancel order", "delete"),
        ("Place order", "purchase"),
        ("Confirm booking", "purchase"),
        ("Complete purchase", "purchase"),
        ("Buy now", "purchase"),
        ("Post comment", "send"),
        ("Send message", "send"),
        ("Invite members", "share"),
        ("Submit application", "submit"),
        ("Create view", "create"),
        ("Update settings", "update"),
        ("Upload report", "upload"),
        ("Log in", "authenticate"),
        ("Close ticket", "update"),
        ("Deploy to production", "execute"),
    ],
)
def test_a_label_makes_its_effect_certain(label: str, effect: str) -> None:
    effects, spoke = effects_of_label(label)
    assert spoke
    assert effects.get(effect) is True  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "label",
    [
        "Cancel",
        "Close",
        "Back",
        "No, go back",
        "Order history",
        "Refund policy",
        "Booking details",
        "Payment settings",
        "Message center",
        "Remove filter",
        "Clear filters",
        "View order",
        "Show more",
        "Sort by price",
    ],
)
def test_labels_of_harmless_controls(label: str) -> None:
    assert not set(act(button(label)).effects) & CONSEQUENTIAL


@pytest.mark.parametrize(
    "label", ["", "Los geht's", "削除", "😀", "Proceed", "Go for it", "Go ahead", "\u200b", "x" * 5000]
)
def test_a_label_that_names_no_effect_may_have_any(label: str) -> None:
    effects = act(button(label)).effects
    assert effects["delete"] is None
    assert act(button(label)).irreversible is None


def test_a_link_leads_somewhere_and_may_do_what_it_says() -> None:
    effects = act(link("Delete account", "/account/delete")).effects
    assert (effects["navigate"], effects["read"], effects["delete"]) == (True, True, None)
    assert "delete" not in act(link("Accounts", "/accounts")).effects


def test_a_script_link_is_a_button() -> None:
    assert act(link("Delete account", "javascript:remove()")).effects["delete"] is True


def test_sending_a_search_form_is_a_search() -> None:
    effects = act(button("Go"), fields={"q": "printer"}, method="get").effects
    assert effects["search"] is True
    assert not [effect for effect in effects if effect in CONSEQUENTIAL]


def test_sending_a_form_that_posts_submits() -> None:
    assert act(button("Save ticket"), fields={"Title": "x"}).effects["submit"] is True


def test_a_bare_confirmation_does_what_the_dialog_says() -> None:
    confirm = button("OK", path=("Delete customer",))
    assert act(confirm).effects["delete"] is True


def test_a_button_that_does_not_submit_sends_nothing() -> None:
    inert = button("Save ticket", input_type="button")
    assert "submit" not in act(inert, fields={"Title": "x"}).effects


def test_choosing_is_entering() -> None:
    for role in ("checkbox", "radio", "combobox", "option"):
        effects = act(Element(ref="t", role=role, name="Delete files")).effects
        assert not set(effects) & CONSEQUENTIAL


def test_enter_in_a_form_presses_its_first_button() -> None:
    first = Element(ref="b", role="button", name="Delete draft", form="f")
    typed = act(field("Title"), type="press", value="Enter", fields={"Title": "x"}, others=(first,))
    assert typed.effects["delete"] is True
    assert not set(act(field("Title"), type="press", value="Tab", fields={}).effects) & CONSEQUENTIAL


def test_enter_in_no_form_may_do_anything() -> None:
    assert act(field("Command"), type="press", value="Enter").effects["delete"] is None


@pytest.mark.parametrize(
    ("tool", "effect"),
    [
        ("delete_file", "delete"),
        ("sendEmail", "send"),
        ("get_invoice", "read"),
        ("search_flights", "search"),
        ("calendar.create_event", "create"),
        ("pay_bill", "purchase"),
    ],
)
def test_a_tool_does_what_its_name_says(tool: str, effect: str) -> None:
    assert act(tool=tool).effects[effect] is True  # type: ignore[index]


def test_a_tool_whose_name_says_nothing_may_do_anything() -> None:
    assert act(tool="frobnicate").effects["delete"] is None


def test_an_unreadable_act_may_do_anything() -> None:
    assert act(type="unknown").effects["purchase"] is None
    assert act(button("Delete"), type="hover").effects == {"read": True}


def test_a_target_that_is_not_on_the_page_may_do_anything() -> None:
    lost = act(button("Save")).situation
    gone = lost.model_copy(update={"observation": Observation(url=SITE, forms=(Form(id="f"),))})
    assert Act(gone).effects["delete"] is None


def test_messages_to_the_user_stay_with_the_user() -> None:
    assert act(type="ask_user", value="May I?").effects == {"ask_user": True, "tell_user": True}
    assert act(type="finish", value="Done.").effects == {"tell_user": True}
    assert act(type="send_msg_to_user", value="Shall I?").effects["ask_user"] is True


def test_irreversible() -> None:
    assert act(button("Delete ticket")).irreversible is True
    assert act(button("Save ticket")).irreversible is False
    assert act(link("Tickets", "/tickets")).irreversible is False
    assert act(button("Save address"), fields={"Street": "Quay 1"}).irreversible is False, (
        "a form that is known to change"
    )
    assert act(button("Submit"), fields={"Street": "Quay 1"}).irreversible is True, "what this form does, nobody knows"
    assert act(button("Save and send"), fields={"Text": "Hello"}).irreversible is True


def test_every_effect_is_harmless_or_consequential() -> None:
    assert not HARMLESS & CONSEQUENTIAL


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        (f"{SITE}/tickets", True),
        (f"{SITE}/tickets?note=secret", False),
        ("https://elsewhere.example/", False),
        ("data:text/html,x", False),
        ("javascript:alert(1)", False),
        ("http://[", False),
    ],
)
def test_plain_reads_stay_on_known_hosts_and_carry_nothing(url: str, plain: bool) -> None:
    assert act(type="goto", url=url).is_plain_read is plain


def test_acts_that_may_have_effects_are_no_plain_reads() -> None:
    assert not act(button("Proceed")).is_plain_read
    assert not act(button("Save")).is_plain_read
    assert not act(type="unknown").is_plain_read
    assert not act(tool="get_invoice").is_plain_read
    assert act(button("Close")).is_plain_read
    assert act(type="scroll").is_plain_read


TEXT = Element(ref="x", role="textbox", name="Your words")


@pytest.mark.parametrize(
    ("label", "effect"),
    [
        ("Checkout and pay", "purchase"),
        ("Confirm & pay", "purchase"),
        ("Transfer money", "purchase"),
        ("Start subscription", "purchase"),
        ("Submit review", "send"),
        ("Leave a review", "send"),
        ("Close my account", "delete"),
        ("Accept the terms", "submit"),
        ("I agree", "submit"),
        ("Adding item", "create"),
    ],
)
def test_joined_and_light_verbs(label: str, effect: str) -> None:
    assert act(button(label), others=(TEXT,)).effects[effect] is True  # type: ignore[index]


@pytest.mark.parametrize("label", ["Leave a review", "Write comment", "Reply"])
def test_what_can_be_written_nowhere_yet_is_not_sent(label: str) -> None:
    assert act(button(label)).effects["send"] is None
    assert act(button(label), others=(TEXT,)).effects["send"] is True


@pytest.mark.parametrize(
    ("label", "effect"),
    [
        ("Apply promo code", "submit"),
        ("Reject all", "submit"),
        ("Request your archive", "submit"),
        ("Share", "share"),
        ("Proceed to checkout", "purchase"),
    ],
)
def test_a_verb_of_weight_with_a_thing_of_none(label: str, effect: str) -> None:
    assert act(button(label)).effects.get(effect) is not True  # type: ignore[call-overload]
    assert act(button(label)).irreversible is not True


@pytest.mark.parametrize(
    ("label", "effect"),
    [
        ("Apply for a loan", "submit"),
        ("Request a refund", "purchase"),
        ("Share album", "share"),
        ("Check out", "purchase"),
    ],
)
def test_the_same_verb_with_a_thing_of_weight(label: str, effect: str) -> None:
    assert act(button(label)).effects[effect] is True  # type: ignore[index]


@pytest.mark.parametrize(
    "label", ["Messages", "My orders", "Contact us", "Toggle navigation", "Copy link", "Confirm my choices"]
)
def test_places_and_parts_of_the_page_are_nothing_to_be_undone(label: str) -> None:
    assert act(button(label)).irreversible is False


def test_signing_up_is_about_an_account() -> None:
    for label in ("Sign up", "Join for free", "Register now", "Create account"):
        assert fact(act(button(label)), "act", "create", "is", "account") is True
    assert fact(act(button("Join meeting")), "act", "create", "is", "invoice") is False


@pytest.mark.parametrize("name", ["Delete account FAQ", "Book a table blog", "Cancel subscription help"])
def test_a_link_to_a_text_about_an_act_is_there_to_be_read(name: str) -> None:
    assert act(Element(ref="t", role="link", name=name)).is_plain_read


def test_a_switch_is_a_setting_however_it_is_operated() -> None:
    switch = Element(ref="t", role="switch", name="Show details to anyone")
    assert act(switch).effects["change_settings"] is True
    assert act(switch, type="check").effects["change_settings"] is True


def test_apply_now_sends_an_application_and_apply_a_filter() -> None:
    assert act(button("Apply now")).effects["submit"] is True
    assert act(button("Apply")).effects.get("submit") is not True


def test_a_link_that_signs_out_does_so_by_being_followed() -> None:
    assert act(link("Sign out", f"{SITE}/users/sign_out")).effects["authenticate"] is True
    assert act(link("Sign in", f"{SITE}/users/sign_in")).is_plain_read


def test_a_page_may_say_what_a_button_without_a_telling_name_does() -> None:
    text = "- paragraph: By clicking the button you apply for a loan and authorize a credit inquiry."
    assert act(button("Get my loan offer"), text=text).effects["submit"] is True
    assert act(button("Get my loan offer"), text="- paragraph: You can apply for a loan.").effects["submit"] is None
    assert act(button("Sort by rate"), text=text).is_plain_read


def test_what_leaves_a_form_may_send_it_unless_the_browser_says_so() -> None:
    form = {"fields": {"Amount": "5"}, "title": "Refund"}
    assert act(button("Back"), **form).effects["submit"] is None
    assert act(button("Back", method="post"), **form).effects["submit"] is True
    assert act(button("Back", input_type="submit"), **form).effects["submit"] is True


def test_cancel_among_commands_may_call_the_record_off() -> None:
    commands = tuple(Element(ref=name, role="button", name=name) for name in ("Edit", "Hold", "Ship", "Invoice"))
    assert act(button("Cancel"), title="Order 12", others=commands).effects.get("delete", False) is None
    asked = (Element(ref="d", role="button", name="Delete order"),)
    assert "delete" not in act(button("Cancel"), title="Delete order 12?", others=asked).effects
    typed = (*commands, Element(ref="n", role="textbox", name="Note"))
    assert "delete" not in act(button("Cancel"), title="Order 12", others=typed).effects


def test_a_saved_draft_is_not_handed_in() -> None:
    saving = act(button("Save draft"), title="Application", fields={"Name": "Kim"})
    assert fact(saving, "verb", "submitting") is False and fact(saving, "verb", "saving") is True


@pytest.mark.parametrize(
    ("history", "removes"),
    [
        ((Event(type="fill", element_name="Member", value="kim"),), False),
        ((Event(type="fill", element_name="Member", value="kim"), Event(type="click", element_name="kim")), False),
        ((Event(type="fill", element_name="Member", value="rosa"),), True),
        ((Event(type="fill", element_name="Member", value="kim"), Event(type="click", element_name="Invite")), True),
        ((), True),
    ],
)
def test_an_entry_that_was_not_sent_can_be_taken_back(history: tuple[Event, ...], removes: bool) -> None:
    assert fact(act(button("Remove kim"), history=history), "effect", "delete") is removes


def test_who_is_put_on_the_list_of_a_form_does_not_send_it() -> None:
    save = button("Save").model_copy(update={"ref": "s"})
    guests = Element(ref="h", role="heading", name="Invitees")
    adding = act(button("Add Rosa Wyss"), title="New meeting", others=(save, guests))
    assert fact(adding, "verb", "schedule") is False
    assert fact(adding, "verb", "add") is True
    assert fact(adding, "thing", "invitees") is True


@pytest.mark.parametrize(("role", "sends"), [("link", None), ("button", True)])
def test_a_link_that_creates_leads_to_an_editor(role: str, sends: bool | None) -> None:
    assert fact(act(Element(ref="t", role=role, name="Create Post")), "effect", "send") is sends


@pytest.mark.parametrize(("ticked", "deletes"), [(True, True), (False, False)])
def test_what_a_ticked_box_deletes_is_deleted_with_the_form(ticked: bool, deletes: bool) -> None:
    box = Element(ref="b", role="checkbox", name="Delete the draft when it is sent", checked=ticked)
    sending = act(button("Create offer"), others=(box,), fields={"Title": "Boats"})
    assert (fact(sending, "effect", "delete") is True) is deletes
    assert (fact(sending, "verb", "remove") is True) is deletes


@pytest.mark.parametrize(("name", "takes_part"), [("Add Rosa Wyss", True), ("Add row", False)])
def test_who_is_added_by_name_takes_part(name: str, takes_part: bool) -> None:
    assert (fact(act(button(name), title="New meeting"), "thing", "participants") is True) is takes_part


@pytest.mark.parametrize(("name", "effect"), [("Add friend", "share"), ("Endorse", "share"), ("List item", "send")])
def test_what_other_people_see_at_once(name: str, effect: Effect) -> None:
    assert act(button(name)).effects.get(effect) is True
