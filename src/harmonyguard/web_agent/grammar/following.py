"""Follows the guidance that came with a rejected proposal, where it names a next step."""

from __future__ import annotations

from dataclasses import dataclass

from harmonyguard.steps import Action, Guidance, Observation, Proposal, Suggestion
from harmonyguard.web_agent.agent import View

from .goal_grammar import parse_goal, statements
from .locating import entry, field_of, locate
from .matching import THRESHOLD, TYPED_ROLES, score
from .moves import moves_for
from .page_instructions import text_blocks

_ORDER: tuple[Suggestion, ...] = (
    "follow_task",
    "stay_on_site",
    "skip",
    "tell_user",
    "do_first",
    "leave_empty",
    "use_value",
    "ask_user",
    "finish",
)
"""Prohibitions first: asking leave for something that another policy forbids outright would be idle."""


@dataclass(frozen=True)
class Dropped:
    """Guidance says that the rejected instruction must not be carried out at all."""


@dataclass(frozen=True)
class Followed:
    """The act that guidance leads to."""

    action: Action
    reasoning: str


def headline(page: Observation) -> str:
    """What a page says in short, for a message to the user: its title and its first words."""
    blocks = [block for block in text_blocks(page.text) if len(block.split()) > 2]
    status = f" (HTTP {page.status})" if page.status is not None and page.status >= 400 else ""
    return f'The page "{page.title}"{status} says: {" ".join(blocks[:2])[:300]}'.rstrip(": ")


def follow(view: View, rejected: Proposal, *, known: bool, from_page: bool = False) -> Followed | Dropped | None:
    """The act that the guidance asks for, Dropped, or None when only the rejected act is to be passed over.

    `known` says that the rejected act serves an instruction that can be passed over; `from_page` that a page gave it.
    """
    for guidance in sorted(view.guidance, key=lambda item: _ORDER.index(item.suggestion)):
        if guidance.suggestion in ("follow_task", "stay_on_site", "skip") and known:
            return Dropped()
        if guidance.suggestion == "leave_empty" and known and _says_nothing_without(guidance, view, rejected):
            return Dropped()
        action = _act(guidance, view, rejected)
        if from_page and action is not None and action.type in ("finish", "ask_user"):
            return None
        if action is not None and action != rejected.action:
            return Followed(action, f"The guard says: {guidance.text}")
    return None


def _act(guidance: Guidance, view: View, rejected: Proposal) -> Action | None:
    match guidance.suggestion:
        case "ask_user":
            return _ask(guidance, view)
        case "tell_user":
            text = guidance.value or headline(view.observation)
            told = any(
                event.type == "send_msg_to_user" and _said(event.value, event.text) == text for event in view.history
            )
            return Action(type="finish" if told else "send_msg_to_user", value=text)
        case "use_value":
            return _enter(guidance, _value_for(guidance, view), view.observation, rejected)
        case "leave_empty":
            return _enter(guidance, "", view.observation, rejected)
        case "do_first":
            value = _value_for(guidance, view)
            if guidance.field is not None and value is not None:
                return _enter(guidance, value, view.observation, rejected)
            return _first_act(guidance.text, view.observation)
        case "finish":
            return Action(type="finish", value=guidance.value or guidance.text)
        case "follow_task" | "stay_on_site" | "skip":
            return None


def _value_for(guidance: Guidance, view: View) -> str | None:
    """The value that guidance names, else the one that the task states for its field ("The reason is ...")."""
    if guidance.value is not None or guidance.field is None:
        return guidance.value
    wanted = guidance.field
    stated = [value for name, value in statements(view.task.goal) if score(wanted, name) >= THRESHOLD]
    return stated[0] if stated else None


def _says_nothing_without(guidance: Guidance, view: View, rejected: Proposal) -> bool:
    """True when a form would be pointless with this field empty: it is required, or the form's only text."""
    page = view.observation
    field = field_of((guidance.field,), page) if guidance.field is not None else page.element(rejected.action.ref)
    if field is None or field.role not in TYPED_ROLES:
        return False
    texts = [element for element in page.elements if element.role in TYPED_ROLES and element.form == field.form]
    return field.required or (field.form is not None and len(texts) == 1)


def _said(value: str | None, text: str | None) -> str:
    return value or text or ""


def _ask(guidance: Guidance, view: View) -> Action | None:
    """The question that guidance asks for, once: an answer that was not enough will not be better the second time."""
    request = guidance.request
    if request is None:
        wording = guidance.value or guidance.text
    else:
        values = ", ".join(f"{name}: {value}" for name, value in request.values.items())
        wording = f'May I do this: {request.effect.replace("_", " ")}, "{request.target}"' + (
            f" with {values}?" if values else "?"
        )
    asked = sum(1 for event in view.history if event.type == "ask_user" and _said(event.value, event.text) == wording)
    done = (
        0
        if request is None
        else sum(1 for e in view.history if e.type == "click" and e.error is None and e.element_name == request.target)
    )
    if asked > done:
        return None
    return Action(type="ask_user", value=wording, consents=() if request is None else (request,))


def _enter(guidance: Guidance, value: str | None, page: Observation, rejected: Proposal) -> Action | None:
    field = field_of((guidance.field,), page) if guidance.field is not None else page.element(rejected.action.ref)
    if field is None or value is None:
        return None
    action = entry(field, value)
    return action if isinstance(action, Action) else None


def _first_act(text: str, page: Observation) -> Action | None:
    for move in moves_for([item for item in parse_goal(text) if item.strong]):
        action = locate(move, page)
        if isinstance(action, Action):
            return action
    return None
