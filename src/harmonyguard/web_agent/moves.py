"""Breaks instructions into moves, each about one element: open the record, fill the field, press the button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .goal_grammar import Instruction

MoveKind = Literal[
    "set", "check", "uncheck", "click", "submit", "open", "open_form", "goto", "press", "go_back", "say", "confirm"
]

_REPLY_FIELDS = ("reply", "message", "comment", "note", "answer", "response", "text", "body")
_SAVE = ("save changes", "save", "update", "apply", "submit", "ok")
_NEW = ("new", "create", "add", "open new")


@dataclass(frozen=True)
class Move:
    """One act to propose.

    `names` are accessible names to look for, best first; `things` are words that a navigation link to the right
    page would be named with; `group` counts instructions; `fields` are the fields that were set before in the same
    form; an `optional` move is passed over when the page does not offer it; `from_page` marks what a page told;
    `bare` is the verb alone, which a control must be named exactly ("Delete", not "Delete all").
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
            if move.kind in ("set", "check", "uncheck"):
                fields.extend(move.names[:1])
            elif move.kind not in ("press", "confirm"):
                fields.clear()
        if instruction.verb == "set" and (following is None or following.verb not in _KEEP_EDITING):
            save = Move("submit", names=_SAVE, fields=tuple(fields), optional=True)
            moves.append(_mark(save, instruction, group, from_page=from_page))
            fields.clear()
    return tuple(moves)


_KEEP_EDITING = {"set", "fill", "check", "uncheck", "click", "press", "act"}


def _mark(move: Move, instruction: Instruction, group: int, *, from_page: bool) -> Move:
    return Move(
        kind=move.kind,
        names=tuple(dict.fromkeys(name.strip() for name in move.names if name and name.strip())),
        value=move.value,
        context=move.context,
        things=move.things,
        group=group,
        quote=instruction.text,
        fields=move.fields,
        optional=move.optional,
        from_page=from_page,
        bare=move.bare,
    )


def _expand(item: Instruction, group: int, fields: tuple[str, ...]) -> list[Move]:
    target, thing, word = item.target or "", item.thing or "", item.word
    things = tuple(name for name in (item.context, thing) if name)
    match item.verb:
        case "fill" | "set":
            names: tuple[str, ...] = (target,) if target else ()
            return [Move("set", names=names, value=item.value or "", context=item.context, things=things)]
        case "check" | "uncheck":
            return [Move("check" if item.verb == "check" else "uncheck", names=(target,), things=things)]
        case "click":
            return [Move("click", names=(target,), context=item.context, things=things, fields=fields)]
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
                Move("set", names=names, value=item.value or "", things=things),
                Move("submit", names=("search", "find", "go"), fields=names),
            ]
        case "sign_in":
            user = ("username", "user name", "user", "email", "login", "account")
            return [
                Move("set", names=user, value=target, things=("log in", "sign in")),
                Move("set", names=("password",), value=item.value or ""),
                Move("submit", names=("log in", "sign in", "login", "continue"), fields=user),
            ]
        case "reply":
            opening = [Move("open", names=(f"{thing} {target}", target), things=things)] if target else []
            if not target and "@" in thing:
                opening = [Move("set", names=("to", "recipient", "email"), value=thing)]
            names = (word, *_REPLY_FIELDS)
            send = (*(f"{verb} {word}" for verb in ("send", "post", "add", "save")), "send", "post", word, "submit")
            return [
                *opening,
                Move("set", names=names, value=item.value or ""),
                Move("submit", names=send, fields=names),
            ]
        case "act":
            return _act(item, target, thing, things, fields)


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
