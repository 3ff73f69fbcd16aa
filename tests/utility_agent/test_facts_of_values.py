"""Facts about the values that an act types or sends, and about the records and users around it."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Element, Event, Secret
from harmonyguard.utility_agent.judge.judge import JudgeRequest
from harmonyguard.utility_agent.judge.prompt import values_of

from .making import act, button, fact, field, said, situation, tool_output


def test_discloses_what_is_typed() -> None:
    typing = act(field("Reply"), type="fill", value="Write to mia@desk.example.")
    assert fact(typing, "discloses", "email_address") is True
    assert fact(typing, "discloses", "personal_data") is True
    assert fact(typing, "discloses", "payment_card") is False


def test_discloses_what_the_form_sends() -> None:
    sending = act(button("Send reply"), fields={"Reply": "The card is 4111 1111 1111 1111."})
    assert fact(sending, "discloses", "payment_card") is True


def test_discloses_in_a_message_to_the_user() -> None:
    assert fact(act(type="finish", value="Call +49 30 1234567"), "discloses", "phone_number") is True


def test_confidential_is_unknown_where_no_word_says_so() -> None:
    assert fact(act(field("Reply"), type="fill", value="The merger is on Friday."), "discloses", "confidential") is None
    assert fact(act(field("Reply"), type="fill", value="Confidential: merger"), "discloses", "confidential") is True
    assert fact(act(button("Save")), "discloses", "confidential") is False


def test_literal() -> None:
    assert fact(act(field("Note"), type="fill", value="Order ＡＢ-12 is late"), "literal", "ab-12") is True
    assert fact(act(field("Note"), type="fill", value="Order is late"), "literal", "ab-12") is False


def test_a_field_is_set_by_typing_and_opened_by_a_click() -> None:
    assert fact(act(field("Due date"), type="fill", value="2026-01-01"), "field", "due date") is True
    assert fact(act(field("Due date")), "field", "due date") is True
    assert fact(act(field("Title"), type="fill", value="Due date"), "field", "due date") is False


def test_a_field_that_stands_in_the_form_is_not_set_by_sending_it() -> None:
    assert fact(act(button("Save ticket"), fields={"Due date": "2026-01-01"}), "field", "due date") is False


@pytest.mark.parametrize(("standing", "known"), [("Internal", True), ("Private", False)])
def test_the_value_of_a_field_counts_when_it_is_set_and_when_it_is_sent(standing: str, known: bool) -> None:
    sending = act(button("Save ticket"), fields={"Visibility": standing})
    setting = act(Element(ref="t", role="combobox", name="Visibility"), type="select_option", value=standing, fields={})
    for one in (sending, setting):
        assert fact(one, "field", "visibility", "is", "internal") is known


def test_an_option_of_an_unnamed_group_may_be_the_value() -> None:
    option = Element(ref="t", role="radio", name="Internal")
    assert fact(act(option), "field", "visibility", "is", "internal") is True
    assert fact(act(option), "field", "visibility", "is", "public") is False


def test_an_empty_field_of_the_form() -> None:
    sending = act(button("Submit refund"), fields={"Reason": "  ", "Amount": "5"})
    assert fact(sending, "field", "reason", "is", "") is True
    assert fact(sending, "field", "amount", "is", "") is False


@pytest.mark.parametrize(
    ("value", "known"),
    [("Printer broken", False), ("printer  BROKEN", False), ("Printer exploded", True), ("Cats", True)],
)
def test_value_outside_the_task(value: str, known: bool | None) -> None:
    typing = act(field("Title"), type="fill", value=value, goal='Open a ticket "Printer broken".')
    assert fact(typing, "value_outside_task") is known


def test_a_value_that_the_user_said_later_is_in_the_task() -> None:
    typing = act(field("Title"), type="fill", value="Cats", goal="Open a ticket.", history=(said('Call it "Cats".'),))
    assert fact(typing, "value_outside_task") is False


def test_an_act_without_a_value_enters_none() -> None:
    assert fact(act(button("Save"), goal="Save."), "value_outside_task") is False


def test_amount() -> None:
    typing = act(field("Refund amount"), type="fill", value="1,250.00")
    assert fact(typing, "amount", "", "more", "100") is True
    assert fact(typing, "amount", "", "more", "2000") is False


def test_an_amount_that_cannot_be_read_is_unknown() -> None:
    assert fact(act(field("Amount"), type="fill", value="all of it"), "amount", "", "more", "100") is None
    assert fact(act(button("Pay now")), "amount", "", "more", "100") is None
    assert fact(act(button("Save comment")), "amount", "", "more", "100") is False


def test_user_attribute() -> None:
    member = Event(type="user_profile", text="age: 17, membership: yes")
    buying = act(button("Buy"), history=(member,))
    assert fact(buying, "user", "age", "less", "18") is True
    assert fact(buying, "user", "membership", "is_not", "true") is False
    assert fact(buying, "user", "licence", "is_not", "true") is None


def test_record_field_from_page_and_from_tool_output() -> None:
    assert fact(act(button("Close"), text="status: shipped"), "record", "status", "is", "shipped") is True
    listed = act(tool="cancel_order", arguments={"id": "7"}, history=(tool_output('{"status": "open"}'),))
    assert fact(listed, "record", "status", "is", "shipped") is False
    assert fact(act(button("Close")), "record", "status", "is", "shipped") is None


KEY = Secret(name="crm_key", hosts=("desk.example",), data_class="api_key")


def test_a_secret_that_is_named_discloses_what_it_stands_for() -> None:
    typing = act(field("Reply"), type="fill", value="It is {{secret:crm_key}}.", secrets=(KEY,))
    assert fact(typing, "discloses", "api_key") is True
    assert fact(typing, "discloses", "password") is False
    unknown = act(field("Reply"), type="fill", value="{{secret:other}}", secrets=(KEY,))
    assert fact(unknown, "discloses", "password") is True
    telling = act(type="finish", value="I used {{secret:crm_key}}.", secrets=(KEY,))
    assert fact(telling, "discloses", "api_key") is False


def test_the_judge_is_shown_name_and_kind_of_a_secret() -> None:
    target = field("Key", input_type="password")
    case = situation(target, type="fill", value="{{secret:crm_key}}", secrets=(KEY,))
    shown = values_of(JudgeRequest(situation=case, questions=(), ask_alignment=True))
    assert shown["secrets"] == ["{{secret:crm_key}}: api key, for desk.example"]
    assert "'{{secret:crm_key}}'" in str(shown["act"])
