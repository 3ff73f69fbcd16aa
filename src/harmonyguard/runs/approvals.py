"""Who is asked when the guard cannot decide alone: a person at a terminal, a file of answers, or nobody.

Two questions exist. A *review* asks an approver whether a proposed action may go on; a *user question* is the
agent asking its own user for leave. Both carry a digest of what is shown, and an answer must repeat it.
"""

from __future__ import annotations

import asyncio
import select
import sys
from pathlib import Path
from typing import Any, Literal, Protocol, TextIO, cast

from pydantic import Field, ValidationError, model_validator

from harmonyguard.steps import (
    REVERSIBLE_EFFECTS,
    Action,
    Authority,
    ConsentRequest,
    Effect,
    Finding,
    InputError,
    Record,
    Verdict,
    outranks,
)

from .printable import one_line


class ReviewRequest(Record):
    """What an approver is shown: the act, its target and page, the policies with their clauses, what would change.

    `can_approve` is False when an approval could not lift what stands against the act (`cannot_lift` says why):
    then only an edit or a rejection is a possible answer.
    """

    kind: Literal["human_review"] = "human_review"
    run: str
    step: int
    action: Action
    target: str = ""
    page: str
    title: str = ""
    reasoning: str = ""
    effects: tuple[str, ...] = ()
    irreversible: bool = False
    would_change: str = ""
    values: dict[str, str] = Field(default_factory=dict)
    policies: tuple[Finding, ...] = ()
    explanation: str = ""
    error: str | None = None
    can_approve: bool = True
    cannot_lift: tuple[str, ...] = ()


class Answer(Record):
    """What both answers share. `shown` repeats the digest of what was shown; JSON may call it `digest`."""

    shown: str = ""

    @model_validator(mode="before")
    @classmethod
    def _digest_is_what_was_shown(cls, value: Any) -> Any:
        if isinstance(value, dict) and "digest" in value and "shown" not in value:
            return {"shown": value["digest"], **{key: item for key, item in value.items() if key != "digest"}}
        return value


class ReviewAnswer(Answer):
    """An approver's answer to a review; `action` is the new proposal of an `edit`."""

    answer: Literal["approve", "edit", "reject"]
    reason: str = ""
    action: Action | None = None


class UserQuestion(Record):
    """The agent's question to its user. A yes grants exactly `requests`; the wording grants nothing."""

    kind: Literal["ask_user"] = "ask_user"
    run: str
    step: int
    question: str
    page: str = ""
    requests: tuple[ConsentRequest, ...] = ()


class UserAnswer(Answer):
    """The user's answer; `text` is what they said besides."""

    answer: Literal["yes", "no"]
    text: str = ""


class Approver(Protocol):
    """Answers for people. Write another one to ask in a chat, a ticket, or a page."""

    async def review(self, request: ReviewRequest) -> ReviewAnswer:
        """May this action go on?"""
        ...

    async def ask(self, question: UserQuestion) -> UserAnswer:
        """Does the user give leave for everything that the question lists?"""
        ...


def what_approval_cannot_lift(verdict: Verdict, authority: Authority) -> tuple[str, ...]:
    """Why an approval would not be enough: one line for each policy that it cannot lift.

    An approval lifts a violated policy only where the policy's text lets consent lift it, and an undecided one or
    an error always; and only policies of no higher authority than the approver's.
    """
    reasons = []
    for finding in verdict.findings:
        if finding.enforcement != "enforce":
            continue
        if finding.status == "violated" and not finding.consent_lifts:
            reasons.append(f"{finding.policy_id} forbids it, and its text leaves no room for an approval")
        elif not outranks(authority, finding.authority):
            reasons.append(f"{finding.policy_id} stands on the authority of the {finding.authority}, above {authority}")
    known = {finding.policy_id for finding in verdict.findings}
    reasons += [
        f"{policy} was violated, and the verdict does not say how" for policy in verdict.violated if policy not in known
    ]
    return tuple(reasons)


class AskDenied:
    """Nobody can be asked, and that means no."""

    async def review(self, request: ReviewRequest) -> ReviewAnswer:
        return ReviewAnswer(answer="reject", shown=request.digest(), reason="nobody could be asked")

    async def ask(self, question: UserQuestion) -> UserAnswer:
        return UserAnswer(answer="no", shown=question.digest(), text="Nobody could be asked.")


class Approval(Record):
    """One prepared answer: this effect, on this target, with these values."""

    effect: Effect
    target: str
    values: dict[str, str] = Field(default_factory=dict)
    answer: Literal["yes", "no"]
    reason: str = ""

    def covers(self, request: ConsentRequest) -> bool:
        """Equal effect and values, and equal target ignoring case."""
        same_target = self.target.strip().casefold() == request.target.strip().casefold()
        return same_target and self.effect == request.effect and self.values == request.values


class ApprovalsFile(Record):
    """Prepared answers, from a JSON file: `{"approvals": [{"effect", "target", "values", "answer", "reason"}]}`.

    A question is granted only if a yes covers every item that it lists and no entry says no to one.
    """

    approvals: tuple[Approval, ...]

    @classmethod
    def load(cls, path: Path) -> ApprovalsFile:
        """Read the file. Blocking. Raises InputError with one clear line when it is missing or wrong."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"the approvals file {path} could not be read: {error}") from error
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise InputError(f"the approvals file {path} is wrong at {place or 'the top'}: {first['msg']}") from error

    async def review(self, request: ReviewRequest) -> ReviewAnswer:
        items = tuple(
            ConsentRequest.model_validate({"effect": effect, "target": request.target, "values": request.values})
            for effect in request.effects
            if effect not in REVERSIBLE_EFFECTS
        )
        granted, reason = self._answer(items)
        if request.error is not None:
            # The prepared yes was for an act that the guard could judge; it knows nothing of what went wrong since.
            granted, reason = False, f"no prepared answer covers an error: {request.error}"
        if granted and request.can_approve:
            return ReviewAnswer(answer="approve", shown=request.digest(), reason=reason)
        return ReviewAnswer(answer="reject", shown=request.digest(), reason=reason)

    async def ask(self, question: UserQuestion) -> UserAnswer:
        granted, reason = self._answer(question.requests)
        return UserAnswer(answer="yes" if granted else "no", shown=question.digest(), text=reason)

    def _answer(self, items: tuple[ConsentRequest, ...]) -> tuple[bool, str]:
        reasons = []
        for item in items:
            entries = [entry for entry in self.approvals if entry.covers(item)]
            refused = next((entry for entry in entries if entry.answer == "no"), None)
            if refused is not None or not entries:
                why = refused.reason if refused is not None else ""
                return False, why or f"no prepared yes covers: {item.effect} {item.target}"
            reasons.append(entries[0].reason)
        return bool(items), "; ".join(reason for reason in reasons if reason)


class TerminalApprover:
    """Asks the person at the terminal; progress goes to stderr, so stdout stays clean for `--json`.

    The end of the input (Ctrl-D) is no answer, and that means no.
    """

    async def review(self, request: ReviewRequest) -> ReviewAnswer:
        with _Typed() as typed:
            return await asyncio.to_thread(self._review, request, cast("TextIO", typed))

    async def ask(self, question: UserQuestion) -> UserAnswer:
        with _Typed() as typed:
            return await asyncio.to_thread(self._ask, question, cast("TextIO", typed))

    def _review(self, request: ReviewRequest, typed: TextIO) -> ReviewAnswer:
        from rich.console import Console
        from rich.prompt import Confirm, Prompt
        from rich.text import Text

        console = Console(stderr=True)
        console.rule("Review")
        console.print(Text(describe_review(request)))
        try:
            if request.can_approve and Confirm.ask("Let it go on?", default=False, console=console, stream=typed):
                return ReviewAnswer(answer="approve", shown=request.digest())
            reason = Prompt.ask("Why not? The agent is told", default="", console=console, stream=typed)
        except EOFError:
            reason = "nobody answered"
        return ReviewAnswer(answer="reject", shown=request.digest(), reason=reason)

    def _ask(self, question: UserQuestion, typed: TextIO) -> UserAnswer:
        from rich.console import Console
        from rich.prompt import Confirm, Prompt
        from rich.text import Text

        console = Console(stderr=True)
        console.rule("The agent asks")
        console.print(Text(describe_question(question)))
        yes, text = False, ""
        try:
            if question.requests:
                yes = Confirm.ask("Do you agree to everything listed?", default=False, console=console, stream=typed)
            else:
                text = Prompt.ask("Your answer", default="", console=console, stream=typed)
        except EOFError:
            text = "Nobody answered."
        return UserAnswer(answer="yes" if yes else "no", shown=question.digest(), text=text)


class _Typed:
    """Lines typed at the terminal, for rich to read. A thread that waits for one is let go when the asking is over."""

    def __init__(self) -> None:
        self._over = False

    def __enter__(self) -> _Typed:
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True

    def readline(self) -> str:
        """The next line. Raises EOFError when there will be none."""
        while not self._over:
            if select.select([sys.stdin], [], [], 0.1)[0]:
                line = sys.stdin.readline()
                if not line:
                    break
                return line
        raise EOFError


def describe_review(request: ReviewRequest) -> str:
    """The review in plain lines, as a terminal or a chat shows it."""
    lines = [
        f"Action: {request.action.type} {request.target}",
        f"Page:   {request.title} {request.page}",
        f"Would change: {request.would_change or 'nothing that is known'}",
    ]
    lines += [f"{name}: {value}" for name, value in request.values.items()]
    lines += [f"Policy {f.policy_id} ({f.status}): “{f.clause}” — {f.source}" for f in request.policies]
    lines += [line for line in (request.explanation, request.error) if line]
    lines += [f"Cannot be approved: {reason}" for reason in request.cannot_lift]
    return "\n".join(map(one_line, lines))


def describe_question(question: UserQuestion) -> str:
    """The question in plain lines, with exactly what a yes would grant."""
    lines = [question.question]
    if question.requests and question.page:
        lines.append(f"On {question.page}:")
    for item in question.requests:
        values = ", ".join(f"{name}: {value}" for name, value in item.values.items())
        within = f", in {' > '.join(item.within)}" if item.within else ""
        lines.append(f"- {item.effect}: {item.target}{within}" + (f" ({values})" if values else ""))
    return "\n".join(map(one_line, lines))
