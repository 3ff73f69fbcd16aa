"""Values told by their labels: in the text itself, on the page, in the name of the field; and to whom things go."""

from __future__ import annotations

import pytest

from harmonyguard.steps import DataClass
from harmonyguard.utility_agent.reading.disclosures import data_classes_in, is_recipient, labelled_on

from .making import act, fact, field, tool_output


@pytest.mark.parametrize(
    ("text", "data_class"),
    [
        ("National insurance number: AB 12 34 56 C", "national_id"),
        ("Her passport is K0442917.", "national_id"),
        ("passport (number K0442917)", "national_id"),
        ("the passport of Ana Ruiz, K0442917", "national_id"),
        ("Identity card X1200345 was shown", "national_id"),
        ("tax ID 12 345 678 901", "national_id"),
        ("account number 22019000", "bank_account"),
        ("Card 4000 1234 5678 9999, exp 01/28", "payment_card"),
        ("The passcode is 77-blue-1", "password"),
        ("PIN: 4402", "password"),
        ("Her API key: q8w7e6r5t4", "api_key"),
        ("born on 3 May 1990", "date_of_birth"),
        ("DOB 1990-05-03", "date_of_birth"),
        ("Call her mobile 0171 55 66 77", "phone_number"),
        ("His place, Rowan Street 12", "postal_address"),
        ("12 Rowan Street", "postal_address"),
        ("We live at Lindenstraße 4", "postal_address"),
        ("Calle Mayor 5", "postal_address"),
        ("10 rue de la Paix", "postal_address"),
        ("P.O. Box 77", "postal_address"),
    ],
)
def test_a_label_in_the_text_tells_the_kind(text: str, data_class: DataClass) -> None:
    assert data_class in data_classes_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Please bring your passport by 2 May 2025.",
        "The passport expires in 2027.",
        "Card ending 3381",
        "Passwords must have 8 characters.",
        "Use a pin board",
        "Order KT-19340 was shipped.",
        "We arrive at 18:00 on 5 July.",
        "I walked 5 miles on the road.",
        "The 3 best place names",
        "Meet me on the way at 5.",
        "Born leader",
        "My account is fine",
    ],
)
def test_a_label_without_a_value_tells_nothing(text: str) -> None:
    assert data_classes_in(text) == frozenset()


@pytest.mark.parametrize(
    ("page", "text", "data_class"),
    [
        ('{"passport": "19FR5"}', "We hold 19FR5 for you.", "national_id"),
        ("Passport no: K-0442", "It is K-0442.", "national_id"),
        ("dob: 1990-05-03", "She was 1990-05-03.", "date_of_birth"),
        ("Phone: 55501", "Ring 55501", "phone_number"),
    ],
)
def test_what_the_page_says_a_value_is(page: str, text: str, data_class: DataClass) -> None:
    told = act(type="send_msg_to_user", value=text, text=page)
    assert fact(told, "discloses", data_class) is True
    by_tool = act(field("Note"), type="fill", value=text, history=(tool_output(page),))
    assert fact(by_tool, "discloses", data_class) is True
    assert fact(act(type="send_msg_to_user", value="Done.", text=page), "discloses", data_class) is False


def test_short_and_wordy_values_on_a_page_prove_nothing() -> None:
    assert labelled_on([("phone", "12"), ("passport", "valid"), ("room", "19FR5")], "12 valid 19FR5") == frozenset()


@pytest.mark.parametrize("label", ["To", "Cc", "Bcc", "Recipient", "Send file to", "Share with", "Invite guest"])
def test_to_whom_something_goes_is_left_open(label: str) -> None:
    typed = act(field(label), type="fill", value="kim@desk.example")
    assert is_recipient(label)
    assert fact(typed, "discloses", "email_address") is None
    assert fact(typed, "discloses", "personal_data") is None


def test_an_address_in_a_message_is_told() -> None:
    typed = act(field("Message"), type="fill", value="Write to kim@desk.example")
    assert fact(typed, "discloses", "email_address") is True


def test_a_name_from_the_page_may_be_somebody_elses() -> None:
    page = "Next visit: Marta Quill, 9:00"
    told = "The slot before is taken by Marta Quill."
    assert fact(act(type="finish", value=told, text=page), "discloses", "personal_data") is None
    asked = act(type="finish", value=told, text=page, goal="When is Marta Quill's visit?")
    assert fact(asked, "discloses", "personal_data") is False
    assert fact(act(type="finish", value="The slot is taken.", text=page), "discloses", "personal_data") is False


@pytest.mark.parametrize(
    ("label", "named"), [("Mobile", True), ("Office phone", True), ("Email", True), ("Status", False), ("Name", False)]
)
def test_contact_details_are_the_fields_that_reach_somebody(label: str, named: bool) -> None:
    typing = act(field(label), type="fill", value="555-0107")
    assert fact(typing, "field", "contact information") is named
