"""Works out from the history which moves are done, refused or passed over. All memory is the history itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag

from harmonyguard.steps import MESSAGES, Element, Event

from .control_phrases import ControlPhrase
from .exploring import shows_more
from .matching import THRESHOLD, same, score
from .moves import Move
from .pressing import of_kind

_TALK = frozenset({"user_message", "agent_message", "user_profile", "tool_output"})
_YES = (
    "yes",
    "y",
    "ok",
    "okay",
    "sure",
    "approved",
    "granted",
    "go ahead",
    "please do",
    "agreed",
    "confirmed",
    "allowed",
)
_ENTRIES = frozenset({"fill", "select_option", "check", "uncheck", "click"})
_BY_PAGE = frozenset({"choose", "copy_labelled", "complete", "slide"})
"""Moves of which only the page shows whether they are done."""


@dataclass(frozen=True)
class Progress:
    """Where a list of moves stands.

    `next` is the index of the first move that is not behind; `done` those that an act carried out; `strays` are the
    acts since the last move was done (navigation on the way, questions, a page's instructions); `refused` are the
    quotes of what the user declined; `times` counts the acts for the next move, when it is about several elements.
    """

    next: int = 0
    done: frozenset[int] = frozenset()
    strays: tuple[Event, ...] = ()
    refused: tuple[str, ...] = ()
    times: int = 0


def progress_of(moves: Sequence[Move], history: Sequence[Event], *, page_moves: Sequence[Move] = ()) -> Progress:
    """Replays the history against the moves.

    An act counts for the first move at or after the place reached that it carries out exactly; what lies between
    was passed over. The move at the place itself also counts as done when its field got another value, as guidance
    may have asked for. Acts that carry out one of `page_moves` do not count. Entries count no more once an address
    was opened before they were sent, as it is when a run goes on after a crash.
    """
    at = 0
    strays: list[Event] = []
    refused: list[str] = []
    done: set[int] = set()
    times = 0
    question: Event | None = None
    for event in history:
        if event.type in _TALK:
            if event.type == "user_message" and question is not None:
                if not says_yes(event.text or ""):
                    at, quote = _after_refusal(moves, at, question.text or question.value or "")
                    refused.extend(quote)
                question = None
            continue
        if event.type == "ask_user":
            question = event
            strays.append(event)
            continue
        if event.error is None and not any(_done(move, event) for move in page_moves):
            reach = len(_reachable(moves, at)) if _on_the_way(moves, at, event) else len(moves) - at
            hit = next((i for i in range(at, at + reach) if _done(moves[i], event)), None)
            if hit is None and at < len(moves) and any(_nearly(m, event) for m in _reachable(moves, at)):
                hit = at + [_nearly(m, event) for m in _reachable(moves, at)].index(True)
            if hit is not None:
                done.add(hit)
                stays = moves[hit].every or moves[hit].kind in _BY_PAGE
                times = times + 1 if stays and hit == at else int(stays)
                at, strays = hit if stays else hit + 1, []
                continue
            if event.type == "goto":
                at = _unsent(moves, at, done)
        strays.append(event)
    return Progress(next=at, done=frozenset(done), strays=tuple(strays), refused=tuple(refused), times=times)


def considered(history: Sequence[Event], page_moves: Sequence[Move], url: str) -> bool:
    """True when an act on this page already chose something other than what the page told: its text was read."""
    here = urldefrag(url)[0]
    return any(
        urldefrag(event.url or "")[0] == here
        and event.type not in _TALK
        and event.type not in ("goto", "go_back", "go_forward")
        and not any(_done(move, event) for move in page_moves)
        for event in history
    )


def says_yes(answer: str) -> bool:
    """True when a user's answer is a yes."""
    text = answer.strip().casefold().lstrip("\"'")
    return any(text == yes or text.startswith((f"{yes} ", f"{yes},", f"{yes}.", f"{yes}!", f"{yes}:")) for yes in _YES)


def end_of_group(moves: Sequence[Move], index: int) -> int:
    """The index after the last move of the instruction that `index` belongs to."""
    group = moves[index].group
    while index < len(moves) and moves[index].group == group:
        index += 1
    return index


def end_of_form(moves: Sequence[Move], index: int) -> int:
    """The index after the button that would send the form which the field at `index` belongs to."""
    index += 1
    while index < len(moves) and moves[index].kind in ("set", "check", "uncheck"):
        index += 1
    sends = index < len(moves) and moves[index].kind in ("submit", "click", "press") and bool(moves[index].fields)
    return index + 1 if sends else index


def _unsent(moves: Sequence[Move], at: int, done: set[int]) -> int:
    """The place before the entries that were not sent yet: opening an address again loads the form anew."""
    while at > 0 and at - 1 in done and moves[at - 1].kind in ("set", "check", "uncheck"):
        at -= 1
        done.discard(at)
    return at


def _after_refusal(moves: Sequence[Move], at: int, question: str) -> tuple[int, list[str]]:
    """Passes over the instruction that the refused question was about: the first whose control it names."""
    named = [i for i in range(at, len(moves)) if any(score(question, name) >= THRESHOLD for name in moves[i].names)]
    index = named[0] if named else at
    if index >= len(moves):
        return at, []
    return end_of_group(moves, index), [moves[index].quote]


def _reachable(moves: Sequence[Move], at: int) -> Sequence[Move]:
    """The move at this place, and those after it that stand behind optional ones only."""
    end = at
    while end < len(moves) and moves[end].optional:
        end += 1
    return moves[at : end + 1]


def on_the_way(move: Move, event: Event) -> bool:
    """True when this act follows a navigation link towards the page that `move` needs."""
    names = (*move.things, *(move.names if move.kind == "open" else ()))
    return event.type == "click" and any(score(event.element_name or "", name) >= THRESHOLD for name in names)


def _on_the_way(moves: Sequence[Move], at: int, event: Event) -> bool:
    return any(on_the_way(move, event) for move in _reachable(moves, at))


def _done(move: Move, event: Event) -> bool:
    """True when this act carries out this move exactly."""
    name = event.element_name or ""
    match move.kind:
        case "search_for":
            return event.type == "fill" and _named(move, name) and same(event.value or "", move.value or "")
        case "set":
            if move.control is not None and event.type == "fill" and same(event.value or "", move.value or "\n"):
                return True
            if event.type not in _ENTRIES:
                return False
            if move.source is not None or not move.value:
                return event.type == "fill" and (not move.names or _named(move, name))
            if event.type in ("click", "check", "uncheck"):
                return event.element_role in ("radio", "checkbox", "switch") and (
                    same(name, move.value or "") or _named(move, name)
                )
            return (
                _named(move, name) and same(event.value or "", move.value or "")
                if move.names
                else (event.value is not None and (event.value == move.value or event.type == "fill"))
            )
        case "choose":
            values = [word for word in (event.value, name) if word]
            return event.type in _ENTRIES and any(score(move.value or "", word) >= THRESHOLD for word in values)
        case "copy_labelled" | "slide":
            return event.type == "fill"
        case "complete":
            return event.type == "fill" or (
                event.type == "click" and name.casefold().startswith((move.value or " ").casefold())
            )
        case "hover":
            return event.type == "hover" and _named(move, name)
        case "expand":
            return event.type == "click"
        case "wait":
            return event.type == "wait"
        case "scroll":
            return event.type == "scroll" or (event.type == "press" and (event.value or "").startswith("Control+"))
        case "check" | "uncheck":
            if not move.names:
                return event.type in (move.kind, "click") and event.element_role in ("checkbox", "radio", "switch")
            return event.type in (move.kind, "click") and _named(move, name, shorter=True)
        case "click" | "submit" | "open" | "open_form" | "confirm":
            if event.type == "press" and move.kind == "submit":
                return (event.value or "").casefold() == "enter"
            if move.extreme is not None or not move.names:
                return (
                    event.type == "click"
                    and not shows_more(name)
                    and (move.control is None or _of_role(move.control, event))
                )
            named = _named(move, name) or (move.bare is not None and same(name, move.bare))
            return event.type in ("click", "dblclick") and named and _in_place(move, event)
        case "goto":
            return event.type == "goto" and urldefrag(event.url or "")[0].rstrip("/") == (move.value or "").rstrip("/")
        case "press":
            return event.type == "press" and same(event.value or "", move.value or "")
        case "go_back":
            return event.type == "go_back"
        case "say":
            return event.type == "send_msg_to_user" and bool(move.value) and (event.value or event.text or "") != ""


def _of_role(control: ControlPhrase, event: Event) -> bool:
    """True when the event's element is of the kind that the goal speaks of."""
    if event.element_role is None:
        return False
    typed = "text" if control.kind in ("text", "textarea") else None
    return of_kind(control.kind, Element(ref="", role=event.element_role, input_type=typed)) or typed is not None


def _nearly(move: Move, event: Event) -> bool:
    """True when this act can only have been meant for this move: another value in its field, its form's only button."""
    if move.kind == "set":
        return event.type in ("fill", "select_option") and _named(move, event.element_name or "", shorter=True)
    return move.kind == "submit" and event.type == "click" and event.element_role == "button"


def _named(move: Move, name: str, *, shorter: bool = False) -> bool:
    return any(score(name, wanted, shorter=shorter) >= THRESHOLD for wanted in move.names)


def _in_place(move: Move, event: Event) -> bool:
    """A navigation link is not the form's button: opening and pressing do not count for each other."""
    if move.kind in ("submit", "confirm"):
        return event.element_role in (None, "button")
    return event.type not in MESSAGES
