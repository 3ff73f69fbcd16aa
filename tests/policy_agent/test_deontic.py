"""Which sentences are rules for the governed, and which only sound like rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policy_agent.grammar.deontic import Context, is_code_of_rules, read

RULES = [
    ("Guards must lock the gate at nine.", "obligation"),
    ("Guards must not lend their keys.", "prohibition"),
    ("Boats may only moor at the north pier.", "limit"),
    ("A skipper may not sell fuel.", "prohibition"),
    ("Nets cannot be dried on the quay.", "prohibition"),
    ("The harbour master shall be told of every spill.", "obligation"),
    ("Never leave a crane running.", "prohibition"),
    ("Never type into password boxes.", "prohibition"),
    ("Swimming in the basin is strictly prohibited.", "prohibition"),
    ("Moving a buoy requires prior approval by the harbour master.", "obligation"),
    ("Only pilots may enter the tower.", "limit"),
    ("Skippers are required to sign the log.", "obligation"),
    ("Ensure that every rope is coiled.", "obligation"),
    ("Ask the user before you delete a booking.", "obligation"),
    ("If the page shows an error, tell the user first.", "obligation"),
    ("A booking can hold at most five boats.", "limit"),
    ("A refund can only be given if the trip was cancelled.", "limit"),
    ("The agent can move a booking without a fee after confirming the new date.", "permission"),
    ("No visitor may board without a vest.", "prohibition"),
    ("Triage the reports before noon.", "obligation"),
    ("Berths: the agent needs to collect the name of the boat.", "obligation"),
    ("Tanks are emptied before the boat is lifted.", "obligation"),
    ("It is the responsibility of every skipper to know the tides.", "obligation"),
    ("We ask that visitors keep to the path.", "obligation"),
    ("We do not allow fires on the beach.", "prohibition"),
    ("No fires on the beach.", "prohibition"),
    ("Crews are not to sleep on deck.", "prohibition"),
    ("Nobody may board without a vest.", "prohibition"),
    ("Fishing from the mole is a violation of these rules.", "prohibition"),
    ("Nets are not dried on the quay.", "prohibition"),
    ("The tower is for pilots only.", "limit"),
    ("The slipway is reserved for rescue boats.", "limit"),
    ("One boat per berth.", "limit"),
    ("Each boat needs its own number.", "obligation"),
    ("A skipper who leaves the harbour is to sign the log.", "obligation"),
    ("Sick sailors have a duty to tell the skipper.", "obligation"),
    ("Spare ropes belong in the shed, not on the quay.", "obligation"),
    ("Two guards stay on the pier until the last boat is in.", "obligation"),
    ("Complaints are passed to the harbour master.", "obligation"),
    ("The organization employs a diver.", "obligation"),
    ("Transfer to a human if a sailor mentions an injury.", "obligation"),
    ("Keep ropes short: one coil for each boat.", "obligation"),
    ("3.2.1 Sign the log before you leave.", "obligation"),
    ("Boats may be hired once the deposit is paid.", "permission"),
    ("Do not board boats that are not needed for the trip.", "prohibition"),
    ("You will not lend charts that you do not have the right to lend.", "prohibition"),
    ("You will not post comments or suggestions that you consider rude.", "prohibition"),
    ("When you leave the quay, it's your responsibility to close the gate.", "obligation"),
    ("Night repairs need harbour master approval.", "obligation"),
    ("If you are not sure, contact us at the pier office before you start diving.", "obligation"),
]
NO_RULES = [
    "Issue 4, approved by the harbour board on 3 March 2026.",
    "You do not need to ask before you read the log.",
    "We will publish the tide tables each week.",
    "We may close the pier at any time.",
    "The company reserves the right to inspect boats.",
    "This policy applies to every boat in the harbour.",
    "The purpose of this policy is to keep people safe.",
    "Skippers who break these rules may be subject to disciplinary action.",
    "Failure to comply may result in removal from the harbour.",
    "Ropes do not need to be replaced every year.",
    "Skippers are not required to carry a flag.",
    "You may use the showers.",
    "For more information, please contact the office.",
    "If you have questions, call us at the office.",
    "The harbour was built in 1901.",
    "Storms may cause damage to moored boats.",
    "What must a skipper know?",
    '"Skipper" means the person in charge of a boat.',
    "By skipper we mean the person in charge of a boat.",
    "Visitors are encouraged to bring a map.",
    "You own the pictures that you take.",
    "Boats that cannot float are shown in the museum.",
    'For the purposes of this rule, "boat" shall mean anything that floats.',
    "Nothing in these rules shall be construed to limit the powers of the harbour master.",
    "In earlier years skippers had to show a permit, which they must have bought in town.",
    "Under the Harbour Act, each port must keep a register.",
    "The handbook says that every port must keep a register.",
    "The law requires a lookout on every boat.",
    "The list tells what a skipper must carry.",
    "Complaints are normally answered within two days.",
    "The pier is not lit, so take care before you step out.",
    "The old crane can carry up to two tons, and each berth has up to three cleats.",
    "Our pilots reply within an hour.",
    "Tip: buy a map at the office.",
    "Skippers who ignore these rules may be asked to leave.",
    "Harbour maps show the depth.",
    "You will not be punished for a late report.",
]


@pytest.mark.parametrize(("sentence", "modality"), RULES)
def test_rules(sentence: str, modality: str) -> None:
    reading = read(sentence, Context())
    assert reading.modality == modality
    assert reading.reason


@pytest.mark.parametrize("sentence", NO_RULES)
def test_what_is_no_rule(sentence: str) -> None:
    reading = read(sentence, Context())
    assert reading.modality is None, reading.reason


@pytest.mark.parametrize(
    ("stem", "item", "modality"),
    [
        ("Visitors are prohibited from:", "feeding gulls", "prohibition"),
        ("Skippers must:", "carry a radio", "obligation"),
        ("You may moor overnight only if:", "the berth is paid for", "limit"),
        ("We ask that you:", "keep dogs on a lead", "obligation"),
        ("You can expect us to:", "Answer within a week", None),
        ("We will:", "keep the lights burning", None),
        ("Skippers do not need to:", "carry a flag", None),
        ("You may:", "use the showers", None),
        ("You may:", "print up to ten maps a day", "permission"),
        ("The harbour has:", "three piers", None),
    ],
)
def test_items_take_their_force_from_the_stem(stem: str, item: str, modality: str | None) -> None:
    assert read(item, Context(lead_in=stem, is_item=True)).modality == modality


def test_bare_items_take_their_force_from_a_forbidding_heading() -> None:
    assert read("Barbecues", Context(headings=("Pier", "Not allowed"), is_item=True)).modality == "prohibition"
    assert read("Barbecues", Context(headings=("Pier", "What not to bring"), is_item=True)).modality == "prohibition"
    assert read("Night trips", Context(headings=("Pier", "Ask first"), is_item=True)).modality == "obligation"
    assert read("Barbecues", Context(headings=("Pier", "Events"), is_item=True)).modality is None


def test_a_label_can_carry_the_force_of_what_it_labels() -> None:
    assert read("Never: fires on the beach", Context(is_item=True)).modality == "prohibition"
    assert read("Ask first: night trips", Context(is_item=True)).modality == "obligation"
    assert read("Berths: thirty along the north pier", Context(is_item=True)).modality is None


def test_what_is_stated_of_things_is_a_rule_where_rules_prevail() -> None:
    sentence = "Keys are returned at the gate."
    assert read(sentence, Context(among_rules=True)).modality == "obligation"
    assert read(sentence, Context()).modality is None
    assert is_code_of_rules(["Skippers must sign.", "Never swim here.", "The pier is old.", "Gulls are loud."])
    assert not is_code_of_rules(
        ["The pier is old.", "Gulls are loud.", "We sell maps.", "It rains.", "You must see it."]
    )


def test_steps_under_a_setup_heading_are_no_rules() -> None:
    assert read("Run the pump.", Context(headings=("Installation",), is_item=True)).modality is None
    assert read("Run the pump before you open the gate.", Context(headings=("Installation",), is_item=True)).modality
    assert read("Run the pump.", Context(headings=("Every morning",), is_item=True)).modality == "obligation"


def test_a_named_owner_promises_and_a_governed_name_is_bound() -> None:
    owner = Context(owners=("Portland Trust",))
    assert read("Portland Trust will send a report each week.", owner).modality is None
    assert read("Visitors will hand in a report each week.", owner).modality == "obligation"


def test_background_sections_hold_no_soft_rules() -> None:
    sentence = "Fishing should be a pleasure for everyone."
    assert read(sentence, Context(headings=("Introduction",))).modality is None
    assert read(sentence, Context(headings=("Fishing",))).modality == "obligation"


def test_background_sections_keep_what_is_not_allowed_and_whom_to_ask_first() -> None:
    scope = Context(headings=("Scope",))
    assert read("Piers that are not listed are not authorized for diving.", scope).modality == "prohibition"
    assert read("Leaks on other piers should be reported to their owner.", scope).modality == "obligation"
    assert read("If in doubt, call the tower before you begin to dive.", scope).modality == "obligation"
    assert read("These rules describe how the harbour is run.", scope).modality is None


@pytest.mark.parametrize(
    "stem", ['"Diving" means trips in which you:', "When mooring at night, you:", "These rules ask that you:"]
)
def test_a_stem_breaks_off_before_what_its_reader_does(stem: str) -> None:
    item = Context(lead_in=stem, is_item=True)
    assert read("Notify us as soon as you see a leak.", item).modality == "obligation"
    assert read("Give us a week to mend it.", item).modality == "obligation"


def test_what_is_done_with_every_one_is_a_rule_among_rules() -> None:
    rules = Context(among_rules=True)
    for sentence in (
        "All repairs undergo a test at the quay.",
        "Each rope is described in the log.",
        "New buoys are built from the drawing of the harbour board.",
        "Repairs are signed off by the harbour master.",
        "Spare keys are kept in the safe.",
    ):
        assert read(sentence, rules).modality == "obligation", sentence
        assert read(sentence, Context()).modality is None, sentence
    for sentence in ("All piers are located in the north.", "The piers are painted by gulls.", "Most ropes are tied."):
        assert read(sentence, rules).modality is None, sentence


def test_a_document_of_what_is_always_done_is_a_code_of_rules() -> None:
    assert is_code_of_rules(["All repairs are tested at the quay.", "The pier is old.", "Gulls are loud."])
    assert not is_code_of_rules(["The pier is painted white.", "The pier is old.", "Gulls are loud."])


@given(
    st.text(max_size=200), st.none() | st.text(max_size=60), st.lists(st.text(max_size=30), max_size=3), st.booleans()
)
def test_any_text_gets_a_reading_with_a_reason(text: str, stem: str | None, headings: list[str], is_item: bool) -> None:
    assert read(text, Context(headings=headings, lead_in=stem, is_item=is_item)).reason
