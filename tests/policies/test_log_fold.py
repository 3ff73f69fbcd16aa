"""The book is what the log folds to: compared with a plain model of what was done, step by step."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.fold import fold
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.policy import Policy
from harmonyguard.steps import InputError

from .log_examples import policy

QUOTES = st.sampled_from(["No refunds.", "No deletions.", "Be kind.", "Ask first."])
RISKS = st.sampled_from(["low", "high"])


@dataclass
class Model:
    """What was done, in a dictionary: the policies by id, with their status."""

    policies: dict[str, Policy] = field(default_factory=dict)

    def book(self) -> PolicyBook:
        return PolicyBook.of(self.policies.values())


class LogAgainstModel(RuleBasedStateMachine):
    """Does the same to the log and to the model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.log = PolicyLog.open(Path(self.folder.name) / "p.db")
        self.model = Model()
        self.books = {0: PolicyBook.of([])}

    def teardown(self) -> None:
        self.log.close()
        self.folder.cleanup()

    @rule(quote=QUOTES, risk=RISKS)
    def add(self, quote: str, risk: str) -> None:
        given = policy(quote, risk_level=risk)
        before = self.log.head()
        unchanged = self.model.policies.get(given.id) == given
        self.log.add([given], actor="a")
        self.model.policies[given.id] = given
        assert (self.log.head() == before) is unchanged

    @rule(quote=QUOTES)
    def retire(self, quote: str) -> None:
        self._change(policy(quote).id, "retired", lambda i: self.log.retire(i, actor="a", reason="r"))

    @rule(quote=QUOTES, risk=RISKS)
    def propose(self, quote: str, risk: str) -> None:
        given = policy(quote, risk_level=risk, status="proposed")
        known = self.model.policies.get(given.id)
        try:
            self.log.propose(given, actor="a")
        except InputError:
            assert known is not None
            assert known.status == "active"
            return
        assert known is None or known.status != "active"
        if known is None or known.risk_level != risk:
            self.model.policies[given.id] = given

    @precondition(lambda self: any(p.status == "proposed" for p in self.model.policies.values()))
    @rule(accepted=st.booleans())
    def decide(self, accepted: bool) -> None:
        proposal = next(p for p in self.model.policies.values() if p.status == "proposed")
        if accepted:
            self._change(proposal.id, "active", lambda i: self.log.accept(i, actor="a", version=proposal.version))
        else:
            self._change(proposal.id, "retired", lambda i: self.log.reject(i, actor="a", reason="r"))

    def _change(self, policy_id: str, status: str, change) -> None:
        known = self.model.policies.get(policy_id)
        try:
            change(policy_id)
        except InputError:
            assert known is None
            return
        assert known is not None
        self.model.policies[policy_id] = known.model_copy(update={"status": status})

    @invariant()
    def the_book_is_what_was_done(self) -> None:
        book = self.log.book()
        assert book == self.model.book()
        assert fold(self.log.history()).book() == book
        self.books[self.log.head().seq] = book

    @invariant()
    def every_earlier_book_is_still_there(self) -> None:
        assert all(self.log.book_at(seq) == book for seq, book in self.books.items())
        assert self.log.verify().ok


TestLogAgainstModel = LogAgainstModel.TestCase
TestLogAgainstModel.settings = settings(
    max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
