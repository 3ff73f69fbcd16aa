"""Publishing editions of a document: what comes, changes and goes, and what people decided meanwhile."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonyguard.policies.fold import LogState, fold
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.log_events import seal
from harmonyguard.policies.policy import Policy, policy_id
from harmonyguard.policies.publish import publish
from harmonyguard.steps import InputError

from .log_examples import HANDBOOK, policy

LIMIT = "Agents must not refund more than 100 dollars."
HIGHER = "Agents must not refund more than 200 dollars."
DELETION = "Nobody deletes a ticket without a manager's consent."


def test_publishing_the_same_edition_again_does_nothing(any_log: PolicyLog) -> None:
    first = any_log.publish(HANDBOOK, [policy(LIMIT), policy(DELETION)], actor="ingest")
    assert len(first.added) == 2
    head = any_log.head()
    again = any_log.publish(HANDBOOK, [policy(DELETION), policy(LIMIT)], actor="ingest")
    assert again.unchanged == first.added
    assert any_log.head() == head


def test_a_new_edition_adds_revises_and_retires(any_log: PolicyLog) -> None:
    any_log.publish(HANDBOOK, [policy(LIMIT), policy(DELETION), policy("Be kind.")], actor="ingest")
    done = any_log.publish(
        HANDBOOK,
        [
            policy(HIGHER, edition="b"),
            policy(DELETION, edition="b", risk_level="high"),
            policy("Be kind.", edition="b"),
        ],
        actor="ingest",
    )
    assert done.added == (policy(HIGHER).id,)
    assert done.revised == (policy(DELETION).id,)
    assert done.cited_again == (policy("Be kind.").id,)
    assert done.retired == (policy(LIMIT).id,)
    assert done.replaced == {policy(LIMIT).id: policy(HIGHER).id}
    assert {p.sources[0].sha256 for p in any_log.book().policies} == {"b" * 64}


def test_a_clause_that_comes_back_is_in_force_again(sqlite_log: PolicyLog) -> None:
    sqlite_log.publish(HANDBOOK, [policy(LIMIT), policy(DELETION)], actor="ingest")
    sqlite_log.publish(HANDBOOK, [policy(LIMIT)], actor="ingest")
    done = sqlite_log.publish(HANDBOOK, [policy(LIMIT), policy(DELETION)], actor="ingest")
    assert done.added == (policy(DELETION).id,)
    assert len(sqlite_log.book().policies) == 2


def test_what_people_retired_stays_retired(sqlite_log: PolicyLog) -> None:
    sqlite_log.publish(HANDBOOK, [policy(LIMIT), policy(DELETION)], actor="ingest")
    sqlite_log.retire(policy(LIMIT).id, actor="legal", reason="superseded")
    done = sqlite_log.publish(HANDBOOK, [policy(LIMIT, edition="b"), policy(DELETION, edition="b")], actor="ingest")
    assert done.kept_retired == (policy(LIMIT).id,)
    assert [p.id for p in sqlite_log.book().policies] == [policy(DELETION).id]


def test_what_people_changed_by_hand_survives_a_new_edition(sqlite_log: PolicyLog) -> None:
    sqlite_log.publish(HANDBOOK, [policy(LIMIT)], actor="ingest")
    by_hand = sqlite_log.book().get(policy(LIMIT).id).model_copy(update={"owner": "Finance", "enforcement": "warn"})
    sqlite_log.add([by_hand], actor="compliance")
    sqlite_log.publish(HANDBOOK, [policy(LIMIT, edition="b", risk_level="high")], actor="ingest")
    sqlite_log.publish(HANDBOOK, [policy(LIMIT, edition="c", risk_level="high")], actor="ingest")
    kept = sqlite_log.book().get(policy(LIMIT).id)
    assert (kept.owner, kept.enforcement, kept.risk_level) == ("Finance", "warn", "high")
    assert kept.sources[0].sha256 == "c" * 64


def test_a_clause_that_another_document_holds_too_stays_in_force(sqlite_log: PolicyLog) -> None:
    mine = policy(LIMIT)
    theirs = policy(LIMIT, document="intranet.html").sources
    sqlite_log.publish(HANDBOOK, [mine.model_copy(update={"sources": (*mine.sources, *theirs)})], actor="ingest")
    done = sqlite_log.publish(HANDBOOK, [policy(DELETION)], actor="ingest")
    assert done.retired == ()
    assert sqlite_log.book().get(mine.id).sources == theirs


def test_a_clause_of_two_documents_is_the_same_policy_whichever_is_published_last(any_log: PolicyLog) -> None:
    mine = policy(LIMIT)
    theirs = mine.model_copy(update={"sources": policy(LIMIT, document="a.html").sources})
    any_log.publish(HANDBOOK, [mine], actor="ingest")
    any_log.publish("a.html", [theirs], actor="ingest")
    head = any_log.head()
    assert [s.document for s in any_log.book().get(mine.id).sources] == [HANDBOOK, "a.html"]
    any_log.publish(HANDBOOK, [mine], actor="ingest")
    any_log.publish("a.html", [theirs], actor="ingest")
    assert any_log.head() == head
    both = mine.model_copy(update={"sources": (*mine.sources, *theirs.sources)})
    newer = theirs.model_copy(update={"sources": policy(LIMIT, document="a.html", edition="b").sources})
    any_log.publish("a.html", [newer], actor="ingest")
    any_log.publish(HANDBOOK, [both], actor="ingest")
    assert any_log.book().get(mine.id).sources == (*mine.sources, *newer.sources)


def test_other_documents_and_learned_policies_are_left_alone(sqlite_log: PolicyLog) -> None:
    learned = policy("Never click Refund twice.")
    sqlite_log.publish("intranet.html", [policy(LIMIT, document="intranet.html")], actor="ingest")
    sqlite_log.propose(learned, actor="harmonyguard")
    sqlite_log.accept(learned.id, actor="compliance")
    sqlite_log.publish(HANDBOOK, [policy(DELETION)], actor="ingest")
    assert len(sqlite_log.book().policies) == 3


def test_an_empty_reading_retires_nothing(sqlite_log: PolicyLog) -> None:
    sqlite_log.publish(HANDBOOK, [policy(LIMIT)], actor="ingest")
    with pytest.raises(InputError, match="no policy"):
        sqlite_log.publish(HANDBOOK, [], actor="ingest")
    with pytest.raises(InputError, match="does not cite"):
        sqlite_log.publish("other.md", [policy(LIMIT)], actor="ingest")
    assert len(sqlite_log.book().policies) == 1


EDITIONS = st.lists(
    st.lists(
        st.builds(policy, st.sampled_from("abcdef"), risk_level=st.sampled_from(["low", "high"])),
        min_size=1,
        unique_by=lambda p: p.id,
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60)
@given(EDITIONS)
def test_the_book_is_always_the_last_edition(editions: list[list[Policy]]) -> None:
    state = LogState()
    for edition in editions:
        entries, _ = publish(state, HANDBOOK, edition)
        for entry in entries:
            state = fold([seal(state.head, entry, actor="ingest", at="2026-03-01")], state)
        assert state.book().policies == tuple(sorted(edition, key=lambda p: p.id))
        assert publish(state, HANDBOOK, edition)[0] == ()


def _published(state: LogState, document: str, edition: list[Policy]) -> LogState:
    for entry in publish(state, document, edition)[0]:
        state = fold([seal(state.head, entry, actor="ingest", at="2026-03-01")], state)
    return state


@settings(max_examples=60)
@given(st.lists(st.sets(st.sampled_from("abcd"), min_size=1), min_size=2, max_size=3), st.randoms())
def test_publishing_is_idempotent_and_independent_of_the_order(held: list[set[str]], chance: random.Random) -> None:
    documents = {
        f"document-{number}.md": [
            # The clause is that of the handbook in each document, so that the documents share policies.
            policy(clause).model_copy(update={"sources": policy(clause, document=f"document-{number}.md").sources})
            for clause in sorted(clauses)
        ]
        for number, clauses in enumerate(held)
    }

    def publish_all(names: list[str], start: LogState) -> LogState:
        state = start
        for name in names:
            edition = list(documents[name])
            chance.shuffle(edition)
            state = _published(state, name, edition)
        return state

    names = list(documents)
    state = publish_all(names, LogState())
    chance.shuffle(names)
    assert publish_all(names, LogState()).book() == state.book()
    assert publish_all(names, state).head == state.head


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["low", "high"])), min_size=1, max_size=6))
def test_ids_are_stable_across_editions(readings: list[tuple[str, str]]) -> None:
    clauses = {"a": "No refunds.", "b": "No deletions.", "c": "Be kind."}
    state = LogState()
    for edition, risk in readings:
        given_now = [policy(clause, edition=edition, risk_level=risk) for clause in clauses.values()]
        state = _published(state, HANDBOOK, given_now)
        assert set(state.policies) == {policy(clause).id for clause in clauses.values()}


@given(st.text(min_size=1, max_size=20), st.sampled_from([" ", "\n", "\t", "  "]))
def test_ids_do_not_hang_on_white_space_or_case(quote: str, space: str) -> None:
    quote = f"Agents must not {quote}"
    assert policy_id(HANDBOOK, space.join(quote.split(" ")) + space) == policy_id(HANDBOOK, quote)
    assert policy_id(HANDBOOK, quote.replace("Agents", "AGENTS")) == policy_id(HANDBOOK, quote)
    assert policy_id("other.md", quote) != policy_id(HANDBOOK, quote)
