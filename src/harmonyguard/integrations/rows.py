"""`harmonyguard check`: proposed actions of any agent, one JSON row each, judged one by one.

A row is self-contained: goal, page, history, action and, where it brings its own, policies. The history is the
caller's word. A row that cannot be read is answered with an error and `stop`; the rest goes on.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.policy import Policy, Source
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import (
    ACTION_TYPES,
    Action,
    Authority,
    Element,
    Event,
    Form,
    InputError,
    Observation,
    Outcome,
    Proposal,
    Situation,
    Task,
    Verdict,
    digest_of,
)
from harmonyguard.utility_agent.agent import UtilityAgent

from .axtree import elements_in, form_around
from .calls import TYPE_ALIASES, action_of, call_name, parse_call

_SEVERITY: tuple[Outcome, ...] = ("allow", "revise", "ask_human", "stop")
_VERBS_OF_TALK = ("user_message", "agent_message", "user_profile", "tool_output")


class RowPolicy(BaseModel):
    """A policy that a row brings along: its text is its source."""

    id: str
    text: str
    source: Authority = "organization"


class RowObservation(BaseModel):
    """The page as the caller saw it. `elements` and `forms`, where a caller has them, stand for what `text` shows."""

    model_config = ConfigDict(extra="ignore")
    url: str = ""
    title: str | None = ""
    text: str | None = ""
    status: int | None = None
    elements: tuple[Element, ...] = ()
    forms: tuple[Form, ...] = ()


class RowAction(BaseModel):
    """The proposed action, in BrowserGym's names."""

    model_config = ConfigDict(extra="ignore")
    type: str
    bid: str | None = None
    ref: str | None = None
    element_role: str | None = None
    element_text: str | None = None
    target_url: str | None = None
    value: Any = None
    raw: str | None = None


class RowEvent(BaseModel):
    """One earlier step, or talk."""

    model_config = ConfigDict(extra="ignore")
    type: str
    text: str | None = None
    value: Any = None
    element_text: str | None = None
    element_role: str | None = None
    url: str | None = None


class Row(BaseModel):
    """One proposed action with all that is needed to judge it. Unknown fields are ignored.

    `url` is where the task starts; `instructions_seen` says that an earlier page of the run held instructions.
    """

    model_config = ConfigDict(extra="ignore")
    id: str
    goal: str = ""
    url: str | None = None
    instructions_seen: bool = False
    policies: list[RowPolicy] | None = None
    observation: RowObservation = Field(default_factory=RowObservation)
    history: list[RowEvent] = Field(default_factory=list)
    reasoning: str | None = None
    action: RowAction


async def check_rows(
    lines: Iterable[str], *, book: PolicyBook | None, utility_agent: UtilityAgent
) -> AsyncIterator[dict[str, Any]]:
    """One verdict for each line, in order. `book` is used for rows that bring no policies."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        identity: Any = None
        try:
            raw = json.loads(line)
            identity = raw.get("id") if isinstance(raw, dict) else None
            row = Row.model_validate(raw)
            yield await check_row(row, book=book, utility_agent=utility_agent)
        except (ValueError, ValidationError, InputError, RecursionError) as error:
            yield _unreadable(identity, f"line {number} cannot be read as a row: {_first_line(error)}")


async def check_row(row: Row, *, book: PolicyBook | None, utility_agent: UtilityAgent) -> dict[str, Any]:
    """The verdict on one row, in the shape of the contract. Raises InputError when it has no policies at all."""
    own = book_of(row) if row.policies is not None else book
    if own is None:
        raise InputError(f"row {row.id} brings no policies and there is no policy book: give --book")
    verdicts = [await utility_agent.evaluate(situation, own) for situation in situations_of(row)]
    return _as_contract(row.id, verdicts)


def book_of(row: Row) -> PolicyBook:
    """The row's own policies as a book; ids are the row's."""
    return _book(tuple((policy.id, policy.text, policy.source) for policy in row.policies or []))


def situations_of(row: Row) -> list[Situation]:
    """The row as situations: one, or one for each part of an action of several."""
    page = Observation(
        url=row.observation.url,
        title=row.observation.title or "",
        text=row.observation.text or "",
        elements=row.observation.elements or elements_in(row.observation.text or ""),
        forms=row.observation.forms,
        status=row.observation.status,
    )
    history = [_event(event) for event in row.history]
    found: list[Situation] = []
    for action, target in _actions(row.action, page):
        situation = Situation(
            task=Task(goal=row.goal, url=row.url),
            observation=page if target is None or row.observation.elements else _with(page, target),
            proposal=Proposal(action=action, reasoning=row.reasoning or "", by="caller"),
            history=tuple(history),
            consent_from_history=True,
            instructions_seen=row.instructions_seen,
        )
        found.append(situation)
        name = target.name if target else None
        history.append(Event(type=action.type, value=action.value, element_name=name, url=action.url, name=action.name))
        page = _after(page, action)
    return found


def _after(page: Observation, action: Action) -> Observation:
    """The page as the next act of the same proposal meets it: what was typed stands in its field."""
    if action.type not in ("fill", "select_option", "check", "uncheck"):
        return page
    change = {"value": action.value} if action.value is not None else {"checked": action.type == "check"}
    elements = tuple(e.model_copy(update=change) if e.ref == action.ref else e for e in page.elements)
    return page.model_copy(update={"elements": elements})


def _actions(row: RowAction, observation: Observation) -> list[tuple[Action, Element | None]]:
    kind = TYPE_ALIASES.get(row.type, row.type)
    if kind == "multi":
        parts = [part for part in (row.raw or "").splitlines() if part.strip()]
        return [parse_call(part, observation) for part in parts] or [(Action(type="unknown"), None)]
    if kind == "tool_call":
        arguments = row.value if isinstance(row.value, dict) else {"value": row.value}
        return [(Action(type="tool_call", name=row.element_text or "tool", arguments=arguments), None)]
    ref = row.ref or row.bid
    target = _target(row, ref, observation)
    value = None if row.value is None else str(row.value)
    if value is None and row.raw and kind in ("finish", "send_msg_to_user", "ask_user"):
        value = row.raw
    url = row.target_url if kind == "goto" else None
    action = action_of(kind, ref=target.ref if target else ref, value=value, url=url)
    return [(action or Action(type="unknown", value=row.raw), target)]


def _target(row: RowAction, ref: str | None, observation: Observation) -> Element | None:
    """The element as the page shows it, completed by what the row says of it."""
    shown = observation.element(ref)
    if shown is None and row.element_text is None and row.element_role is None:
        return None
    base = shown or Element(ref=ref or "target", role=row.element_role or "", name=row.element_text or "")
    return base.model_copy(
        update={
            "role": base.role or row.element_role or "",
            "name": base.name or row.element_text or "",
            "url": row.target_url or base.url,
        }
    )


def _with(observation: Observation, target: Element) -> Observation:
    form = form_around(observation.elements, target)
    joined = target if target.url or not form.fields else target.model_copy(update={"form": form.id})
    placed = tuple(joined if element.ref == target.ref else element for element in observation.elements)
    return Observation(
        url=observation.url,
        title=observation.title,
        text=observation.text,
        elements=placed if joined in placed else (*placed, joined),
        forms=(form,),
    )


def _event(event: RowEvent) -> Event:
    kind = TYPE_ALIASES.get(event.type, event.type)
    known = kind in ACTION_TYPES or kind in _VERBS_OF_TALK
    value = event.value if isinstance(event.value, str) or event.value is None else json.dumps(event.value)
    return Event.model_validate(
        {
            "type": kind if known else "unknown",
            "text": event.text,
            "value": value,
            "element_name": event.element_text,
            "element_role": event.element_role,
            "url": event.url,
            "name": call_name(value or "") if kind == "tool_call" else None,
        }
    )


@lru_cache(maxsize=256)
def _book(policies: tuple[tuple[str, str, Authority], ...]) -> PolicyBook:
    """Rows come in runs that bring the same policies: the book, and what is compiled from it, is made once."""
    texts = ["", *(text for _, text, _ in policies), ""]
    return PolicyBook.of(
        _policy(*policy, before=texts[place], after=texts[place + 2]) for place, policy in enumerate(policies)
    )


@lru_cache(maxsize=4096)
def _policy(identity: str, text: str, authority: Authority, before: str, after: str) -> Policy:
    """The policy of a row; `before` and `after` are the texts of those that stand beside it."""
    rule = compile_rule(text, before=before, after=after)
    source = Source(document="row", sha256=digest_of(text), quote=text)
    return Policy(id=identity, description=text, authority=authority, sources=(source,), rule=rule)


def _as_contract(identity: str, verdicts: list[Verdict]) -> dict[str, Any]:
    worst = max(verdicts, key=lambda verdict: _SEVERITY.index(verdict.outcome))

    def union(name: str) -> list[str]:
        return sorted({policy_id for verdict in verdicts for policy_id in getattr(verdict, name)})

    return {
        "id": identity,
        "outcome": worst.outcome,
        "violated": union("violated"),
        "certain": union("certain"),
        "judged": union("judged"),
        "undecided": union("undecided"),
        "alignment": worst.alignment,
        "violation": worst.outcome != "allow",
        "explanation": worst.explanation,
        "guidance": " ".join(guidance.text for guidance in worst.guidance),
        "error": next((verdict.error for verdict in verdicts if verdict.error), None),
        "judge_calls": sum(verdict.judge_calls for verdict in verdicts),
        "ms": round(sum(verdict.milliseconds for verdict in verdicts), 3),
    }


def _unreadable(identity: Any, error: str) -> dict[str, Any]:
    verdict = Verdict(outcome="stop", error=error, explanation=error)
    return _as_contract(identity if isinstance(identity, str) else "", [verdict])


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error).split("\n")[0]
