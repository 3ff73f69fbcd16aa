"""Reads an imperative goal ("Open the ticket "X". Reply "Done" and set Status to Closed.") into instructions.

A pure parser: no page, no model. What it cannot read it keeps as an `act` on a control named like the clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from . import act_readers, field_readers
from .clauses import ADDRESS, FILLERS, JOINER, PLACE, PREFIXES, REWRITES, SENTENCE
from .instruction import Instruction, Verb
from .quoted_text import clean_name, hide_quotes, is_quoted, show_quotes
from .value_sources import is_pronoun

__all__ = ["Instruction", "Verb", "parse_goal", "statements"]

_QUESTION = re.compile(r"^(?:what|which|who|whose|how|when|where|is|are|does|do|did|has|have)\b.*\?$", re.IGNORECASE)
_STATEMENT = re.compile(
    r"^(?:the|its|their|my|our) (?P<name>[\w -]+?) (?:is|are|should be|must be|will be) (?P<value>.+)$", re.IGNORECASE
)
_NO_INSTRUCTION = re.compile(
    r"^(?:the|a|an|i|we|you|he|she|it|they|this|that|these|those|there|my|our|your|his|her|their|its|if|when|while|"
    r"because|but|or|as|with|without|thanks?|hello|hi|dear|regards|note|not|no|do not|don't|never|yes|only)\b",
    re.IGNORECASE,
)
_READERS: tuple[Callable[[str], Instruction | None], ...] = (
    act_readers.look_around,
    act_readers.sign_in,
    act_readers.tell,
    act_readers.reply,
    act_readers.forward,
    field_readers.note,
    field_readers.complete,
    field_readers.slide,
    field_readers.fill,
    field_readers.set_to,
    act_readers.pick_extreme,
    field_readers.select,
    field_readers.check,
    act_readers.expand,
    act_readers.wait,
    act_readers.scroll,
    act_readers.click,
    act_readers.search,
    act_readers.open_record,
    act_readers.act,
)


def parse_goal(goal: str) -> tuple[Instruction, ...]:
    """The instructions of a goal, in order. Never raises: text without an instruction gives none."""
    hidden, quotes = hide_quotes(goal)
    found: list[Instruction] = []
    for sentence in SENTENCE.split(hidden):
        for clause in _clauses(_rewritten(sentence)):
            instruction = _read(clause)
            if instruction is not None:
                found.append(_show(instruction, clause, quotes))
    return _with_values(found)


def statements(goal: str) -> tuple[tuple[str, str], ...]:
    """What a goal states without asking for an act: ("reason", "Damaged") for `The reason is "Damaged".`"""
    hidden, quotes = hide_quotes(goal)
    found = []
    for sentence in SENTENCE.split(hidden):
        stated = _STATEMENT.match(re.sub(r"[.!?]+$", "", sentence.strip()))
        if stated is not None:
            found.append((clean_name(stated["name"]), show_quotes(stated["value"], quotes, marks=False)))
    return tuple((show_quotes(name, quotes, marks=False), value) for name, value in found)


def _rewritten(sentence: str) -> str:
    """The sentence in the plain imperative: `Use the box to enter X` asks what `Enter X into the box` asks."""
    text = sentence.strip()
    for pattern, plain in REWRITES:
        text = pattern.sub(plain, text)
    return text


def _clauses(sentence: str) -> list[str]:
    """Splits at "and" or a comma where a clause that reads on its own starts."""
    clauses = [sentence.strip()]
    start = 0
    for joint in JOINER.finditer(sentence):
        head, tail = sentence[start : joint.start()], sentence[joint.end() :]
        following = _read(JOINER.split(tail, maxsplit=1)[0])
        if not head.strip() or PLACE.match(head.strip()) or following is None or not following.strong:
            continue
        clauses[-1:] = [head.strip(), tail.strip()]
        start = joint.end()
    return [clause for clause in clauses if clause]


def _read(clause: str) -> Instruction | None:
    text = ADDRESS.sub("", clause.strip())
    text = FILLERS.sub("", text).strip().rstrip(";,")
    if _QUESTION.match(text):
        return Instruction("tell", value=text)
    text = re.sub(r"[.!?]+$", "", text).strip()
    if not text or _STATEMENT.match(text) or _NO_INSTRUCTION.match(text):
        return None
    for pattern in PREFIXES:
        found = pattern.match(text)
        if found is not None:
            inner = _read(found["rest"])
            return None if inner is None else replace(inner, context=inner.context or found["place"])
    for reader in _READERS:
        instruction = reader(text)
        if instruction is not None:
            return instruction
    return None


def _with_values(found: list[Instruction]) -> tuple[Instruction, ...]:
    """Instructions whose value is a pronoun get the source that was spoken of before; notes are then done with."""
    noted = None
    resolved = []
    for instruction in found:
        if instruction.verb == "note":
            noted = instruction.source
        elif instruction.verb == "fill" and noted is not None and is_pronoun(instruction.value or ""):
            resolved.append(replace(instruction, source=noted, value=None))
        elif instruction.verb != "look_around":
            resolved.append(instruction)
    return tuple(resolved)


def _show(instruction: Instruction, clause: str, quotes: tuple[str, ...]) -> Instruction:
    def show(text: str | None) -> str | None:
        return None if text is None else show_quotes(text, quotes, marks=not is_quoted(text))

    control, source = instruction.control, instruction.source
    return replace(
        instruction,
        text=show_quotes(clause, quotes, marks=True),
        target=show(instruction.target),
        value=show(instruction.value),
        thing=show(instruction.thing),
        context=show(instruction.context),
        fields=tuple((show(name) or "", show(value) or "") for name, value in instruction.fields),
        control=None if control is None else replace(control, name=show(control.name)),
        source=None if source is None else replace(source, name=show(source.name)),
    )
