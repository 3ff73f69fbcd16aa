"""Rows of other agents: one verdict a line, in order, whatever the lines hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonyguard.integrations.rows import Row, check_rows, situations_of
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.policy import Policy, Source
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.utility_agent.agent import UtilityAgent

TREE = "\n".join(
    [
        "RootWebArea 'Notes', focused",
        "\t[11] textbox 'Title', value=''",
        "\t[12] button 'Save note', clickable",
        "\t[13] button 'Delete note', clickable",
        "\t[14] link 'Home', clickable, url='https://notes.example/'",
    ]
)
POLICIES = [{"id": "no-delete", "text": "Notes must not be deleted."}]


def row(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": "r1",
        "goal": "Save the note.",
        "policies": POLICIES,
        "observation": {"url": "https://notes.example/7", "title": "Notes", "text": TREE},
        "action": {"type": "click", "bid": "12"},
    }
    return base | changes


async def checked(*lines: Any, book: PolicyBook | None = None) -> list[dict[str, Any]]:
    text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return [verdict async for verdict in check_rows(text, book=book, utility_agent=UtilityAgent())]


async def test_verdicts_come_in_order_with_every_field_of_the_contract() -> None:
    allowed, stopped = await checked(row(), row(id="r2", action={"type": "click", "bid": "13"}))
    assert set(allowed) == {
        *("id", "outcome", "violated", "certain", "judged", "undecided", "alignment", "violation"),
        *("explanation", "guidance", "error", "judge_calls", "ms"),
    }
    assert (allowed["id"], allowed["outcome"], allowed["violation"]) == ("r1", "allow", False)
    assert (stopped["id"], stopped["outcome"], stopped["violated"]) == ("r2", "revise", ["no-delete"])
    json.dumps([allowed, stopped])


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "null",
        "[]",
        "7",
        '"text"',
        "{}",
        '{"id": "x"}',
        '{"id": "x", "action": {}}',
        '{"id": 7, "action": {"type": "click"}}',
        '{"id": "x", "action": {"type": "click"}, "observation": "page"}',
        '{"id": "x", "action": {"type": "click"}, "policies": [{"id": "p"}]}',
        '{"id": "x", "action": {"type": "click"}, "policies": [{"id": "p", "text": "t", "source": "nobody"}]}',
        "\ufeff{}",
        "[" * 100_000,
    ],
)
async def test_a_line_that_cannot_be_read_is_stopped_and_the_rest_goes_on(line: str) -> None:
    broken, good = await checked(line, row())
    assert (broken["outcome"], broken["violation"], bool(broken["error"])) == ("stop", True, True)
    assert broken["error"].startswith("line 1 ")
    assert good["outcome"] == "allow"


async def test_empty_lines_are_no_rows() -> None:
    assert [v["id"] for v in await checked("", row(), "  ")] == ["r1"]


async def test_ids_of_policies_that_clash_are_an_error_of_the_row() -> None:
    twice = [{"id": "p", "text": "Notes must not be deleted."}, {"id": "p", "text": "Notes must not be sent."}]
    (broken,) = await checked(row(policies=twice))
    assert (broken["outcome"], broken["id"]) == ("stop", "r1")
    assert "p" in broken["error"]


async def test_a_row_without_policies_is_judged_under_the_book() -> None:
    text = "Notes must not be deleted."
    source = Source(document="d.md", sha256="0" * 64, quote=text)
    own = PolicyBook.of([Policy(id="b1", description=text, sources=(source,), rule=compile_rule(text))])
    bare = {key: value for key, value in row(action={"type": "click", "bid": "13"}).items() if key != "policies"}
    (judged,) = await checked(bare, book=own)
    assert judged["violated"] == ["b1"]
    (without,) = await checked(bare)
    assert (without["outcome"], bool(without["error"])) == ("stop", True)


async def test_no_policies_at_all_are_not_the_book() -> None:
    (judged,) = await checked(row(policies=[], action={"type": "click", "bid": "13"}, goal="Delete the note."))
    assert judged["outcome"] == "allow"


async def test_unknown_fields_and_missing_ones_are_no_trouble() -> None:
    (judged,) = await checked({"id": "x", "action": {"type": "scroll", "speed": 3}, "policies": POLICIES, "extra": 1})
    assert judged["outcome"] == "allow"


async def test_nulls_stand_for_missing() -> None:
    nothing = {"url": "https://notes.example/7", "title": None, "text": None}
    empty = {"type": "click", "bid": "12", "element_role": None, "element_text": None, "target_url": None}
    (judged,) = await checked(row(observation=nothing, action=empty, reasoning=None, history=[]))
    assert judged["error"] is None


@pytest.mark.parametrize("kind", ["teleport", "", "user_message", "unknown"])
async def test_an_action_of_no_known_type_may_have_any_effect(kind: str) -> None:
    (judged,) = await checked(row(action={"type": kind, "raw": "x"}))
    assert judged["undecided"] == ["no-delete"] or judged["outcome"] != "allow"


async def test_a_target_that_is_not_on_the_page_is_what_the_row_says() -> None:
    named = {"type": "click", "bid": "99", "element_role": "button", "element_text": "Delete note"}
    (judged,) = await checked(row(action=named))
    assert judged["violated"] == ["no-delete"]


async def test_the_page_outweighs_what_the_row_says_of_an_element() -> None:
    masked = {"type": "click", "bid": "13", "element_role": "button", "element_text": "Save note"}
    (judged,) = await checked(row(action=masked))
    assert judged["violated"] == ["no-delete"]


async def test_of_several_acts_the_worst_outcome_wins() -> None:
    both = {"type": "multi", "raw": "fill('11', 'x')\nclick('13')"}
    (judged,) = await checked(row(action=both))
    assert (judged["outcome"], judged["violated"]) == ("revise", ["no-delete"])
    (fine,) = await checked(row(action={"type": "multi", "raw": "fill('11', 'Save')\nclick('12')  # keep it"}))
    assert fine["outcome"] == "allow"


def test_several_acts_are_told_apart_and_later_ones_know_the_earlier() -> None:
    parts = situations_of(
        Row.model_validate(
            row(action={"type": "multi", "raw": "fill('11', \"It's \\'new\\'\")\n\nclick('12')\nrm -rf /\nclick()"})
        )
    )
    assert [part.proposal.action.type for part in parts] == ["fill", "click", "unknown", "unknown"]
    assert parts[0].proposal.action.value == "It's 'new'"
    assert [event.element_name for event in parts[1].history] == ["Title"]


def test_a_value_typed_earlier_in_the_same_proposal_stands_in_the_form() -> None:
    parts = situations_of(Row.model_validate(row(action={"type": "multi", "raw": "fill('11', 'Mine')\nclick('12')"})))
    assert parts[1].observation.forms[0].fields["Title"] == "Mine"


async def test_several_acts_without_any_are_unknown() -> None:
    (judged,) = await checked(row(action={"type": "multi", "raw": None}))
    assert judged["undecided"] == ["no-delete"] or judged["outcome"] != "allow"


async def test_a_tool_call_carries_name_and_arguments() -> None:
    call = {"type": "tool_call", "element_text": "delete_note", "value": {"id": 7}}
    (judged,) = await checked(row(action=call))
    assert judged["violated"] == ["no-delete"]
    (plain,) = await checked(row(action={"type": "tool_call", "element_text": "get_weather", "value": "Rome"}))
    assert plain["outcome"] == "allow"


async def test_a_yes_in_the_history_is_a_consent() -> None:
    asks = [{"id": "ask", "text": "Ask the user for confirmation before deleting a note."}]
    talk = [
        {"type": "send_msg_to_user", "value": "May I click 'Delete note'?"},
        {"type": "user_message", "text": "Yes."},
    ]
    delete = {"type": "click", "bid": "13"}
    before, after = await checked(
        row(policies=asks, action=delete, goal="Delete it."),
        row(policies=asks, action=delete, goal="Delete it.", history=talk),
    )
    assert (before["outcome"], after["outcome"]) == ("revise", "allow")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
texts = st.none() | st.text(max_size=30)
actions = st.fixed_dictionaries(
    {"type": st.sampled_from(["click", "fill", "goto", "press", "multi", "tool_call", "finish", "select_option"])},
    optional={
        "bid": texts,
        "element_role": texts,
        "element_text": texts,
        "target_url": texts,
        "value": json_values,
        "raw": texts,
    },
)
rows = st.fixed_dictionaries(
    {"id": st.text(max_size=5), "action": actions},
    optional={
        "goal": st.text(max_size=60),
        "policies": st.just(POLICIES),
        "observation": st.fixed_dictionaries({"url": st.text(max_size=20), "title": texts, "text": texts}),
        "history": st.lists(
            st.fixed_dictionaries(
                {"type": st.sampled_from(["click", "tool_call", "user_message", "odd"])},
                optional={"text": texts, "value": json_values, "element_text": texts, "url": texts},
            ),
            max_size=3,
        ),
        "reasoning": texts,
    },
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows | json_values)
async def test_any_json_line_gives_one_verdict(line: Any) -> None:
    (verdict,) = await checked(json.dumps(line)) or [None]
    assert verdict is not None
    assert verdict["outcome"] in ("allow", "revise", "ask_human", "stop")
    if verdict["error"]:
        assert verdict["violation"]
