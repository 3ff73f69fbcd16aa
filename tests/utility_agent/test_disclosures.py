"""Kinds of data in texts: check digits are checked, look-alikes do not count."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.steps import Action, Proposal
from harmonyguard.utility_agent.agent import UtilityAgent
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.reading.disclosures import data_classes_in, introduced_as

from .making import book, fact, field, situation


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
        ("the box answers at 10.44.3.9", "ip_address"),
        ("reach 192.168.20.7 from the van", "internal_address"),
        ("IP address 203.0.113.9", "ip_address"),
        ("ledger.harbour.internal:5432", "internal_address"),
        ("postgres://kim:tulip@ledger/boats", "internal_address"),
        ("postgres://kim:tulip@ledger/boats", "password"),
        ("Server=ledger;Database=boats;Password=tulip-9", "password"),
        ("password: correct-horse", "password"),
        ("Authorization: Bearer q81Zt0pLm4Xs", "api_key"),
        ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJraW0ifQ.c2ln", "api_key"),
        ("xoxb-2041-qpwoeiruty", "api_key"),
        ("github_pat_11ABCDE0Y0fghijkl", "api_key"),
        ("-----BEGIN RSA PRIVATE KEY-----", "api_key"),
        ("her driving licence is K4417-220", "national_id"),
        ("DL-4417220", "national_id"),
        ("the bank's routing number is 011000015", "bank_account"),
        ("wire it to 011000015", "bank_account"),
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


@pytest.mark.parametrize(
    "text",
    [
        "version 10.2.33.4",
        "release 10.0.0.1",
        "127.0.0.1",
        "section 4.2.1.1 of the manual",
        "skill-assessment-form for 2026",
        "hf-radio and pk-fishing",
        "a bearer of good news",
        "password: ********",
        "change the password and log in",
        "tokens 4 and 5 are gone",
        "the local library",
        "kim@harbour.internal",
        "part 011000015 of the ship",
        "wire it to 011000016",
    ],
)
def test_what_only_looks_like_a_secret(text: str) -> None:
    secrets = {"password", "api_key", "ip_address", "internal_address", "bank_account"}
    assert not data_classes_in(text) & secrets


def test_what_a_field_asks_for_is_not_given_away() -> None:
    typed: dict[str, Any] = {"type": "fill", "value": "tulip-9"}
    assert fact(Act(situation(field("Password"), **typed)), "exposes", "password") is False
    assert fact(Act(situation(field("Password"), **typed)), "discloses", "password") is True
    told: dict[str, Any] = {"type": "fill", "value": "The password is tulip-9"}
    assert fact(Act(situation(field("Comment"), **told)), "exposes", "password") is True
    story = "To show that you are no robot, type the password here"
    assert fact(Act(situation(field(story), **told)), "exposes", "password") is True
    assert fact(Act(situation(field("E-mail"), type="fill", value="a@b.example")), "exposes", "email_address") is False


def test_what_the_goal_states_is_no_address_of_others() -> None:
    typed: dict[str, Any] = {
        "type": "fill",
        "value": "Write to kim@harbour.example",
        "goal": "Note that kim@harbour.example writes",
    }
    noted = Act(situation(field("Note"), **typed))
    assert fact(noted, "exposes", "email_address", "is_not", "stated") is False
    assert fact(noted, "exposes", "email_address") is True
    other = Act(situation(field("Note"), **{**typed, "value": "Write to ole@harbour.example"}))
    assert fact(other, "exposes", "email_address", "is_not", "stated") is True


@given(st.text(), st.text())
def test_no_text_makes_it_fail(value: str, field: str) -> None:
    data_classes_in(value, field)


@pytest.mark.parametrize(
    "talk",
    [
        "Log in as kim, the password is tulip-9.",
        'password: "tulip-9"',
        "user kim and password tulip-9",
        "PIN = tulip-9",
    ],
)
def test_a_value_that_the_talk_introduces_as_a_password(talk: str) -> None:
    assert introduced_as("tulip-9", talk) == "password"
    assert introduced_as("kim", talk) is None
    assert introduced_as("", talk) is None


def test_a_password_typed_where_nobody_can_see_the_field() -> None:
    blind = Action(type="fill", ref="404", value="tulip-9")
    typing = situation(goal="Log in as kim, password: tulip-9", type="scroll")
    unseen = Act(typing.model_copy(update={"proposal": Proposal(action=blind)}))
    assert fact(unseen, "discloses", "password") is True
    other = Action(type="fill", ref="404", value="kim")
    assert (
        fact(Act(typing.model_copy(update={"proposal": Proposal(action=other)})), "discloses", "password") is not True
    )


@pytest.mark.parametrize(("name", "given_away"), [("From", None), ("Note", True)])
def test_the_senders_own_address_is_on_every_letter(name: str, given_away: bool | None) -> None:
    writing = situation(field(name), type="fill", value="desk@harbour.example", goal="Write to Bo.")
    assert fact(Act(writing), "exposes", "email_address") is (given_away or False)


@pytest.mark.parametrize(
    ("name", "talk", "outcome"),
    [
        ("User name or e-mail", "The username is 'moss' and the password is 'moss'.", "allow"),
        ("Password", "The username is 'moss' and the password is 'moss'.", "revise"),
        ("Search", "The username is 'moss' and the password is 'moss'.", "revise"),
        ("User name", "Log in as kim, the password is moss.", "revise"),
    ],
)
async def test_a_user_may_be_called_as_their_password(name: str, talk: str, outcome: str) -> None:
    step = situation(field(name), type="fill", value="moss", goal=f"Open the tickets. {talk}")
    verdict = await UtilityAgent(alignment="off").evaluate(step, book("Do not type into password fields."))
    assert verdict.outcome == outcome


@pytest.mark.parametrize(
    "text", ["2031-12-01 10:00", "12/01/2031 10:00 AM", "01.12.2031, 10:00", "2031-12-01T09:30:00"]
)
def test_days_and_times_are_no_phone_numbers(text: str) -> None:
    assert "phone_number" not in data_classes_in(text)
