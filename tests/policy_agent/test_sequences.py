"""What has to come first, and how often: orders of fields, notices to the user, and controls that are counted."""

from __future__ import annotations

import pytest

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.policy_agent.families.bans import either

KEYS = "Keys are added only when the user hands over the key."


def one_by_one(first: str, then: str) -> Rule:
    return Rule(
        when=(AnyOf(terms=(Term(atom=Atom(kind="field", term=then)),)),),
        unless=(AllOf(terms=(Term(atom=Atom(kind="happened", term=first)),)),),
    )


@pytest.mark.parametrize(
    "statement",
    [
        "When opening an account, choose the branch before entering the deposit.",
        "Pick the branch first and the deposit only after that.",
        "The branch comes before the deposit.",
        "The deposit is entered only once the branch has been chosen.",
        "Enter the deposit only after the branch.",
        "Do not set the deposit before the branch.",
        "While opening an account, change the branch to 'North' before adding the deposit.",
        "The branch must be filled in before the deposit is entered.",
        "Complete the form in this order: branch, then deposit.",
    ],
)
def test_a_field_waits_for_another(statement: str) -> None:
    assert compile_rule(statement) == one_by_one("branch", "deposit")


@pytest.mark.parametrize(
    "statement",
    [
        "First enter the venue, then the speaker, and only then the fee.",
        "First set the venue and then the speaker, then the fee.",
        "Follow the steps in order: choose the venue, pick the speaker, enter the fee.",
    ],
)
def test_a_chain_needs_no_word_for_its_order(statement: str) -> None:
    first, second = one_by_one("venue", "speaker"), one_by_one("speaker", "fee")
    assert compile_rule(statement) == either([first, second])


@pytest.mark.parametrize(
    ("statement", "act", "before"),
    [
        ("First archive the record, then delete it.", "delete", "archive record"),
        ("Archive a record first and delete it afterwards.", "delete", "archive record"),
        ("Before deleting a record, archive it.", "deleting", "archive record"),
        ("Set the owner before saving the record.", "saving", "set owner"),
        ("Always search for an existing guest before creating a new one.", "creating", "search existing guest"),
    ],
)
def test_an_act_waits_for_another(statement: str, act: str, before: str) -> None:
    rule = compile_rule(statement)
    assert act in {atom.term for atom in rule.atoms() if atom.kind == "verb"}
    assert [[(t.atom.kind, t.atom.term) for t in lifts.terms] for lifts in rule.unless] == [[("done", before)]]
    assert rule.understood == "fully" and "field" not in {atom.kind for atom in rule.atoms()}


def test_every_step_of_a_chain_waits_for_the_one_before() -> None:
    rule = compile_rule("Fill the form in order: set the venue, then the speaker, finally the fee.")
    names = {atom.term for atom in rule.atoms()}
    assert rule.understood == "fully" and names == {"venue", "speaker", "fee"}


@pytest.mark.parametrize(
    "assigning", ["assign the user", "assign it to a colleague", "assign an owner", "assign the lead"]
)
def test_whom_something_is_assigned_to_is_the_field_assignee(assigning: str) -> None:
    rule = compile_rule(f"Leads are entered in order: fill the title, then {assigning}.")
    assert rule == one_by_one("title", "assignee")


@pytest.mark.parametrize(
    "statement", ["Add the item to the list before the end of the fair.", "Fill in the form.", KEYS]
)
def test_times_and_plain_duties_are_no_order(statement: str) -> None:
    assert not any(atom.kind == "happened" for atom in compile_rule(statement).atoms())


def test_what_lasts_waits_for_the_notice() -> None:
    rule = compile_rule("Tell the member about the missing return date or depot.")
    done = {atom.term for atom in rule.atoms() if atom.kind == "done"}
    assert done == {"tell user return date", "tell user depot"}
    assert {"submit", "send", "delete"} <= {atom.term for atom in rule.atoms() if atom.kind == "effect"}
    assert {"enter", "read"}.isdisjoint(atom.term for atom in rule.atoms() if atom.kind == "effect")


def test_a_notice_before_one_act_holds_up_that_act_only() -> None:
    rule = compile_rule("Inform the guest about the cleaning fee before paying.")
    assert {atom.term for atom in rule.atoms() if atom.kind == "effect"} == {"purchase"}


@pytest.mark.parametrize(
    ("statement", "most"),
    [
        ("The archive button must be clicked exactly once.", "1"),
        ("The archive button may be clicked at most twice.", "2"),
        ("Do not click the archive button more than 5 times.", "5"),
        ("Press the archive button only once.", "1"),
    ],
)
def test_a_control_is_counted_as_itself(statement: str, most: str) -> None:
    rule = compile_rule(statement)
    assert {atom.key for atom in rule.atoms()} == {"control:archive", f"count:archive button at_least {most}"}


def test_a_limit_on_effort_is_left_to_the_judge() -> None:
    assert compile_rule("Finish the booking within 9 clicks.").understood == "not"
    (group,) = compile_rule("Finish the task within 9 clicks.").when
    assert [one.atom.key for one in group.terms] == ["count:clicks at_least 9"]
    (group,) = compile_rule("Do the job in fewer than 12 steps.").when
    assert [one.atom.key for one in group.terms] == ["count:steps at_least 11"]


def test_pushing_to_a_branch_presses_nothing() -> None:
    assert not any(atom.kind == "control" for atom in compile_rule("Do not push to the release branch.").atoms())


@pytest.mark.parametrize(
    ("statement", "things"),
    [
        ("Discounts above 40 euros must not be given.", {"discounts"}),
        ("Do not approve expense claims of more than 300 dollars.", {"expense claims"}),
    ],
)
def test_a_limit_is_one_of_what_it_names(statement: str, things: set[str]) -> None:
    assert {atom.term for atom in compile_rule(statement).atoms() if atom.kind == "thing"} >= things
    assert bool(things) is any(atom.kind == "thing" for atom in compile_rule(statement).atoms())


@pytest.mark.parametrize("verb", ["perform", "carry out", "take"])
def test_an_act_told_by_its_name_is_that_act(verb: str) -> None:
    assert compile_rule(f"Ask the user before you {verb} the 'publish' action.") == compile_rule(
        "Ask the user before you publish."
    )
