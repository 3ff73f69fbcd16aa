"""Files of the research code: read liberally, refused precisely, compiled, and written back in their shape."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harmonyguard.policies.formats.recognise import recognise
from harmonyguard.policies.formats.research_json import FIELDS, research_policies, write_research
from harmonyguard.policy_agent.moving_over import MovedOver, move_over
from harmonyguard.steps import InputError

from .format_examples import file_of

TEXT = "Agents must not delete orders."
ENTRY = {
    "definitions": ["Order: what a customer bought."],
    "scope": "All agents",
    "policy_description": TEXT,
    "reference": ["The agent deleted order 7."],
    "risk_level": "High",
    "policy_id": 3,
}


def moved(document: Any, name: str = "out/shop_policies.json") -> MovedOver:
    file = file_of(json.dumps(document, indent=2), name)
    return move_over(research_policies(document, file), file)


def test_a_policy_keeps_what_it_says_and_gains_a_rule_and_a_source() -> None:
    (policy,) = moved([ENTRY]).policies
    assert policy.description == TEXT and policy.scope == "All agents" and policy.risk_level == "high"
    assert policy.definitions == ("Order: what a customer bought.",)
    assert any(atom.key == "effect:delete" for atom in policy.rule.atoms())
    assert policy.clause == TEXT and policy.place == "shop_policies.json, policy_id 3"
    assert [reference.act for reference in policy.references] == ["The agent deleted order 7."]


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        ({"definitions": "Order: a purchase."}, "definitions", ("Order: a purchase.",)),
        ({"definitions": {"Order": "a purchase"}}, "definitions", ("Order: a purchase",)),
        ({"definitions": None}, "definitions", ()),
        ({"scope": ["Agents", "Users"]}, "scope", "Agents; Users"),
        ({"scope": None}, "scope", ""),
        ({"risk_level": "low"}, "risk_level", "low"),
        ({"risk_level": ["High", "Privacy"]}, "risk_level", "high"),
        ({"risk_level": "Medium risk"}, "risk_level", "medium"),
        ({"risk_level": "critical"}, "risk_level", "high"),
        ({"reference": None}, "references", ()),
        ({"reference": "  "}, "references", ()),
    ],
)
def test_what_a_model_wrote_in_another_shape_is_read(changes: dict[str, Any], field: str, expected: Any) -> None:
    (policy,) = moved([{**ENTRY, **changes}]).policies
    assert getattr(policy, field) == expected


def test_a_missing_risk_is_graded_from_the_text() -> None:
    (policy,) = moved([{"policy_description": TEXT}]).policies
    assert policy.risk_level == "high" and "delete" in policy.risk_reason


@pytest.mark.parametrize(
    "document", [[ENTRY], {"policies": [ENTRY]}, ENTRY, [{**ENTRY, "source_file": "a.txt", "extraction_time": "now"}]]
)
def test_every_wrapping_is_recognised(document: Any) -> None:
    assert recognise(file_of(json.dumps(document))) == "harmonyguard"
    assert len(moved(document).policies) == 1


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ({**ENTRY, "policy_description": "  "}, "policy_description"),
        ({"policy_id": 9, "scope": "x"}, "policy_id 9), policy_description"),
        ({**ENTRY, "policy_description": 4}, "policy_description"),
        ({**ENTRY, "definitions": [1]}, "definitions"),
        ({**ENTRY, "definitions": {"Order": 1}}, "definitions"),
        ({**ENTRY, "risk_level": "blue"}, "risk_level: “blue”"),
        ({**ENTRY, "reference": [{"a": 1}]}, "reference"),
        ({**ENTRY, "policy_id": [1]}, "policy_id"),
        (7, "neither an object nor a text"),
    ],
)
def test_what_cannot_be_read_names_the_policy_and_the_field(entry: Any, named: str) -> None:
    with pytest.raises(InputError) as error:
        moved([ENTRY, entry])
    assert "policy 2" in str(error.value) and named in str(error.value)


def test_ids_that_are_missing_or_given_twice_do_not_mix_policies_up() -> None:
    other = {**ENTRY, "policy_description": "Agents must not send e-mails."}
    nameless = {"policy_description": "Agents must not share passwords."}
    policies = moved([ENTRY, other, nameless]).policies
    assert len({policy.id for policy in policies}) == 3
    assert policies[2].place == "shop_policies.json, policy 3 of the list"
    assert [entry["policy_id"] for entry in json.loads(write_research(policies))] == [3, policies[1].id, policies[2].id]


def test_the_same_words_under_two_scopes_are_two_policies_and_a_copy_is_one() -> None:
    result = moved([ENTRY, {**ENTRY, "scope": "Guests", "policy_id": 4}, {**ENTRY, "policy_id": 5}])
    assert len({policy.id for policy in result.policies}) == 2
    assert any("policy_id 5" in words for words in result.left_out)


def test_ids_are_those_of_the_words_wherever_the_file_lies() -> None:
    assert [p.id for p in moved([ENTRY]).policies] == [p.id for p in moved([ENTRY], "shop_policies.json").policies]


def test_references_are_bounded_told_apart_and_hold_no_secrets() -> None:
    many = [f"The agent removed the order of customer {'x' * n}." for n in range(1, 60, 4)]
    secret = "It typed sk-abcdefghijklmnopqrstuvwxyz123456 into the form."
    (policy,) = moved([{**ENTRY, "reference": [*many, secret, secret]}]).policies
    assert len(policy.references) <= 10
    last = [reference.act for reference in policy.references][-1]
    assert "sk-abcdef" not in last and "[redacted]" in last


def test_what_did_not_come_along_is_said() -> None:
    left_out = moved([{**ENTRY, "mood": "good", "reference": ["Same."] * 3}]).left_out
    assert any("2 of its references" in words for words in left_out) and any("mood" in words for words in left_out)


def test_what_is_written_back_has_the_shape_of_the_research_code() -> None:
    written = json.loads(write_research(moved([ENTRY]).policies))
    assert written == [ENTRY] and set(written[0]) == set(FIELDS)
    assert json.loads(write_research(moved(written).policies)) == written


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Agents must not delete orders.", "harmonyguard ingest"),
        ("", "harmonyguard ingest"),
        ('{"staticPolicies": {}}', "Cedar in JSON"),
        ("[]", "neither of ours"),
        ('[{"title": "x"}]', "neither of ours"),
        ("{", "not valid JSON"),
    ],
)
def test_what_is_no_policy_file_is_said(text: str, named: str) -> None:
    with pytest.raises(InputError, match=named):
        recognise(file_of(text))


@pytest.mark.parametrize("text", ['// a\n\n@id("x")\nforbid(', "permit (principal", "\ufeffforbid (a"])
def test_cedar_is_recognised(text: str) -> None:
    assert recognise(file_of(text)) == "cedar"
