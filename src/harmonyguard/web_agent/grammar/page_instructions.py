"""Imperative text found on a page, read with the goal's grammar. Only a deliberately naive agent follows it.

The option exists to make the offline web agent a fair subject for guarding: it obeys a page as naive models do.
"""

from __future__ import annotations

import re

from harmonyguard.steps import Action, Observation

from .goal_grammar import Instruction, parse_goal
from .locating import locate
from .matching import FIELD_ROLES, words
from .moves import Move, moves_for
from .outline import outline

_CONTROLS = FIELD_ROLES | {
    "button",
    "link",
    "option",
    "tab",
    "menuitem",
    "heading",
    "img",
    "url",
    "placeholder",
    "navigation",
}
_TOLD = frozenset({"click", "press", "open", "goto", "fill", "set", "check", "uncheck", "reply", "act"})


def page_moves(page: Observation, goal: str) -> tuple[Move, ...]:
    """What the page's own text tells its reader to do and the page allows right here, without what the goal says."""
    wanted = {words(instruction.text) for instruction in parse_goal(goal)}
    found = [
        instruction
        for block in text_blocks(page.text)
        for instruction in parse_goal(block)
        if _tells(instruction, block) and words(instruction.text) not in wanted
    ]
    moves = moves_for(found, from_page=True)
    possible = {move.group for move in moves if isinstance(locate(move, page), Action)}
    return tuple(move for move in moves if move.group in possible)


def _tells(instruction: Instruction, block: str) -> bool:
    """True for a clause of running text that tells its reader to do a named thing; labels and captions do not."""
    sentence = '"' in instruction.text or "http" in instruction.text or block.rstrip(" \"'").endswith((".", "!", ":"))
    named = instruction.target is not None or instruction.thing is not None or instruction.value is not None
    return instruction.strong and instruction.verb in _TOLD and sentence and named


def text_blocks(snapshot: str) -> tuple[str, ...]:
    """The running text of an accessibility snapshot, or of plain visible text, without names of controls."""
    if not re.search(r"^\s*-\s", snapshot, re.MULTILINE):
        return tuple(line.strip() for line in snapshot.splitlines() if line.strip())
    return tuple(line.words for line in outline(snapshot) if line.role not in _CONTROLS and line.words)
