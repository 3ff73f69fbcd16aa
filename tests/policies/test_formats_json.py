"""Our own format: nothing is lost on the way out and back, and a wrong edit is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.fold import LogState, fold
from harmonyguard.policies.formats.importing import import_entries
from harmonyguard.policies.formats.policy_json import read_policies, schema, schema_text, write_policies
from harmonyguard.policies.log_events import Head, LogEvent, seal
from harmonyguard.policies.policy import Policy, Reference, Source
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.steps import InputError

from .format_examples import books, file_of

SCHEMA = Path(__file__).parents[2] / "docs" / "policy.schema.json"
DELETE = Rule(when=(AnyOf(terms=(Term(atom=Atom(kind="effect", term="delete")),)),))


def entered(state: LogState, policies: tuple[Policy, ...]) -> LogState:
    events: list[LogEvent] = []
    for entry in import_entries(state, policies):
        head = Head(seq=events[-1].seq, hash=events[-1].hash) if events else state.head
        events.append(seal(head, entry, actor="a", at="t"))
    return fold(events, state)


@given(books)
def test_what_was_exported_comes_back_with_the_same_versions(policies: tuple[Policy, ...]) -> None:
    back = read_policies(file_of(write_policies(policies)))
    assert back == policies
    state = entered(LogState(), back)
    assert {i: e.policy.version for i, e in state.policies.items()} == {p.id: p.version for p in policies}


@given(books)
def test_importing_twice_changes_nothing(policies: tuple[Policy, ...]) -> None:
    assert import_entries(entered(LogState(), policies), policies) == ()


def test_what_a_reader_could_not_see_is_written_as_its_code() -> None:
    source = Source(document="d", sha256="0", quote="naïve \u202eq\x9b")
    text = write_policies([Policy(id="p-1", description="d", sources=(source,), rule=DELETE)])
    assert '"naïve \\u202eq\\u009b"' in text


def test_the_published_schema_is_the_one_of_the_models() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run `make docs-schema`"


@given(books)
def test_what_is_exported_fits_the_published_schema(policies: tuple[Policy, ...]) -> None:
    jsonschema_rs.validate(schema(), json.loads(write_policies(policies)))


def example(**changes: Any) -> dict[str, Any]:
    """One policy as people write it by hand: what has a default is left out."""
    policy = {"id": "no-deleting", "description": "Agents must not delete.", "rule": DELETE.to_json()}
    return {"format": "harmonyguard-policies", "version": 1, "policies": [{**policy, **changes}]}


def read(document: Any) -> tuple[Policy, ...]:
    return read_policies(file_of(json.dumps(document), "edited.json"))


def test_a_policy_without_a_source_has_the_file_as_its_source() -> None:
    file = file_of(json.dumps(example()), "mine.json")
    (policy,) = read_policies(file)
    assert policy.sources == (Source(document="mine.json", sha256=file.sha256, quote="Agents must not delete."),)
    assert policy.clause in file.text


@pytest.mark.parametrize("ascii_only", [True, False])
def test_the_quote_is_what_stands_in_the_file_escapes_included(ascii_only: bool) -> None:
    words = 'Never write "naïve" / \\ 😀\nagain.'
    file = file_of(json.dumps(example(description=words), ensure_ascii=ascii_only))
    (policy,) = read_policies(file)
    assert policy.description == words and policy.clause in file.text and policy.clause != words


def test_a_claimed_source_is_kept() -> None:
    claimed = {"document": "handbook.pdf", "sha256": "ab", "page": 3, "quote": "No deleting."}
    (policy,) = read(example(sources=[claimed]))
    assert policy.sources == (Source(document="handbook.pdf", sha256="ab", page=3, quote="No deleting."),)


WRONG: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"risk_level": "extreme"}, ("no-deleting", "risk_level", "'low', 'medium' or 'high'")),
    ({"enforcment": "audit"}, ("no-deleting", "enforcment", "not permitted")),
    ({"expires": "soon"}, ("no-deleting", "expires")),
    ({"rule": {"when": [{"terms": [{"atom": {"kind": "efect"}}]}]}}, ("no-deleting", "rule.when.0.terms.0.atom.kind")),
    ({"sources": [{"document": "d", "quote": "q"}]}, ("no-deleting", "sources.0.sha256")),
    ({"rule": {"when": [{"terms": [{"atom": {"kind": "effect", "term": "deleet"}}]}]}}, ("no-deleting", "deleet")),
    ({"rule": {"when": [{"terms": [{"atom": {"kind": "page", "term": "blue"}}]}]}}, ("no-deleting", "page:blue")),
    ({"id": "permit-all"}, ("permit-all",)),
    ({"id": "two words"}, ("two words",)),
    ({"id": "\u202eid"}, ("no policy id",)),
]


@pytest.mark.parametrize(("changes", "named"), WRONG)
def test_a_wrong_edit_names_the_policy_and_the_field(changes: dict[str, Any], named: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as error:
        read(example(**changes))
    assert all(words in str(error.value) for words in ("edited.json", *named)) and "\n" not in str(error.value)


NOT_OURS: list[tuple[Callable[[], str], str]] = [
    (lambda: json.dumps({**example(), "version": 2}), "version"),
    (lambda: json.dumps({**example(), "policies": []}), "policies"),
    (lambda: json.dumps({**example(), "policies": example()["policies"] * 2}), "stands twice"),
    (lambda: json.dumps(example()).replace('"id":', '"id": "other", "id":'), "'id' stands twice"),
    (lambda: "[" * 100_000, "nested too deeply"),
    (lambda: json.dumps(example())[:-9], "not valid JSON"),
    (lambda: "3", "the whole"),
]


@pytest.mark.parametrize(("text", "named"), NOT_OURS)
def test_a_file_that_is_not_whole_is_refused(text: Callable[[], str], named: str) -> None:
    with pytest.raises(InputError, match=named):
        read_policies(file_of(text()))


def test_many_mistakes_are_counted() -> None:
    wrong = example(category="x", risk_level="x", authority="x", status="x", enforcement="x", sources="x")
    with pytest.raises(InputError, match="and 3 more"):
        read(wrong)


def test_violations_that_a_file_brings_join_those_that_are_there() -> None:
    source = Source(document="d", sha256="0", quote="q")
    policy = Policy(id="p-1", description="d", sources=(source,), rule=DELETE)
    seen = Reference(run="r", step=1, act="clicked “Delete”", reason="it deletes", seen_at="2026-01-01")
    state = entered(entered(LogState(), (policy,)), (policy.model_copy(update={"references": (seen,)}),))
    assert state.policies["p-1"].policy.references == (seen,)


def test_fields_that_a_format_cannot_say_stay_as_they_are() -> None:
    source = Source(document="d", sha256="0", quote="q")
    policy = Policy(id="p-1", description="d", sources=(source,), rule=DELETE)
    state = entered(LogState(), (policy.model_copy(update={"owner": "legal", "enforcement": "warn"}),))
    assert import_entries(state, (policy,), unsaid=("owner", "enforcement")) == ()
    assert [entry.kind for entry in import_entries(state, (policy,))] == ["policy_revised"]
