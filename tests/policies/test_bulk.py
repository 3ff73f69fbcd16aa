"""Loading a whole log does not look for garbage on the way, and leaves Python as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from harmonyguard.policies.bulk import nothing_to_collect
from harmonyguard.policies.fold import fold
from harmonyguard.policies.log_events import Entry, Head, LogEvent, seal
from harmonyguard.steps import GuardError

from .log_examples import NOW, policy


def test_garbage_is_not_looked_for_while_events_are_folded() -> None:
    added = policy("Agents must be kind.")
    entry = Entry(kind="policy_added", payload={"policy_id": added.id, "policy": added.to_json()})
    during = []

    def events() -> Iterator[LogEvent]:
        during.append(gc.isenabled())
        yield seal(Head(), entry, actor="Ann", at=NOW.isoformat())

    assert set(fold(events()).policies) == {added.id}
    assert during == [False] and gc.isenabled()


def test_it_is_looked_for_again_after_an_error_and_stays_off_where_it_was_off() -> None:
    with pytest.raises(GuardError), nothing_to_collect():
        raise GuardError("damaged")
    assert gc.isenabled()
    with nothing_to_collect(), nothing_to_collect():
        pass
    assert gc.isenabled()
