"""Kinds of sentences that read like rules and are none, and the other way round."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonyguard.documents.content import Content
from harmonyguard.documents.loading import document_of
from harmonyguard.policy_agent import PolicyAgent
from harmonyguard.policy_agent.grammar.deontic import Context, is_code_of_rules, read

EXAMPLES = Path(__file__).parents[2] / "examples" / "policies"

RULES = [
    "When asked, suppliers will hand over their access log.",
    "Everyone who works on the night shift is responsible for locking the gate.",
    "Tenants remain responsible for the keys that they hand on.",
    "Pupils accept the responsibility to look after their tablet.",
    "Travel - book trains through the portal.",
    "Backups will be encrypted and stored at a second site.",
    "If a guest asks for a discount, kindly decline and offer the house brochure.",
    "Always memoise the rate table before a long run.",
    "Every merge request needs a second reader before it is merged.",
    "If you lose a badge, consider it stolen and report it.",
    "Post the key and the parcel apart, ideally on different days.",
    "If the owner is another branch, that branch is responsible for the report and you do not have to send one.",
    "Do not keep passwords in the wiki; prefer the vault.",
]
OTHERS = [
    "Tests of the pump include, but are not limited to, a dry run.",
    "No deposit shall be required for the small hall.",
    "Guests may park in the yard without prior approval.",
    "Staff should be aware that the hall is filmed.",
    "Users should have no expectation of privacy in the shared drive.",
    "Material marked as green is intended for use within the firm.",
    "For guidance on lifting loads, refer to the poster in the workshop.",
    "Please also see the page on fire drills.",
    "For example, run the small suite for a change of the parser.",
    "Reports that we receive will be answered within five days.",
    "State of the art was a steam pump.",
    "Access which you no longer need is a burden.",
    "Open lanes are what beginners may use.",
    "The pool has three lanes: open, slow and closed.",
    "Dogs are welcome in the garden.",
    "A whistle that only calls the dog is not meant here.",
    "The CFO knows the tenants well.",
    "The manager reports to the board.",
    "The gate controller locks the doors by itself.",
    "Our stocks are kept apart from those of the mill.",
    "Your letters are kept private.",
    "The songs that were chosen by you are played at night.",
    "A steward will usually show you the way.",
    "Letters are sorted by street.",
    "Heating is covered by the monthly rent.",
    "Refunds take a means of payment and some patience.",
    "If you would like to know more, write to the front desk.",
    "If you disagree with a ruling, call the league.",
    "Reach the front desk at extension 310.",
    "To read the minutes, ask at the front desk.",
    "Use the search box to find an older recipe.",
]


@pytest.mark.parametrize("text", RULES)
def test_rules_in_many_forms_are_read_as_rules(text: str) -> None:
    assert read(text, Context(headings=("Rules",), among_rules=True)).modality is not None


@pytest.mark.parametrize("text", OTHERS)
def test_what_only_sounds_like_a_rule_is_none(text: str) -> None:
    assert read(text, Context(headings=("Rules",), among_rules=True)).modality is None


@pytest.mark.parametrize(
    ("stem", "item", "is_rule"),
    [
        ("By entering the contest, you confirm that:", "the cake is your own work", True),
        ("By signing up, I hereby certify and agree that:", "nobody under sixteen rides the horse", True),
        ("By entering the contest, you agree that:", "photos may be taken in the tent", False),
        ("By entering the contest, you agree that:", "the tent is offered as is", False),
        ("By entering the contest, you agree that:", "we may drop a class", False),
        ("When you report a fault, please include:", "the number of the machine", True),
        ("Before you hand out a key, verify:", "the name of the guest", True),
        ("To print a label, open:", "the tray on the left", False),
        ("The kit will include:", "two ropes", False),
        ("Call the nurse when:", "a pupil has a fever", True),
        ("The bell rings when:", "a pupil has a fever", False),
        ("We (the committee) will:", "read every letter", False),
        ("Our team, with the help of the town, will:", "sweep the square", False),
    ],
)
def test_items_are_read_by_what_their_stem_does_with_them(stem: str, item: str, is_rule: bool) -> None:
    context = Context(headings=("The summer fair",), lead_in=stem, is_item=True)
    assert (read(item, context).modality is not None) is is_rule


def test_where_roles_are_handed_out_what_a_role_does_is_its_duty() -> None:
    roles = Context(headings=("Roles and responsibilities", "Stage"), is_item=True)
    assert read("Checks the ropes and the lights", roles).modality == "obligation"
    assert read("Stage manager: Calls the cues and keeps the book.", roles).modality == "obligation"
    features = Context(headings=("Features",), is_item=True)
    assert read("Checks the ropes and the lights", features).modality is None


def test_how_people_treat_each_other_is_no_promise_of_the_owner() -> None:
    assert read("Be kind to beginners.", Context(headings=("How we treat each other",))).modality == "obligation"
    assert read("Be kind to beginners.", Context(headings=("How we repair bikes",))).modality is None


def test_a_privacy_notice_tells_what_its_owner_does() -> None:
    texts = ["Orders are stored in Ghent.", "Payments are handled by a bank.", "We sell tea.", "Tea is a plant."]
    assert is_code_of_rules(texts, title="Handling of orders")
    assert not is_code_of_rules(texts, title="Privacy notice of a tea shop")


def test_an_instruction_counts_also_where_things_are_described() -> None:
    described = Context(headings=("What is a secret?",), is_item=False)
    assert read("A token must hold 32 characters.", described).modality is None
    assert read("Please don't paste tokens into the chat.", described).modality is not None
    assert read("If you are not sure, ask the keyholder first.", described).modality is not None


def test_the_owner_acts_under_a_heading_with_its_name() -> None:
    item = "Keep the list of vendors up to date."
    theirs = Context(headings=("Northwind responsibilities",), is_item=True, owners=("Northwind",))
    assert read(item, theirs).modality is None
    assert read(item, Context(headings=("Required actions",), is_item=True, owners=("Northwind",))).modality is not None


def test_items_under_practices_that_we_follow_are_read_for_themselves() -> None:
    stem = "We follow these practices when we handle keys:"
    assert read("Do not lend keys to visitors.", Context(lead_in=stem, is_item=True)).modality == "prohibition"
    assert read("Some floors have no locks.", Context(lead_in=stem, is_item=True)).modality is None


def test_an_account_of_what_people_do_is_no_rule_where_rules_are_few() -> None:
    story = Context(headings=("The gate",))
    for told in (
        "The clerk decides alone, and he decides quickly.",
        "The auditors draw a sample every spring and read it.",
        "The ferry takes its time, and neither we nor the guests can speed it up.",
    ):
        assert read(told, story).modality is None
    assert read("Two volunteers stay until the gate is locked.", story).modality == "obligation"


def test_the_examples_that_come_along_give_their_rules_and_nothing_of_their_prose() -> None:
    path = EXAMPLES / "refund-policy.pdf"
    document = document_of(str(path), Content(path.read_bytes(), suffix=".pdf"))
    assert [policy.clause for policy in PolicyAgent().extract(document).policies] == [
        "Refunds above 100 euros must not be issued.",
        "A refund must not be submitted without a reason.",
    ]
