"""The book is what the log folds to: compared with a plain model of what was done, step by step."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.case import PolicyCase
from harmonyguard.policies.exemption import Exemption
from harmonyguard.policies.fold import fold
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.policy import Policy
from harmonyguard.steps import InputError

from .log_examples import NOW, policy

DAY = NOW.date()
QUOTES = st.sampled_from(["No refunds.", "No deletions.", "Be kind.", "Ask first."])
RISKS = st.sampled_from(["low", "high"])


@dataclass
class Model:
    """What was done, in a dictionary: the policies by id, with their status."""

    policies: dict[str, Policy] = field(default_factory=dict)
    exemptions: dict[str, Exemption] = field(default_factory=dict)
    cases: dict[str, set[str]] = field(default_factory=dict)

    def book(self) -> PolicyBook:
        return PolicyBook.of(self.policies.values(), on=DAY, exemptions=self.exemptions.values())


class LogAgainstModel(RuleBasedStateMachine):
    """Does the same to the log and to the model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.log = PolicyLog(Path(self.folder.name) / "p.db", clock=lambda: NOW)
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

    @rule(quote=QUOTES, owner=st.sampled_from([None, "Finance", "Desk"]))
    def handle(self, quote: str, owner: str | None) -> None:
        known = self.model.policies.get(policy(quote).id)
        try:
            self.log.handle(policy(quote).id, {"owner": owner}, actor="a")
        except InputError:
            assert known is None or known.status == "retired"
            return
        assert known is not None
        self.model.policies[known.id] = known.model_copy(update={"owner": owner})

    @rule(quote=QUOTES, days=st.sampled_from([None, 0, 3]))
    def exempt(self, quote: str, days: int | None) -> None:
        known = self.model.policies.get(policy(quote).id)
        told = {"owner": "Desk", "reason": "why", "until": None if days is None else DAY + timedelta(days=days)}
        try:
            self.log.grant_exemption(policy(quote).id, actor="a", **told)
        except InputError:
            assert known is None or known.status != "active"
            return
        assert known is not None
        granted = {"policy_id": known.id, "granted_by": "a", "granted_at": NOW.isoformat(timespec="microseconds")}
        self.model.exemptions[known.id] = Exemption.model_validate({**told, **granted})

    @precondition(lambda self: self.model.exemptions)
    @rule()
    def withdraw(self) -> None:
        policy_id, _ = self.model.exemptions.popitem()
        self.log.withdraw_exemption(policy_id, actor="a", reason="why")

    @precondition(lambda self: self.model.policies)
    @rule(quote=QUOTES, goal=st.sampled_from("abc"))
    def record_case(self, quote: str, goal: str) -> None:
        if policy(quote).id in self.model.policies:
            cases = self.model.cases.setdefault(policy(quote).id, set())
            case = PolicyCase.of(policy(quote).id, expect="caught", origin="text", row={"id": "1", "goal": goal})
            assert self.log.record_case(case, actor="a") is (case.id not in cases)
            cases.add(case.id)

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
        book = self.log.book(on=DAY)
        assert book == self.model.book()
        assert fold(self.log.history()) == self.log.state()
        kept = {policy_id: {case.id for case in cases} for policy_id, cases in self.log.state().cases.items()}
        assert kept == {policy_id: cases for policy_id, cases in self.model.cases.items() if cases}
        self.books[self.log.head().seq] = book

    @invariant()
    def every_earlier_book_is_still_there(self) -> None:
        assert all(self.log.book_at(seq, on=DAY) == book for seq, book in self.books.items())
        assert self.log.verify().ok


TestLogAgainstModel = LogAgainstModel.TestCase
TestLogAgainstModel.settings = settings(
    max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
