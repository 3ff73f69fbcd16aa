"""Cedar text cut into tokens and statements, with limits on its depth and length.

Cedar's own parser follows nesting with its stack and crashes the process on text that nests too deeply. Nothing
that comes from outside reaches it before it has been through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harmonyguard.steps import InputError

MAX_NESTING = 20
"""Open brackets at one time. Cedar crashes from about 50 in a thread of 512 KB and 400 on the usual 8 MB."""

MAX_TOKENS = 10_000
"""Tokens of one statement, since chains of operators nest as well: a rule of some thousand questions."""

MAX_STATEMENTS = 20_000

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n\r]*)
    |(?P<string>"[^"\\]*(?:\\.[^"\\]*)*")
    |(?P<name>[^\W\d]\w*)
    |(?P<number>\d+)
    |(?P<sign>&&|\|\||::|[=!<>]=|.)""",
    re.VERBOSE | re.DOTALL,
)
_CLOSES = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True)
class Token:
    """A piece of Cedar text. `line` counts from 1; `start` and `end` are its place in the text."""

    kind: str
    text: str
    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Statement:
    """One `permit` or `forbid` with its annotations, up to its semicolon. `text` is verbatim."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def line(self) -> int:
        """Where it begins, counted from 1."""
        return self.tokens[0].line


def statements(text: str) -> tuple[Statement, ...]:
    """The statements of a Cedar text. Raises InputError, with the line, when it is cut off, nested or too long."""
    found: list[Statement] = []
    tokens: list[Token] = []
    opened: list[Token] = []
    for token in _tokens(text):
        tokens.append(token)
        if len(tokens) > MAX_TOKENS:
            raise InputError(f"line {tokens[0].line}: a policy of more than {MAX_TOKENS:,} tokens")
        if token.text in ("(", "[", "{"):
            opened.append(token)
            if len(opened) > MAX_NESTING:
                raise InputError(f"line {token.line}: brackets nested more than {MAX_NESTING} deep")
        elif token.text in _CLOSES:
            if not opened or opened.pop().text != _CLOSES[token.text]:
                raise InputError(f"line {token.line}: “{token.text}” closes nothing")
        elif token.text == ";" and not opened:
            found.append(Statement(text[tokens[0].start : token.end], tuple(tokens)))
            tokens = []
            if len(found) > MAX_STATEMENTS:
                raise InputError(f"more than {MAX_STATEMENTS:,} policies: split the file")
    if tokens:
        raise InputError(f"line {tokens[0].line}: the policy that begins here is cut off: it has no “;” at its end")
    return tuple(found)


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if match.group() == '"':
            raise InputError(f"line {line}: a string that does not end")
        if kind != "space":
            yield Token(kind, match.group(), line, match.start(), match.end())
        line += match.group().count("\n")
