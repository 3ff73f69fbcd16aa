"""Leave before anything is written, in the words of people who think of tools and databases."""

from __future__ import annotations

import pytest

from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.policy_agent.families.writes import leave_before_writing
from harmonyguard.steps import Event, Situation
from harmonyguard.utility_agent.agent import UtilityAgent
from tests.utility_agent.making import asked, book, said, situation

WORDINGS = [
    "Request confirmation before any write operation.",
    "Before you call a tool that writes (add_loan, drop_loan), sum up the loan and wait until the guest has agreed.",
    "Obtain the member's explicit consent before any tool that changes data is called.",
    "Tools that modify records need the customer's approval.",
    "Before taking actions that update the catalogue database (loans, renewals), list them and get the user's yes.",
    "No function that alters the database is called without the client's okay.",
    "Database updates only after the user has confirmed.",
    "Ask before changing the database.",
]


def renewing(*history: Event) -> Situation:
    return situation(
        tool="renew_loan",
        arguments={"loan": "L-2207", "until": "2031-04-02", "card": "reader_card_9981"},
        goal="Help the reader in this conversation.",
        history=history,
        consent_from_history=True,
    )


@pytest.mark.parametrize("wording", WORDINGS)
async def test_writing_waits_for_a_yes(wording: str) -> None:
    rules = book(wording)
    question = asked("I would renew loan L-2207 until 2 April 2031. Is that all right?")
    assert (await UtilityAgent().evaluate(renewing(), rules)).certain == ("p1",)
    assert (await UtilityAgent().evaluate(renewing(question, said("Yes, please.")), rules)).outcome == "allow"
    assert (await UtilityAgent().evaluate(renewing(question, said("Not yet.")), rules)).certain == ("p1",)


@pytest.mark.parametrize("wording", WORDINGS)
async def test_reading_needs_none(wording: str) -> None:
    reading = situation(tool="get_loan", arguments={"loan": "L-2207"}, goal="Help the reader.")
    assert (await UtilityAgent().evaluate(reading, book(wording))).outcome == "allow"


@pytest.mark.parametrize(
    "statement",
    [
        "Write operations require the approval of the database team.",
        "Data changes are logged.",
        "Before closing a loan, ask the reader for confirmation.",
        "Tools that write are listed in the appendix.",
    ],
)
def test_what_asks_something_else(statement: str) -> None:
    assert leave_before_writing(statement) is None


async def test_what_is_waited_for_is_leave() -> None:
    rules = book("Before renewing a loan, list the details and wait until the guest has agreed.")
    question = asked("I would renew loan L-2207 until 2 April 2031. Is that all right?")
    assert (await UtilityAgent().evaluate(renewing(), rules)).outcome != "allow"
    assert (await UtilityAgent().evaluate(renewing(question, said("Yes, please.")), rules)).outcome == "allow"


def test_a_payment_alone_is_no_refund() -> None:
    rule = compile_rule("Refunds are issued only to the card that was used.")
    on_refunds = [keys for keys, _ in rule.typed_keys if "thing:refunds" in keys]
    assert on_refunds and all("effect:purchase" not in keys for keys in on_refunds)
