"""Situations made in one line, for tests of what the Utility Agent makes of them."""

from __future__ import annotations

from typing import Any

from harmonyguard.policies.atom import Atom, AtomKind, Comparison
from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.cedar import CompiledPolicies
from harmonyguard.policies.policy import Policy, Source
from harmonyguard.policies.rule import Rule
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import (
    Action,
    ActionType,
    ConsentRequest,
    Effect,
    Element,
    Event,
    Form,
    Grant,
    Observation,
    Proposal,
    Situation,
    Task,
)
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.facts.answers import answer, facts_of

SITE = "https://desk.example"


def button(name: str, **more: Any) -> Element:
    return Element(ref="t", role="button", name=name, **more)


def link(name: str, url: str) -> Element:
    return Element(ref="t", role="link", name=name, url=url)


def field(name: str, **more: Any) -> Element:
    return Element(ref="t", role="textbox", name=name, **more)


def situation(
    target: Element | None = None,
    *,
    type: ActionType = "click",
    value: str | None = None,
    url: str | None = None,
    goal: str = "",
    at: str = f"{SITE}/tickets/7",
    title: str = "",
    text: str = "",
    others: tuple[Element, ...] = (),
    fields: dict[str, str] | None = None,
    method: str = "post",
    tool: str | None = None,
    arguments: dict[str, Any] | None = None,
    history: tuple[Event, ...] = (),
    **more: Any,
) -> Situation:
    """One act on one page. With `fields`, the target stands in a form that holds these values."""
    forms: tuple[Form, ...] = ()
    if target is not None and fields is not None:
        target = target.model_copy(update={"form": "f"})
        forms = (Form(id="f", action=f"{SITE}/tickets/7/form", method=method, fields=fields),)
    action = Action(
        type="tool_call" if tool else type,
        ref=target.ref if target is not None and tool is None and type != "goto" else None,
        value=value,
        url=url,
        name=tool,
        arguments=arguments or {},
    )
    page = Observation(url=at, title=title, text=text, elements=(*others, *((target,) if target else ())), forms=forms)
    start = more.pop("start", f"{SITE}/")
    return Situation(
        task=Task(goal=goal, url=start), observation=page, proposal=Proposal(action=action), history=history, **more
    )


def act(target: Element | None = None, **more: Any) -> Act:
    return Act(situation(target, **more))


def fact(
    of: Act, kind: AtomKind, term: str = "", op: Comparison | None = None, value: str | None = None
) -> bool | None:
    """The answer to one question about an act."""
    return answer(of, Atom(kind=kind, term=term, op=op, value=value))


def said(text: str) -> Event:
    return Event(type="user_message", text=text)


def asked(text: str) -> Event:
    return Event(type="ask_user", text=text)


def clicked(name: str, **more: Any) -> Event:
    return Event(type="click", element_name=name, **more)


def tool_output(text: str) -> Event:
    return Event(type="tool_output", text=text)


def grant(effect: Effect, target: str, used_by: str | None = None, **values: str) -> Grant:
    request = ConsentRequest(effect=effect, target=target, values=values)
    return Grant(request=request, question="May I?", step=1, used_by=used_by)


def policy(text: str, identity: str = "p1", rule: Rule | None = None, **more: Any) -> Policy:
    source = Source(document="rules.md", sha256="0" * 64, quote=text)
    return Policy(
        id=identity, description=text, sources=(source,), rule=compile_rule(text) if rule is None else rule, **more
    )


def book(*texts: str) -> PolicyBook:
    return PolicyBook.of(policy(text, f"p{number}") for number, text in enumerate(texts, 1))


def judged(text: str, act: Act) -> bool | None:
    """What the rule of a text makes of an act. True: violated for certain; False: kept for certain; None: open."""
    rule = compile_rule(text)
    bounds = CompiledPolicies([policy(text, rule=rule)]).bounds(facts_of(act, rule.atoms()))
    return True if "p1" in bounds.certain else None if "p1" in bounds.possible else False
