"""Deciding about policies from the command line: proposals, handling, exemptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.policy import Policy, Source, policy_id
from harmonyguard.policies.rule import Rule

from .conftest import Harmonyguard

BOOK = Path(".harmonyguard") / "policies.db"
TODAY = datetime.now(UTC).date()


def policy(quote: str, edition: str = "a") -> Policy:
    source = Source(document="desk.md", sha256=edition * 64, quote=quote)
    return Policy(id=policy_id("desk.md", quote), description=quote, sources=(source,), rule=Rule(when=()))


REFUNDS, DELETION = policy("Agents must not issue refunds."), policy("Agents must not delete tickets.")


@pytest.fixture
def log(harmonyguard: Harmonyguard) -> Iterator[PolicyLog]:
    """One policy in force and one proposal, in the folder of the command line."""
    with PolicyLog.open(BOOK) as log:
        log.publish("desk.md", [REFUNDS], actor="ingest")
        log.propose(DELETION, actor="harmonyguard")
        yield log


def test_a_proposal_is_accepted_as_it_was_shown(harmonyguard: Harmonyguard, log: PolicyLog) -> None:
    version = harmonyguard("policies", "show", DELETION.id, "--json").json["version"]
    assert version[:12] in harmonyguard("policies", "show", DELETION.id).out
    for wrong in ("0" * 64, version[:11]):
        ended = harmonyguard("policies", "accept", DELETION.id, "--version", wrong)
        assert (ended.code, "look at it again" in ended.err) == (2, True)
    ended = harmonyguard("policies", "accept", DELETION.id, "--version", version[:12], "--json")
    assert (ended.code, ended.json["events"]) == (0, [3])
    assert ended.json["book_version"] == log.book().version
    assert log.book().get(DELETION.id).status == "active"


def test_without_a_version_somebody_has_to_say_yes(
    harmonyguard: Harmonyguard, log: PolicyLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = harmonyguard("policies", "accept", DELETION.id)
    assert (ended.code, "--version" in ended.err) == (2, True)
    monkeypatch.setattr("harmonyguard.cli.policies.decide.is_asked", lambda: True)
    ended = harmonyguard("policies", "accept", DELETION.id, stdin="n\n")
    assert (ended.code, "stays a proposal" in ended.out) == (0, True)
    assert DELETION.clause in ended.err
    assert log.state().policies[DELETION.id].policy.status == "proposed"
    ended = harmonyguard("policies", "accept", DELETION.id, stdin="y\n")
    assert (ended.code, "is in force" in ended.out) == (0, True)
    assert log.book().get(DELETION.id)


def test_a_proposal_is_rejected_and_a_policy_retired_with_a_reason(harmonyguard: Harmonyguard, log: PolicyLog) -> None:
    assert harmonyguard("policies", "reject", DELETION.id).code == 2
    assert harmonyguard("policies", "reject", DELETION.id, "--reason", " ").code == 2
    assert harmonyguard("policies", "reject", DELETION.id, "--reason", "covered").code == 0
    assert harmonyguard("policies", "reject", REFUNDS.id, "--reason", "covered").code == 2
    assert harmonyguard("policies", "retire", REFUNDS.id, "--reason", "superseded").code == 0
    again = harmonyguard("policies", "retire", REFUNDS.id, "--reason", "superseded")
    assert (again.code, "Nothing to change" in again.out) == (0, True)
    assert [event.payload.get("reason") for event in log.history()][-2:] == ["covered", "superseded"]


def test_handling_is_set_shown_and_kept(harmonyguard: Harmonyguard, log: PolicyLog) -> None:
    ended = harmonyguard(
        "policies", "set", REFUNDS.id, "--owner", "Finance", "--enforcement", "warn", "--expires", "2999-12-31"
    )
    assert ended.code == 0, ended.err
    log.publish("desk.md", [policy(REFUNDS.clause, edition="b")], actor="ingest")
    shown = harmonyguard("policies", "show", REFUNDS.id)
    listed = harmonyguard("policies", "list")
    for out in (shown.out, listed.out):
        assert all(words in out for words in ("Finance", "warn", "2999-12-31"))
    assert harmonyguard("policies", "set", REFUNDS.id, "--owner", "none", "--expires", "none").code == 0
    assert log.book().get(REFUNDS.id).expires is None
    for wrong in (["--expires", "tomorrow"], ["--enforcement", "maybe"], []):
        assert harmonyguard("policies", "set", REFUNDS.id, *wrong).code == 2


def test_an_exemption_is_granted_shown_and_withdrawn(harmonyguard: Harmonyguard, log: PolicyLog) -> None:
    last = str(TODAY + timedelta(days=7))
    words = ["--owner", "Finance", "--reason", "goodwill week"]
    before = log.book().version
    assert harmonyguard("policies", "exempt", REFUNDS.id, *words).code == 2
    assert harmonyguard("policies", "exempt", REFUNDS.id, *words, "--until", "2020-01-01").code == 2
    assert harmonyguard("policies", "exempt", REFUNDS.id, *words, "--until", last).code == 0
    assert log.book().version != before
    shown = harmonyguard("policies", "show", REFUNDS.id, "--json").json
    assert shown["exemption"]["until"] == last
    assert "goodwill week" in harmonyguard("policies", "show", REFUNDS.id).out
    assert last in harmonyguard("policies", "list").out
    assert harmonyguard("policies", "list", "--json").json["exemptions"] == [shown["exemption"]]
    assert harmonyguard("policies", "exempt", REFUNDS.id, "--withdraw", "--until", last, "--reason", "x").code == 2
    assert harmonyguard("policies", "exempt", REFUNDS.id, "--withdraw", "--reason", "misused").code == 0
    assert log.book().version == before


def test_violations_of_an_exempt_policy_are_recorded_and_not_held_up(harmonyguard: Harmonyguard) -> None:
    Path("rules.md").write_text("# Desk\n\nAgents must not delete tickets.\n", encoding="utf-8")
    identity = harmonyguard("ingest", "rules.md", "--json").json["policies"][0]["id"]
    row = (
        '{"id": "1", "goal": "Delete ticket 3", "observation": {"url": "http://desk.test/tickets/3", '
        '"text": "button \'Delete ticket\'"}, "action": {"type": "click", "element_role": "button", '
        '"element_text": "Delete ticket"}}'
    )
    assert harmonyguard("check", "-", "--fail-on-violation", stdin=row).code == 1
    harmonyguard("policies", "exempt", identity, "--owner", "Desk", "--reason", "clearing", "--until", "unlimited")
    ended = harmonyguard("check", "-", "--fail-on-violation", stdin=row)
    assert (ended.code, ended.json["outcome"], ended.json["violated"]) == (0, "allow", [identity])


@pytest.mark.parametrize(
    ("status", "shown"),
    [("active", {REFUNDS.id}), ("proposed", {DELETION.id}), ("retired", set()), ("all", {REFUNDS.id, DELETION.id})],
)
def test_the_list_holds_what_was_asked_for(
    harmonyguard: Harmonyguard, log: PolicyLog, status: str, shown: set[str]
) -> None:
    ended = harmonyguard("policies", "list", "--status", status, "--json")
    assert {policy["id"] for policy in ended.json["policies"]} == shown
    words = harmonyguard("policies", "list", "--status", status)
    assert words.code == 0
    assert all(identity in words.out for identity in shown)


def test_an_unknown_policy_is_bad_input_everywhere(harmonyguard: Harmonyguard, log: PolicyLog) -> None:
    for command in (
        ["show"],
        ["history"],
        ["accept"],
        ["reject", "--reason", "x"],
        ["retire", "--reason", "x"],
        ["set", "--owner", "x"],
        ["exempt", "--reason", "x", "--owner", "x", "--until", "unlimited"],
    ):
        ended = harmonyguard("policies", command[0], "p-unknown", *command[1:])
        assert (ended.code, "p-unknown" in ended.err) == (2, True), command
