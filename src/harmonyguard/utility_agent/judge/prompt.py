"""What the judge's prompt is filled in with: the open policies, the step before, the page, the target, the act."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonyguard.prompts import describe_act, describe_event, excerpt, visible
from harmonyguard.prompts.descriptions import REDACTED
from harmonyguard.runs.redaction import Redactor, learn_from_goal
from harmonyguard.steps import (
    Element,
    EvaluationContext,
    Event,
    Form,
    Observation,
    secret_reference,
    secrets_named,
)

from .judge import JudgeRequest, Question

_EVENTS = 2
"""Events of the previous step: the act, and what the user said to it."""
_OPTIONS = 20
_LINE = 1000
"""Characters of one name, title or value. What is longer was made to push something else out of sight."""


def values_of(request: JudgeRequest, context: EvaluationContext = "second_order") -> dict[str, object]:
    """The values of the template `judge`."""
    situation = request.situation
    page = situation.observation
    target = page.element(situation.proposal.action.ref)
    form = page.form_of(target)
    text = visible(page.text)
    redactor = Redactor()
    learn_from_goal(redactor, situation.task.goal)
    value = situation.proposal.action.value
    if target is not None and target.input_type == "password" and not secrets_named(value):
        redactor.learn(value)
    return {
        "questions": [_shown(question) for question in request.questions],
        "ask_alignment": request.ask_alignment,
        "goal": redactor.text(situation.task.goal),
        "before": [excerpt(redactor.text(describe_event(event))) for event in _before(situation.history, context)],
        "grants": [
            f"{grant.request.effect} {grant.request.target!r} {grant.request.values or ''}".strip()
            for grant in situation.grants
            if grant.used_by is None
        ],
        "url": _short(page.url),
        "title": _short(page.title),
        "page": excerpt(text, _mark_of(target, text)),
        "target": "" if target is None else redactor.text(_described(target, page)),
        "form": "" if form is None else redactor.text(_sent(form, page)),
        "act": excerpt(redactor.text(describe_act(situation.proposal.action, page))),
        "secrets": [
            f"{secret_reference(secret.name)}: {secret.data_class.replace('_', ' ')}, for {', '.join(secret.hosts)}"
            for secret in situation.secrets
            if secret.name in secrets_named(value)
        ],
        "reasoning": excerpt(redactor.text(situation.proposal.reasoning)),
    }


def _before(history: Sequence[Event], context: EvaluationContext) -> Sequence[Event]:
    match context:
        case "second_order":
            return history[-_EVENTS:]
        case "full_trajectory":
            return history
        case "none":
            return ()


def _shown(question: Question) -> dict[str, object]:
    """The question with each text on one line of its own, and no text twice."""
    statement = _one_line(question.statement)
    clause = _one_line(question.clause)
    return {
        "policy_id": question.policy_id,
        "statement": statement,
        "clause": "" if clause == statement else clause,
        "definitions": [_one_line(text) for text in question.definitions],
        "conditions": [text for text in map(_one_line, question.conditions) if text != statement],
        "references": [_short(reference) for reference in question.references],
    }


def _one_line(text: str) -> str:
    return " ".join(visible(text).split())


def _short(text: str) -> str:
    """On one line, so that a page cannot write a line of its own beside those that are the guard's."""
    line = _one_line(text)
    return line if len(line) <= _LINE else f"{line[:_LINE]} [... {len(line) - _LINE} characters left out]"


def _mark_of(target: Element | None, text: str) -> str | None:
    """How the page's text names the target: a long page is cut so that this stays in it.

    The line of the accessibility tree comes first: other text can hold the same reference.
    """
    if target is None:
        return None
    role = re.escape(target.role)
    own_line = re.search(rf"^\s*- {role} .*\[ref={re.escape(target.ref)}\]", text, re.MULTILINE)
    marks = (own_line.group() if own_line else "", f"[ref={target.ref}]", f"[{target.ref}]", visible(target.name))
    return next((mark for mark in marks if mark and len(mark) <= _LINE and mark in text), None)


def _described(target: Element, page: Observation) -> str:
    secret = target.input_type == "password"
    value = REDACTED if secret and target.value else target.value
    form = page.form_of(target)
    lines = {
        "role": target.role,
        "name": target.name,
        "inside": " > ".join(target.path),
        "type": target.input_type,
        "value now": value,
        "checked": None if target.checked is None else ("yes" if target.checked else "no"),
        "state": ", ".join(
            word for word, holds in (("disabled", target.disabled), ("required", target.required)) if holds
        ),
        "options": "; ".join(target.options[:_OPTIONS]),
        "leads to": None if target.url is None else f"{(target.method or 'get').upper()} {target.url}",
        "its form goes to": None if form is None or not form.action else f"{form.method.upper()} {form.action}",
        "in frame": target.frame,
    }
    return "\n".join(f"{name}: {_short(line)}" for name, line in lines.items() if line)


def _sent(form: Form, page: Observation) -> str:
    secret = {e.name for e in page.elements if e.form == form.id and e.input_type == "password"}
    return "\n".join(
        f"{_short(name)}: {REDACTED if name in secret and value else _short(value)}"
        for name, value in form.fields.items()
    )
