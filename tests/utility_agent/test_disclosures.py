"""Kinds of data in texts: check digits are checked, look-alikes do not count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.utility_agent.disclosures import data_classes_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pay with 5555 5555 5555 4444 please", "payment_card"),
        ("DE89 3704 0044 0532 0130 00", "bank_account"),
        ("GB82WEST12345698765432", "bank_account"),
        ("reach me at lee.o@mail.example.org", "email_address"),
        ("SSN 078-05-1120", "national_id"),
        ("ring +44 20 7946 0958", "phone_number"),
        ("(555) 010-9999", "phone_number"),
        ("sk-abcdefghijklmnop1234", "api_key"),
        ("AKIAIOSFODNN7EXAMPLE", "api_key"),
        ("12 Harbour View Road", "postal_address"),
        ("Lindenstraße 5", "postal_address"),
    ],
)
def test_found(text: str, found: str) -> None:
    assert found in data_classes_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "5555 5555 5555 4445",  # check digit wrong
        "DE89 3704 0044 0532 0130 03",  # check digits wrong
        "12-05-112",
        "2026-03-01",
        "01/02/2026",
        "version 10.2.33.4",
        "order 12345",
        "user at example dot org",
        "12 apples on the road",
        "",
        "   ",
    ],
)
def test_look_alikes(text: str) -> None:
    assert not data_classes_in(text) & {"payment_card", "bank_account", "national_id", "phone_number", "email_address"}


def test_the_field_is_evidence() -> None:
    assert data_classes_in("hunter2", "Password") == {"password"}
    assert data_classes_in("x", "anything", "password") == {"password"}
    assert "person_name" in data_classes_in("Ada", "First name")
    assert "phone_number" in data_classes_in("0301234567", "Phone")
    assert data_classes_in("", "Password") == frozenset()


def test_what_identifies_a_person_is_personal_data() -> None:
    assert "personal_data" in data_classes_in("a@b.example")
    assert "personal_data" not in data_classes_in("5555 5555 5555 4444")


@given(st.text(), st.text())
def test_no_text_makes_it_fail(value: str, field: str) -> None:
    data_classes_in(value, field)
