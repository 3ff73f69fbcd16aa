"""The offline web agent: a deterministic program that follows an imperative goal on the pages it is shown.

It is no model and does not pretend to be one. It keeps no memory: what is done is read from the history of the view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag

from harmonyguard.steps import Action, ActionType, Event, Observation, Proposal
from harmonyguard.web_agent.agent import View

from .answers import answer_to
from .confirming import confirming
from .exploring import dismissal, reveal, shows_more
from .following import Dropped, Followed, follow
from .goal_grammar import parse_goal
from .locating import locate, navigation
from .moves import Move, moves_for
from .page_instructions import page_moves
from .progress import Progress, considered, end_of_form, end_of_group, on_the_way, progress_of
from .satisfied import Satisfied

_WAYS = 6
"""How many acts on the way to one move are tried before the agent gives the move up."""
_LOOKS = 20
"""The same for acts that only show more of the page: tabs, folded sections, pages of a list."""
_MAY_BE_HIDDEN = frozenset({"click", "open"})
"""Moves for whose element a page is looked through."""


@dataclass(frozen=True)
class Step:
    """A proposal in the making: the action, why, and the move it serves (index in the goal's moves, or None)."""

    action: Action
    reasoning: str
    index: int | None = None


class GrammarAgent:
    """The offline web agent.

    With `follow_page_instructions` it also does, once, what the text of a page tells its reader to do, as naive
    models do; for the demo and the benchmarks only.
    """

    def __init__(self, follow_page_instructions: bool = False) -> None:
        self._follow_page_instructions = follow_page_instructions

    @property
    def name(self) -> str:
        """How reports call this agent."""
        return "offline"

    async def propose(self, view: View) -> Proposal:
        """The next action towards the goal. Always has one: `finish` or `report_infeasible` when nothing is left."""
        step = self.next_step(view)
        return Proposal(action=step.action, reasoning=step.reasoning, by=self.name)

    def next_step(self, view: View) -> Step:
        """The pure part of `propose`."""
        goal = moves_for(parse_goal(view.task.goal))
        told = page_moves(view.observation, view.task.goal) if self._follow_page_instructions else ()
        progress = progress_of(goal, view.history, page_moves=told)
        if told and considered(view.history, told, view.observation.url):
            told = ()
        planned = Plan(view, goal, told, progress)
        if view.rejected is None:
            return planned.first()
        return planned.after(view.rejected)


@dataclass(frozen=True)
class Plan:
    """The moves of the goal and of the page against one view."""

    view: View
    goal: tuple[Move, ...]
    told: tuple[Move, ...]
    progress: Progress

    def first(self) -> Step:
        """The next act when nothing was rejected."""
        if self.told:
            done = progress_of(self.told, self.view.history)
            for move in self.told[done.next :]:
                action = locate(move, self.page)
                if isinstance(action, Action):
                    return Step(action, f"The page says: {move.quote}")
        return self.goal_step(self.progress.next)

    def after(self, rejected: Proposal) -> Step:
        """The next act after a rejected proposal: what guidance says, else what comes after the rejected act."""
        from_page = self._is_told(rejected.action)
        index = self._index_of(rejected.action)
        followed = follow(self.view, rejected, known=index is not None or from_page, from_page=from_page)
        if isinstance(followed, Followed):
            return Step(followed.action, followed.reasoning, index)
        if from_page:
            return self.goal_step(self.progress.next)
        if index is None:
            return self._give_up(rejected)
        if self.goal[index].kind in ("set", "check", "uncheck"):
            return self.goal_step(end_of_form(self.goal, index) if isinstance(followed, Dropped) else index + 1)
        return self.goal_step(end_of_group(self.goal, index))

    def goal_step(self, start: int) -> Step:
        """The act for the first move from `start` on that is open."""
        said: list[str] = []
        for index in range(start, len(self.goal)):
            move = self.goal[index]
            if move.kind == "say":
                answer = answer_to(move.value or "", self.page)
                if answer is None:
                    return self._infeasible(move, "the page does not say it")
                said.append(answer)
                if all(later.kind == "say" for later in self.goal[index + 1 :]):
                    continue
                return Step(Action(type="send_msg_to_user", value=said[-1]), f"The task says: {move.quote}", index)
            found = locate(move, self.page, self._times(move) if index == self.progress.next else 0)
            if isinstance(found, Satisfied):
                continue
            if isinstance(found, Action):
                if _failed(self.progress.strays, found, self.page):
                    return self._infeasible(move, "it was tried and failed")
                return Step(confirming(found, self.view), f"The task says: {move.quote}", index)
            on_the_way = self._towards(move)
            if on_the_way is not None:
                return Step(on_the_way, f"On the way to: {move.quote}", index)
            if move.optional:
                continue
            return self._infeasible(move, "the page does not offer it")
        return self._finish(said)

    @property
    def page(self) -> Observation:
        return self.view.observation

    def _times(self, move: Move) -> int:
        """How often a move about several has acted already, or how many pages of a list were gone through for it."""
        if move.every or move.kind != "click":
            return self.progress.times
        return sum(event.type == "click" and shows_more(event.element_name or "") for event in self.progress.strays)

    def _towards(self, move: Move) -> Action | None:
        """One step of navigation towards a page that may have what the move needs."""
        strays = self.progress.strays
        record = self._record_of(move)
        if record is not None:
            return record
        shown = reveal(self.page, strays) if move.kind in _MAY_BE_HIDDEN and len(strays) < _LOOKS else None
        if shown is not None:
            return shown
        if strays == () and self.view.history and self.view.history[-1].type in ("hover", "fill"):
            # What opens at a touch or while typing takes a moment.
            return Action(type="wait", value="700")
        if len(strays) >= _WAYS:
            return None
        tried = frozenset(event.element_name or "" for event in strays if event.type == "click")
        if self._led_astray(move):
            return Action(type="go_back")
        link = navigation((*move.things, *(move.names if move.kind == "open" else ())), self.page, tried=tried)
        if link is not None:
            return Action(type="click", ref=link.ref)
        away = None if move.optional else dismissal(self.page, strays)
        if away is not None:
            return away
        start = self.view.task.url
        if move.optional or start is None or _same_page(start, self.page.url):
            return None
        again = self.view.history[1:]
        went = any(event in again and event.type == "goto" and _same_page(event.url or "", start) for event in strays)
        return None if went else Action(type="goto", url=start)

    def _record_of(self, move: Move) -> Action | None:
        """The row or card of the record that an act is about, once: what can be done with it shows when it is open."""
        if move.kind != "click" or move.context is None:
            return None
        opening = locate(Move("open", names=(move.context,)), self.page)
        tried = {event.element_name for event in self.progress.strays if event.type == "click"}
        if not isinstance(opening, Action):
            return None
        target = self.page.element(opening.ref)
        return None if target is None or target.name in tried else opening

    def _led_astray(self, move: Move) -> bool:
        """True when acts that were not on the way to `move`, a page's instructions, led away and nothing led back."""
        strays = self.progress.strays
        away = 0
        for place, event in enumerate(strays):
            after = strays[place + 1].url if place + 1 < len(strays) else self.page.url
            if event.type == "go_back":
                away = max(0, away - 1)
            elif event.type == "goto":
                away = 0 if _same_page(event.url or "", self.view.task.url or "") else away + 1
            elif event.type == "click" and not on_the_way(move, event):
                away += 0 if _same_page(event.url or "", after or "") else 1
        return away > 0

    def _is_told(self, action: Action) -> bool:
        return any(locate(move, self.page) == action for move in self.told)

    def _index_of(self, action: Action) -> int | None:
        """The goal's move that a rejected action served."""
        plain = action.model_copy(update={"accept_dialogs": ()})
        for index in range(self.progress.next, len(self.goal)):
            move = self.goal[index]
            found = locate(move, self.page)
            if found == plain or (move.kind == "say" and action.type == "send_msg_to_user"):
                return index
            if found is None and self._towards(move) == action:
                return index
        if action.type in ("ask_user", "fill", "select_option") and self.progress.next < len(self.goal):
            return self.progress.next
        return None

    def _left_out(self) -> list[str]:
        """What the task asked for and no act carried out, once each."""
        acts = ("set", "check", "uncheck", "click", "submit")
        missing = [
            move.quote
            for index, move in enumerate(self.goal)
            if move.kind in acts
            and not move.optional
            and index not in self.progress.done
            and not isinstance(locate(move, self.page), Satisfied)
        ]
        return list(dict.fromkeys(missing))

    def _give_up(self, rejected: Proposal) -> Step:
        why = self.view.guidance[0].text if self.view.guidance else "the last proposal was rejected"
        if rejected.action.type == "report_infeasible":
            return Step(Action(type="finish", value=f"Stopped: {why}"), "Nothing is left to do.")
        return Step(Action(type="report_infeasible", value=f"The task cannot be done: {why}"), "Nothing else is left.")

    def _infeasible(self, move: Move, why: str) -> Step:
        text = f"I could not do this part of the task: {move.quote.rstrip('.')} ({why})."
        return Step(Action(type="report_infeasible", value=text), why)

    def _finish(self, said: Sequence[str]) -> Step:
        if not self.goal:
            text = "I could not read an instruction in the task."
            return Step(Action(type="report_infeasible", value=text), "The task holds no instruction I can read.")
        left = [quote.rstrip(".") for quote in self._left_out() if quote not in self.progress.refused]
        parts = list(said) or ["Done." if not left else f"Not carried out: {'; '.join(left)}."]
        if said and left:
            parts.append(f"Not carried out: {'; '.join(left)}.")
        parts.extend(f"Not done, because you declined: {quote.rstrip('.')}." for quote in self.progress.refused)
        # A task of which a part was left out is not done, and must not read as if it were.
        ends: ActionType = "report_infeasible" if left or self.progress.refused else "finish"
        return Step(Action(type=ends, value=" ".join(parts)), "Every instruction of the task is dealt with.")


def _same_page(left: str, right: str) -> bool:
    return urldefrag(left)[0].rstrip("/") == urldefrag(right)[0].rstrip("/")


def _failed(strays: Sequence[Event], action: Action, page: Observation) -> bool:
    """True when this act was already carried out twice with an error."""
    target = page.element(action.ref)
    name = None if target is None else target.name
    same_act = [e for e in strays if e.error is not None and e.type == action.type and e.element_name == name]
    return len(same_act) >= 2
