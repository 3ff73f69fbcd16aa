"""Breaks instructions into moves, each about one element: open the record, fill the field, press the button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .control_phrases import ControlPhrase
from .extremes import Extreme
from .instruction import Instruction
from .value_sources import ValueSource

MoveKind = Literal[
    "set",
    "choose",
    "search_for",
    "check",
    "uncheck",
    "copy_labelled",
    "complete",
    "slide",
    "click",
    "hover",
    "expand",
    "submit",
    "open",
    "open_form",
    "goto",
    "press",
    "scroll",
    "wait",
    "go_back",
    "say",
    "confirm",
]

_REPLY_FIELDS = ("reply", "message", "comment", "note", "answer", "response", "text", "body")
_SAVE = ("save changes", "save", "update", "apply", "submit", "ok")
_NEW = ("new", "create", "add", "open new")
ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "x": ("close", "dismiss", "\u00d7"),
    "delete": ("trash", "bin"),
    "trash": ("delete", "bin", "remove"),
    "trash icon": ("trash", "delete", "bin", "remove"),
    "star icon": ("star", "important", "flag", "favourite", "favorite"),
    "gear": ("settings", "preferences"),
    "magnifying glass": ("search",),
    "pencil": ("edit",),
}
"""What a picture on a button is called, and what its button may be called instead."""


@dataclass(frozen=True)
class Move:
    """One act to propose.

    `names` are accessible names to look for, best first; `things` are words that a navigation link to the right
    page would be named with; `group` counts instructions; `fields` are the fields that were set before in the same
    form; an `optional` move is passed over when the page does not offer it; `from_page` marks what a page told;
    `bare` is the verb alone, which a control must be named exactly ("Delete", not "Delete all"); `control`, `source`
    and `extreme` are those of the instruction.
    """

    kind: MoveKind
    names: tuple[str, ...] = ()
    value: str | None = None
    context: str | None = None
    things: tuple[str, ...] = ()
    group: int = 0
    quote: str = ""
    fields: tuple[str, ...] = ()
    optional: bool = False
    from_page: bool = False
    bare: str | None = None
    control: ControlPhrase | None = None
    source: ValueSource | None = None
    extreme: Extreme | None = None

    @property
    def every(self) -> bool:
        """True when the move is about all elements that fit: acts count for it one by one."""
        return self.control is not None and self.control.every


def moves_for(instructions: Sequence[Instruction], *, from_page: bool = False) -> tuple[Move, ...]:
    """All moves of a list of instructions, in order.

    "Set FIELD to VALUE" means that the value is to hold: after a run of such fields comes an optional save, unless
    the next instruction presses a button itself.
    """
    moves: list[Move] = []
    fields: list[str] = []
    for group, instruction in enumerate(instructions):
        following = instructions[group + 1] if group + 1 < len(instructions) else None
        for move in _expand(instruction, group, tuple(fields)):
            moves.append(_mark(move, instruction, group, from_page=from_page))
            if move.kind in ("set", "choose", "check", "uncheck"):
                fields.extend(move.names[:1])
            elif move.kind not in ("press", "confirm"):
                fields.clear()
        if instruction.verb == "set" and (following is None or following.verb not in _KEEP_EDITING):
            save = Move("submit", names=_SAVE, fields=tuple(fields), optional=True)
            moves.append(_mark(save, instruction, group, from_page=from_page))
            fields.clear()
    return tuple(moves)


_KEEP_EDITING = {"set", "fill", "choose", "check", "uncheck", "click", "press", "act"}


def _mark(move: Move, instruction: Instruction, group: int, *, from_page: bool) -> Move:
    names = tuple(dict.fromkeys(name.strip() for name in move.names if name and name.strip()))
    return replace(move, names=names, group=group, quote=instruction.text, from_page=from_page)


def _expand(item: Instruction, group: int, fields: tuple[str, ...]) -> list[Move]:
    target, thing, word = item.target or "", item.thing or "", item.word
    things = tuple(name for name in (item.context, thing) if name)
    match item.verb:
        case "fill" | "set" | "choose":
            return _fill(item, target, things)
        case "copy_labelled":
            return [Move("copy_labelled")]
        case "complete" | "slide":
            kind: MoveKind = "complete" if item.verb == "complete" else "slide"
            ends = tuple(value for _, value in item.fields)
            return [Move(kind, names=(target,), value=item.value, things=ends, control=item.control)]
        case "check" | "uncheck":
            kind = "check" if item.verb == "check" else "uncheck"
            return [Move(kind, names=(target,), things=things, control=item.control)]
        case "click":
            names = _called(item, target)
            return [
                Move(
                    "click",
                    names=names,
                    context=item.context,
                    things=things,
                    fields=fields,
                    control=item.control,
                    extreme=item.extreme,
                    bare=item.word or None,
                )
            ]
        case "expand":
            return [Move("expand", names=(target,), control=item.control)]
        case "wait" | "scroll":
            return [Move("wait" if item.verb == "wait" else "scroll", value=item.value, control=item.control)]
        case "note" | "look_around":
            return []
        case "press":
            return [Move("press", value=item.value, fields=fields)]
        case "open":
            return [
                Move(
                    "open",
                    names=(f"{thing} {target}", target) if target else (thing,),
                    context=item.context,
                    things=things,
                )
            ]
        case "goto":
            return [Move("goto", value=item.value)]
        case "go_back":
            return [Move("go_back")]
        case "tell":
            return [Move("say", value=item.value)]
        case "search":
            where = tuple(name for name in (f"search {thing}", thing) if thing)
            names = (*where, "search", "find", "look for")
            return [
                Move("search_for", names=names, value=item.value or "", things=things),
                Move("submit", names=("search", "find", "go", "submit"), fields=names),
            ]
        case "sign_in":
            user = ("username", "user name", "user", "email", "login", "account")
            return [
                Move("set", names=user, value=target, things=("log in", "sign in")),
                Move("set", names=("password",), value=item.value or ""),
                Move("submit", names=("log in", "sign in", "login", "continue"), fields=user),
            ]
        case "reply":
            opening = _opening(target, thing, things)
            if not target and "@" in thing:
                opening = [Move("set", names=("to", "recipient", "email"), value=thing)]
            names = (word, *_REPLY_FIELDS)
            send = (*(f"{verb} {word}" for verb in ("send", "post", "add", "save")), "send", "post", word, "submit")
            return [
                *opening,
                Move("open_form", names=(word, f"{word} to", f"write {word}"), fields=names, optional=True),
                Move("set", names=names, value=item.value or "", control=ControlPhrase(kind="textarea")),
                Move("submit", names=send, fields=names),
            ]
        case "forward":
            to = ("to", "recipient", "forward to", "email")
            return [
                *_opening(target, thing, things),
                Move("open_form", names=("forward",), fields=to, optional=True),
                Move("set", names=to, value=item.value or ""),
                Move("submit", names=("send", "forward"), fields=to),
            ]
        case "act":
            return _act(item, target, thing, things, fields)


def _opening(target: str, thing: str, things: tuple[str, ...]) -> list[Move]:
    return [Move("open", names=(f"{thing} {target}", target), things=things)] if target else []


def _fill(item: Instruction, target: str, things: tuple[str, ...]) -> list[Move]:
    if item.word == "path":
        # A menu opens at its first item; the last one is what is meant.
        path = [name.strip() for name in (item.value or "").split(">")]
        return [*(Move("hover", names=(name,)) for name in path[:-1]), Move("click", names=(path[-1],))]
    if item.fields:
        return [Move("set", names=(name,), value=value, things=things) for name, value in item.fields]
    value = item.value or ""
    value = value.upper() if item.word == "upper" else value.lower() if item.word == "lower" else value
    kind: MoveKind = "choose" if item.word == "select" and (not target or "," in value) else "set"
    names = (target,) if target else ()
    return [
        Move(
            kind,
            names=names,
            value=value,
            context=item.context,
            things=things,
            control=item.control,
            source=item.source,
        )
    ]


def _called(item: Instruction, target: str) -> tuple[str, ...]:
    """Names for a control, the whole phrase first: "Tab #1" before "#1"."""
    inner = "" if item.control is None else item.control.name or ""
    found = tuple(name for name in (target, inner) if name)
    return (*found, *(other for name in found for other in ALSO_CALLED.get(name.casefold(), ())))


def _act(item: Instruction, target: str, thing: str, things: tuple[str, ...], fields: tuple[str, ...]) -> list[Move]:
    word = item.word
    if item.fields:
        titles = {"title": ("title", "subject", "name"), "name": ("name", "title", "subject")}
        sets = [
            Move("set", names=(name, *titles.get(name.lower(), ())), value=value, things=things)
            for name, value in item.fields
        ]
        verbs = dict.fromkeys((*_NEW, word)) if word in ("create", "add", "make", "file", "register") else (word,)
        opening = tuple(f"{verb} {thing or target}" for verb in verbs)
        needed = tuple(name for move in sets for name in move.names)
        done = (
            *(f"{verb} {thing}" for verb in (word, "create", "add", "save", "submit")),
            word,
            "save",
            "submit",
            "send",
        )
        return [
            Move(
                "open_form", names=(*opening, word), context=target or None, things=things, fields=needed, optional=True
            ),
            *sets,
            Move("submit", names=done, fields=needed),
        ]
    plain = word in ("save", "submit", "send", "confirm", "cancel")
    names: tuple[str, ...] = (f"{word} {thing} {target}",)
    names = (*names, *(f"{word} {rest}" for rest in (target, thing) if rest))
    if not thing and not target:
        names = (*names, *ALSO_CALLED.get(word, ()))
    if word in ("create", "add") and (thing or target):
        names = (*names, *(f"{verb} {thing or target}" for verb in _NEW))
    destructive = word in ("delete", "remove", "erase", "discard")
    context = target if target and (thing or destructive) else item.context
    things = tuple(name for name in (target, *things) if name)
    if plain and fields:
        return [Move("submit", names=(*names, *_SAVE) if word in ("save", "submit") else names, fields=fields)]
    moves = [Move("click", names=names, context=context, things=things, fields=fields, bare=word)]
    if destructive:
        sure = (f"yes {word}", f"confirm {word}", "confirm", "yes", "ok", "continue", f"{word} permanently")
        moves.append(Move("confirm", names=sure, optional=True))
    return moves
