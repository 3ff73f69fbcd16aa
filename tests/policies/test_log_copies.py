"""The same policy in several documents is kept once and cites them all, however often they are published."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from harmonyguard.policies.fold import LogState, fold
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.log_events import Head, seal
from harmonyguard.policies.policy import Policy
from harmonyguard.policies.publish import publish

from .log_examples import policy

LIMIT = "Agents must not refund more than 100 dollars."
OTHER_LIMIT = "Agents must not refund more than 200 dollars."
KIND = "Agents must be kind."


def at(document: str, quote: str, edition: str = "a") -> Policy:
    return policy(quote, document=document, edition=edition)


def cited(log: PolicyLog) -> dict[str, list[str]]:
    return {one.description: [source.document for source in one.sources] for one in log.book().policies}


def test_a_copy_joins_the_policy_that_is_there(any_log: PolicyLog) -> None:
    any_log.publish("a.md", [at("a.md", LIMIT)], actor="ingest")
    done = any_log.publish("b.md", [at("b.md", LIMIT), at("b.md", OTHER_LIMIT)], actor="ingest")
    assert done.copies == {at("b.md", LIMIT).id: at("a.md", LIMIT).id}
    assert (done.cited_again, done.added) == ((at("a.md", LIMIT).id,), (at("b.md", OTHER_LIMIT).id,))
    assert cited(any_log) == {LIMIT: ["a.md", "b.md"], OTHER_LIMIT: ["b.md"]}


def test_publishing_again_does_nothing(sqlite_log: PolicyLog) -> None:
    for document in ("a.md", "b.md", "c.md"):
        sqlite_log.publish(document, [at(document, LIMIT)], actor="ingest")
    head = sqlite_log.head()
    for document in ("b.md", "a.md", "c.md", "b.md"):
        assert sqlite_log.publish(document, [at(document, LIMIT)], actor="ingest").unchanged == (at("a.md", LIMIT).id,)
    assert sqlite_log.head() == head


def test_the_policy_stays_while_one_document_holds_it(sqlite_log: PolicyLog) -> None:
    sqlite_log.publish("a.md", [at("a.md", LIMIT), at("a.md", KIND)], actor="ingest")
    sqlite_log.publish("b.md", [at("b.md", LIMIT), at("b.md", OTHER_LIMIT)], actor="ingest")
    sqlite_log.publish("a.md", [at("a.md", KIND, "b")], actor="ingest")
    assert cited(sqlite_log)[LIMIT] == ["b.md"]
    assert sqlite_log.publish("b.md", [at("b.md", LIMIT), at("b.md", OTHER_LIMIT)], actor="ingest").added == ()
    sqlite_log.publish("b.md", [at("b.md", OTHER_LIMIT)], actor="ingest")
    assert LIMIT not in cited(sqlite_log)


def test_what_people_changed_survives_a_copy(sqlite_log: PolicyLog) -> None:
    sqlite_log.publish("a.md", [at("a.md", LIMIT)], actor="ingest")
    (kept,) = sqlite_log.book().policies
    sqlite_log.add([kept.model_copy(update={"owner": "Finance"})], actor="Ann")
    sqlite_log.publish("b.md", [at("b.md", LIMIT)], actor="ingest")
    sqlite_log.publish("a.md", [at("a.md", LIMIT, "b")], actor="ingest")
    (kept,) = sqlite_log.book().policies
    assert (kept.owner, [source.document for source in kept.sources]) == ("Finance", ["a.md", "b.md"])


def test_what_people_changed_survives_that_one_of_two_documents_drops_the_clause(sqlite_log: PolicyLog) -> None:
    for document in ("a.md", "b.md"):
        sqlite_log.publish(document, [at(document, LIMIT), at(document, f"In {document}, be kind.")], actor="ingest")
    kept = at("a.md", LIMIT).id
    sqlite_log.handle(kept, {"owner": "Finance", "enforcement": "warn"}, actor="Ann")
    sqlite_log.publish("b.md", [at("b.md", "In b.md, be kind.", "b")], actor="ingest")
    assert cited(sqlite_log)[LIMIT] == ["a.md"]
    sqlite_log.publish("a.md", [at("a.md", LIMIT, "b"), at("a.md", OTHER_LIMIT, "b")], actor="ingest")
    policy = sqlite_log.book().get(kept)
    assert (policy.owner, policy.enforcement, policy.sources[0].sha256) == ("Finance", "warn", "b" * 64)


def test_what_was_retired_or_says_otherwise_takes_no_copy(sqlite_log: PolicyLog) -> None:
    sqlite_log.publish("a.md", [at("a.md", LIMIT), at("a.md", KIND)], actor="ingest")
    sqlite_log.retire(at("a.md", LIMIT).id, actor="Ann", reason="too strict")
    user = at("b.md", KIND).model_copy(update={"authority": "user"})
    done = sqlite_log.publish("b.md", [at("b.md", LIMIT), user], actor="ingest")
    assert done.copies == {} and len(done.added) == 2


DOCUMENTS = st.sampled_from(["a.md", "b.md", "c.md"])
EDITIONS = st.sampled_from("ab")
QUOTES = st.lists(st.sampled_from([LIMIT, OTHER_LIMIT, KIND]), min_size=1, max_size=3, unique=True)


@settings(max_examples=60)
# Retired with its last document, and brought back by another.
@example(
    [
        ("b.md", "a", [KIND]),
        ("a.md", "a", [LIMIT, OTHER_LIMIT, KIND]),
        ("b.md", "a", [LIMIT]),
        ("a.md", "a", [LIMIT]),
        ("b.md", "a", [LIMIT, KIND]),
    ]
)
@given(st.lists(st.tuples(DOCUMENTS, EDITIONS, QUOTES), min_size=1, max_size=6))
def test_the_book_holds_what_the_last_editions_hold(editions: list[tuple[str, str, list[str]]]) -> None:
    state = LogState()
    last: dict[str, tuple[str, list[str]]] = {}
    for document, edition, quotes in editions:
        given_policies = [at(document, quote, edition) for quote in quotes]
        for _ in range(2):
            entries, _publication = publish(state, document, given_policies)
            head = state.head
            events = []
            for entry in entries:
                events.append(seal(head, entry, actor="test", at="2026-03-01T00:00:00+00:00"))
                head = Head(seq=events[-1].seq, hash=events[-1].hash)
            state = fold(events, state)
        assert publish(state, document, given_policies)[0] == ()
        last[document] = edition, quotes
    held: dict[str, set[tuple[str, str]]] = {}
    for document, (edition, quotes) in last.items():
        for quote in quotes:
            held.setdefault(quote, set()).add((document, edition * 64))
    book: dict[str, set[tuple[str, str]]] = {}
    for one in state.book().policies:
        book.setdefault(one.description, set()).update((source.document, source.sha256) for source in one.sources)
    assert book == held
