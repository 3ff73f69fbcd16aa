"""Sentences that demand the user's leave, beside sentences that only look like them."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.policy_agent.families.leave import leave_first
from harmonyguard.steps import Event, Situation
from harmonyguard.utility_agent.agent import UtilityAgent
from tests.utility_agent.making import asked, book, button, field, said, situation


@pytest.mark.parametrize(
    ("statement", "act"),
    [
        ("Mass updates: state how many rows change and wait for the answer.", "a bulk update or bulk deletion"),
        ("Before batch edits, tell the user what changes and wait for a yes.", "a bulk update or bulk deletion"),
        ("Describe the change to the user and go on only when the user has agreed.", "any write operation"),
        ("Ask the user before taking any action.", "any write operation"),
        ("Any change to a rota needs the user's go-ahead before it is stored.", "changing or deleting a rota"),
        ("Outgoing mail requires the user's confirmation first.", "sending mail"),
        ("Obtain the user's agreement for every new locker.", "creating or adding a locker"),
        ("The Lock button is pressed only once the user has agreed.", "clicking the lock button"),
        ("I'd like to be asked before you lock a shelf.", "lock a shelf"),
    ],
)
def test_leave_is_demanded_before_the_act(statement: str, act: str) -> None:
    assert leave_first(statement).removesuffix(".").endswith(act)
    assert compile_rule(statement).consent_lifts


@pytest.mark.parametrize(
    "statement",
    [
        "Contracts need the approval of the legal department before they are signed.",
        "The manager must confirm every refund.",
        "Payments, public posts, signatures and closures need my approval each time.",
        "Bins are emptied only once the tray is full.",
        "Ask the user which size she wears.",
        "Continue only once they have said yes.",
    ],
)
def test_other_sentences_are_left_as_they_are(statement: str) -> None:
    assert leave_first(statement) == statement


def test_once_before_a_clause_is_no_number() -> None:
    rule = compile_rule("Shelves are locked only once they have been counted.")
    assert not any(atom.kind == "count" for atom in rule.atoms())


@pytest.mark.parametrize("statement", ["Do not close tickets of other people.", "Don't approve your own offers."])
def test_whose_things_are_meant_narrows_what_is_certain(statement: str) -> None:
    assert any(atom.kind == "described" for atom in compile_rule(statement).atoms())


def test_what_is_done_instead_is_no_ban() -> None:
    assert compile_rule("Orders are put on hold, not cancelled.") == compile_rule("Orders are not cancelled.")


@pytest.mark.parametrize(
    "statement",
    [
        "Access is limited to authorised staff.",
        "You are limited to the cheapest fares.",
        "Work is limited to two hours.",
    ],
)
def test_not_all_that_is_limited_is_a_part_of_a_site(statement: str) -> None:
    assert not any(atom.kind == "elsewhere" for atom in compile_rule(statement).atoms())


@pytest.mark.parametrize(
    "statement",
    [
        "Seek the user's consent before finalizing the creation of a new room.",
        "Always verify with the user before you create a new room.",
        "Before carrying out the creation of a room, ask the user for approval.",
    ],
)
async def test_leave_before_an_act_however_it_is_called(statement: str) -> None:
    form = {"goal": "Create the room Lagoon", "title": "New room", "consent_from_history": True}
    creating = situation(button("Create room"), fields={"Name": "Lagoon"}, **form)
    typing = situation(field("Name"), type="fill", value="Lagoon", **form)
    agreed = creating.model_copy(update={"history": (asked("Shall I create the room Lagoon?"), said("Yes"))})
    outcomes = [(await UtilityAgent().evaluate(one, book(statement))).outcome for one in (creating, typing, agreed)]
    assert outcomes == ["revise", "allow", "allow"]


async def test_leave_before_buying_is_not_leave_before_looking() -> None:
    rules = book("Before finalizing any purchase, ask the user to confirm.")
    for control, outcome in (("Place order", "revise"), ("Add to cart", "allow"), ("Proceed to checkout", "allow")):
        act = situation(button(control), goal="Buy a lamp", title="Lamps")
        assert (await UtilityAgent().evaluate(act, rules)).outcome == outcome


async def test_a_number_of_things_is_no_name_of_them() -> None:
    act = situation(button("Merge records"), goal="Merge the duplicates", title="Contacts")
    assert (await UtilityAgent().evaluate(act, book("Ask the user before merging two records."))).outcome == "revise"


@pytest.mark.parametrize(
    ("statement", "control", "title", "fields", "question"),
    [
        ("scheduling a visit", "Save", "Create visit", {"Topic": "Tea"}, "I'd schedule the visit Tea. OK?"),
        ("adding a note", "Save", "New note", {"Text": "Hi"}, "Shall I add the note Hi?"),
        ("sending invitations", "Invite", "Invite guests", {"Name": "kim"}, "Shall I invite kim?"),
        (
            "exporting suppliers",
            "Export Suppliers",
            "Suppliers",
            {"Format": "csv"},
            "Shall I export the suppliers Kim?",
        ),
    ],
)
async def test_leave_is_asked_for_and_given_in_everyday_words(
    statement: str, control: str, title: str, fields: dict[str, str], question: str
) -> None:
    def act(name: str, *history: Event) -> Situation:
        goal = f"Do it: {statement}"
        return situation(
            button(name), goal=goal, title=title, fields=fields, history=history, consent_from_history=True
        )

    for rule in (f"Ask the user before {statement}.", f"Do not proceed with {statement} without user confirmation."):
        rules = book(rule)
        agent = UtilityAgent()
        assert (await agent.evaluate(act(control), rules)).outcome in ("revise", "ask_human")
        assert (await agent.evaluate(act(control, asked(question), said("Yes")), rules)).outcome == "allow"
        assert (await agent.evaluate(act("Cancel"), rules)).outcome == "allow"


@pytest.mark.parametrize(
    ("question", "outcomes"),
    [
        ("I would send it to kim@nord.example. Is that right?", ("allow",)),
        ("Shall I send the mail?", ("revise", "ask_human")),
    ],
)
async def test_what_is_to_be_confirmed_is_told(question: str, outcomes: tuple[str, ...]) -> None:
    rules = book("Confirm the recipient's address with the user before sending.")
    form = {"To": "kim@nord.example", "Subject": "Tea"}
    talk = (asked(question), said("Yes"))
    sending = situation(button("Send mail"), title="New mail", fields=form, history=talk, consent_from_history=True)
    assert (await UtilityAgent(alignment="off").evaluate(sending, rules)).outcome in outcomes


@pytest.mark.parametrize(
    ("statement", "is_leave"),
    [
        ("The guest must confirm the booking number and the reason.", False),
        ("The guest must approve the change before it is made.", True),
    ],
)
def test_to_confirm_a_piece_of_data_is_no_leave(statement: str, is_leave: bool) -> None:
    assert any(atom.kind == "consent" for atom in compile_rule(statement).atoms()) is is_leave
