"""To set a number lower than the record shows is to take away; and what a trade sentence says forbids nothing."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Situation
from harmonyguard.utility_agent.agent import UtilityAgent

from .making import act, book, fact, situation

RECORD = 'get_rental -> {"rental": "R-31", "chairs": 4, "tables": 2, "status": "confirmed"}'


def changing(tool: str = "update_rental", **arguments: str) -> dict[str, object]:
    return {"tool": tool, "arguments": {"rental": "R-31"} | arguments, "text": RECORD, "goal": "Help the guest."}


@pytest.mark.parametrize(("chairs", "takes", "adds"), [("3", True, False), ("6", False, True)], ids=["fewer", "more"])
def test_the_number_tells_what_is_done(chairs: str, takes: bool, adds: bool) -> None:
    found = act(**changing(chairs=chairs))  # type: ignore[arg-type]
    assert fact(found, "verb", "remove") is takes
    assert fact(found, "verb", "add") is adds


def test_the_same_number_or_none_tells_nothing() -> None:
    for arguments in ({"chairs": "4"}, {"note": "by the window"}, {"sofas": "1"}):
        assert fact(act(**changing(**arguments)), "verb", "remove") is not True  # type: ignore[arg-type]


async def test_additions_pass_where_removals_are_forbidden() -> None:
    rules = book("Chairs can be added but not removed.")
    fewer: Situation = situation(**changing(chairs="3"))  # type: ignore[arg-type]
    more: Situation = situation(**changing(chairs="6"))  # type: ignore[arg-type]
    assert (await UtilityAgent().evaluate(fewer, rules)).violated
    kept = await UtilityAgent().evaluate(more, rules)
    assert kept.outcome == "allow" and not kept.undecided


async def test_a_status_in_brackets_decides() -> None:
    text = "After delivery (status on_site) no rental is cancelled by you."
    cancelling = changing("cancel_rental")
    assert (await UtilityAgent().evaluate(situation(**cancelling), book(text))).outcome == "allow"  # type: ignore[arg-type]
    late = cancelling | {"text": RECORD.replace("confirmed", "on_site")}
    assert (await UtilityAgent().evaluate(situation(**late), book(text))).violated  # type: ignore[arg-type]


async def test_a_trade_is_no_norm() -> None:
    cancelling = situation(**changing("cancel_rental"))  # type: ignore[arg-type]
    trade = await UtilityAgent().evaluate(cancelling, book("Help guests of the shop with rentals and cancellations."))
    assert trade.outcome == "allow" and not trade.undecided
