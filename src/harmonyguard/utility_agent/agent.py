"""The Utility Agent: rules first, the judge for what rules leave open, one table for the outcome, guidance last."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from typing import Literal

from harmonyguard.policies.atom import Atom
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.cedar import Bounds, Facts
from harmonyguard.policies.index import PolicyIndex
from harmonyguard.policies.policy import Policy
from harmonyguard.policies.rule import Rule
from harmonyguard.steps import Alignment, Finding, GuardError, Guidance, Situation, Verdict

from .alignment import offline_alignment, repeats
from .decision import Judgement, outcome_of
from .evaluator import Evaluator
from .facts.act import Act
from .facts.answers import answer as answer_to
from .facts.clues import ANYTHING, clues_of_atom, clues_shown_by
from .facts.goal import contradicts_goal
from .facts.provenance import follows_page
from .facts.wording import answer_for_judge
from .guidance import follow_the_task, found_by_evaluator, guidance_for, reason_for
from .judge.judge import Answer, Judge, JudgeReply, JudgeRequest, Question
from .judge.offline_judge import OfflineJudge

AlignmentMode = Literal["risky", "every_step", "off"]

EVALUATOR_SECONDS = 30.0
"""Wall time that an evaluator of one's own may take. One that is late is an error of the guard."""


class UtilityAgent:
    """Judges proposals. Holds no state between them; one instance serves many runs.

    `alignment` says when the judge is asked about the task: for irreversible steps, page provenance and loops
    (`risky`), always, or never.
    """

    def __init__(
        self,
        judge: Judge | None = None,
        evaluators: Sequence[Evaluator] = (),
        alignment: AlignmentMode = "risky",
        max_revisions: int = 3,
        evaluator_seconds: float = EVALUATOR_SECONDS,
    ) -> None:
        self.judge: Judge = judge if judge is not None else OfflineJudge()
        self.evaluators = tuple(evaluators)
        self.alignment = alignment
        self.max_revisions = max_revisions
        self.evaluator_seconds = evaluator_seconds

    async def evaluate(self, situation: Situation, book: PolicyBook) -> Verdict:
        """The verdict on the situation's proposal under this book.

        Never raises: whatever fails becomes `Verdict.error` with the outcome of the closed path.
        """
        started = time.perf_counter()
        act = Act(situation)
        try:
            verdict = await self._evaluate(act, book)
        except Exception as error:  # noqa: BLE001 - a guard that crashes must deny, whatever it was that crashed
            verdict = self._failed(act, _in_words(error))
        elapsed = (time.perf_counter() - started) * 1000
        return verdict.model_copy(update={"milliseconds": elapsed, "book_version": book.version})

    async def _evaluate(self, act: Act, book: PolicyBook) -> Verdict:
        compiled = compiled_policies(book)
        crashed: list[str] = []
        clues = clues_shown_by(act) | (frozenset() if isinstance(self.judge, OfflineJudge) else {ANYTHING})
        evaluation = compiled.evaluate(clues, partial(self._answer_or_unknown, act, crashed))
        bounds, facts = evaluation.bounds, evaluation.facts
        others, failures = await self._ask_evaluators(act)
        failures = [*crashed, *failures]
        reply = JudgeReply()
        if bounds.open or (self._asks_alignment(act) and not self._is_settled(book, bounds)):
            try:
                given = await self.judge.judge(self._request(act, book, bounds, facts))
                if not isinstance(given, JudgeReply):
                    raise GuardError(f"the judge answered with {type(given).__name__}, not with a reply")
                reply = given
            except Exception as failure:  # noqa: BLE001 - whatever a judge fails with, what rules know must stand
                failures.append(_in_words(failure))
        if reply.error is not None:
            failures.append(reply.error)
        error = "; ".join(failures) or None
        answers = _answers(reply, bounds.open)
        violated = bounds.decide([i for i, answer in answers.items() if answer.violated is True])
        undecided = frozenset(i for i in bounds.open - violated if i not in answers or answers[i].violated is None)
        findings = [
            *(
                _finding(act, book, i, "violated", bounds, answers[i].reason if i in answers else "")
                for i in sorted(violated)
            ),
            *(_finding(act, book, i, "undecided", bounds, "rules leave it open") for i in sorted(undecided)),
            *others,
        ]
        alignment, why = self._align(act, reply)
        return self._verdict(act, book, bounds, findings, alignment, why, reply, error, judged=frozenset(answers))

    def _verdict(
        self,
        act: Act,
        book: PolicyBook,
        bounds: Bounds,
        findings: Sequence[Finding],
        alignment: Alignment,
        why: str,
        reply: JudgeReply,
        error: str | None,
        judged: frozenset[str],
    ) -> Verdict:
        violated = tuple(finding for finding in findings if finding.status == "violated")
        undecided = tuple(finding for finding in findings if finding.status == "undecided")
        previous = act.situation.previous_verdict
        outcome = outcome_of(
            Judgement(
                violated=violated,
                undecided=undecided,
                alignment=alignment,
                follows_page=alignment == "deviated" and follows_page(act) is True,
                error=error,
                is_plain_read=act.is_plain_read,
                irreversible=act.irreversible,
                has_effects=act.has_effects,
                revisions=act.situation.revisions,
                max_revisions=self.max_revisions,
                deviated_before=previous is not None and previous.alignment == "deviated",
            )
        )
        guidance = tuple(
            found_by_evaluator(finding)
            if finding.tier == "evaluator"
            else guidance_for(act, book.get(finding.policy_id), finding)
            for finding in violated
        )
        if any(piece.suggestion == "follow_task" for piece in guidance):
            # What a page told the agent to do is no question for the user: leave would make the page the master.
            guidance = tuple(piece for piece in guidance if piece.suggestion != "ask_user")
        if outcome != "allow" and alignment == "deviated" and not guidance:
            guidance = (follow_the_task(),)
        if reply.guidance and outcome == "revise":
            guidance = (*guidance, Guidance(text=reply.guidance, suggestion="skip"))
        return Verdict(
            outcome=outcome,
            violated=tuple(finding.policy_id for finding in violated),
            certain=tuple(sorted(bounds.certain)),
            judged=tuple(sorted(judged)),
            undecided=tuple(finding.policy_id for finding in undecided),
            alignment=alignment,
            explanation=_explain(violated, undecided, why if alignment == "deviated" else "", error),
            guidance=guidance,
            findings=tuple(findings),
            effects=tuple(sorted(effect for effect, known in act.effects.items() if known)),
            irreversible=act.irreversible is True,
            error=error,
            judge_calls=reply.calls,
        )

    def _answer_or_unknown(self, act: Act, crashed: list[str], atom: Atom) -> bool | None:
        """A question that cannot be asked leaves its fact unknown, and what other facts make certain stands."""
        try:
            return answer_to(act, atom) if isinstance(self.judge, OfflineJudge) else answer_for_judge(act, atom)
        except Exception as failure:  # noqa: BLE001 - said in `crashed`: an error of the guard, handled closed
            crashed.append(f"fact {atom.key}: {_in_words(failure)}")
            return None

    async def _ask_evaluators(self, act: Act) -> tuple[list[Finding], list[str]]:
        """What they found, and how those that failed failed: one crash must not hide what the others know."""
        given = await asyncio.gather(
            *(asyncio.wait_for(one.evaluate(act.situation), self.evaluator_seconds) for one in self.evaluators),
            return_exceptions=True,
        )
        findings: list[Finding] = []
        failures: list[str] = []
        for evaluator, found in zip(self.evaluators, given, strict=True):
            if isinstance(found, TimeoutError):
                failures.append(f"evaluator {evaluator.name}: no answer within {self.evaluator_seconds:g} seconds")
            elif isinstance(found, Exception):
                failures.append(f"evaluator {evaluator.name}: {_in_words(found)}")
            elif isinstance(found, BaseException):
                raise found
            elif isinstance(found, tuple | list) and all(_is_evaluators(item) for item in found):
                findings += found
            else:
                kind = type(found).__name__
                failures.append(
                    f"evaluator {evaluator.name}: it gave a {kind} and not a tuple of its findings, () for none"
                )
        return findings, failures

    def _asks_alignment(self, act: Act) -> bool:
        if self.alignment == "risky":
            return act.commits is True or follows_page(act) is not False or repeats(act) >= 2
        return self.alignment == "every_step"

    def _is_settled(self, book: PolicyBook, bounds: Bounds) -> bool:
        """True when a certain violation decides the outcome whatever the alignment is: a call would change nothing."""
        return self.alignment != "every_step" and any(book.get(i).enforcement == "enforce" for i in bounds.certain)

    def _align(self, act: Act, reply: JudgeReply) -> tuple[Alignment, str]:
        if self.alignment == "off":
            return "unknown", ""
        known, why = offline_alignment(act)
        # What the page alone explains, or the task's own words speak against, stays a deviation whatever the judge was
        # talked into. That a repeated step gets further after all is for the judge to see.
        stands = known == "deviated" and (follows_page(act) is True or contradicts_goal(act))
        if reply.alignment == "unknown" or stands:
            return known, why
        return reply.alignment, reply.alignment_reason

    def _request(self, act: Act, book: PolicyBook, bounds: Bounds, facts: Facts) -> JudgeRequest:
        questions = tuple(_question(book.get(identity), facts) for identity in sorted(bounds.open))
        return JudgeRequest(situation=act.situation, questions=questions, ask_alignment=self._asks_alignment(act))

    def _failed(self, act: Act, error: str) -> Verdict:
        try:
            judgement = Judgement(error=error, is_plain_read=act.is_plain_read)
        except Exception:  # noqa: BLE001 - an act that cannot even be read is no plain read
            judgement = Judgement(error=error)
        return Verdict(outcome=outcome_of(judgement), explanation=f"The guard could not judge: {error}", error=error)


def compiled_policies(book: PolicyBook) -> PolicyIndex:
    """The book compiled and indexed once for each version."""
    return _BOOKS(book)


class _CompiledBooks:
    """A small cache by book version: compiling costs more than deciding."""

    def __init__(self, size: int = 64) -> None:
        self._size = size
        self._by_version: dict[str, PolicyIndex] = {}

    def __call__(self, book: PolicyBook) -> PolicyIndex:
        compiled = self._by_version.pop(book.version, None) or PolicyIndex(book.policies, clues_of_atom)
        self._by_version[book.version] = compiled  # the newest stands last: the one used longest ago goes first
        while len(self._by_version) > self._size:
            self._by_version.pop(next(iter(self._by_version)))
        return compiled


_BOOKS = _CompiledBooks()


def _is_evaluators(found: object) -> bool:
    return isinstance(found, Finding) and found.tier == "evaluator"


def _answers(reply: JudgeReply, asked: frozenset[str]) -> dict[str, Answer]:
    """The answers to what was asked. Two that contradict each other leave their policy undecided."""
    found: dict[str, Answer] = {}
    for answer in reply.answers:
        if answer.policy_id not in asked:
            continue
        known = found.setdefault(answer.policy_id, answer)
        if known.violated is not answer.violated:
            found[answer.policy_id] = answer.model_copy(update={"violated": None})
    return found


def _question(policy: Policy, facts: Facts) -> Question:
    return Question(
        in_scope=_in_scope(policy.rule, facts),
        policy_id=policy.id,
        statement=policy.description,
        clause=policy.clause,
        conditions=policy.rule.judged_conditions,
        definitions=policy.definitions,
        references=tuple(reference.act for reference in policy.references),
    )


def _in_scope(rule: Rule, facts: Facts) -> bool:
    """True when all that the rule types about the act holds for certain, so that only words are left to decide."""
    return bool(rule.typed_keys) and all(
        not facts.yes.isdisjoint(plain) or (denied and not denied <= facts.yes | facts.unknown)
        for plain, denied in rule.typed_keys
    )


def _finding(
    act: Act, book: PolicyBook, policy_id: str, status: Literal["violated", "undecided"], bounds: Bounds, reason: str
) -> Finding:
    policy, exemption = book.get(policy_id), book.exemption(policy_id)
    return Finding(
        policy_id=policy.id,
        status=status,
        tier="rule" if policy.id in bounds.certain else "judge",
        reason=reason or reason_for(act, policy),
        clause=policy.clause,
        source=policy.place,
        risk_level=policy.risk_level,
        authority=policy.authority,
        enforcement=policy.enforcement,
        consent_lifts=policy.rule.consent_lifts,
        exemption="" if exemption is None else exemption.words,
    )


def _explain(violated: Sequence[Finding], undecided: Sequence[Finding], deviation: str, error: str | None) -> str:
    parts = [f'Violates "{finding.clause}" ({finding.source}): {finding.reason}.' for finding in violated]
    parts += [f'Undecided: "{finding.clause}" ({finding.source}).' for finding in undecided]
    parts += [f"Off the task: {deviation}."] if deviation else []
    parts += [f"Error of the guard: {error}."] if error else []
    return " ".join(parts) or "No policy speaks against it."


def _in_words(error: BaseException) -> str:
    return str(error).split("\n")[0] or type(error).__name__
