"""Walking the tokens of a Cedar statement."""

from __future__ import annotations

import re

from harmonyguard.steps import InputError

from .cedar_scanner import Token

_ESCAPE = re.compile(r"\\(?:u\{(?P<code>[0-9a-fA-F]{1,6})\}|x(?P<byte>[0-7][0-9a-fA-F])|(?P<sign>.))", re.DOTALL)
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\", '"': '"', "'": "'"}


class TokenReader:
    """Walks the tokens of a statement. Every complaint names the line."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def token(self) -> Token:
        """The token that comes next; the last one when all were read."""
        return self._tokens[min(self._at, len(self._tokens) - 1)]

    @property
    def next_is(self) -> str:
        """The text of the next token, "" when there is none."""
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def ahead(self, number: int) -> tuple[str, ...]:
        """The texts of the next tokens, fewer at the end."""
        return tuple(token.text for token in self._tokens[self._at : self._at + number])

    def take(self) -> Token:
        """The next token, read."""
        token = self.token
        self._at += 1
        return token

    def takes(self, text: str) -> bool:
        """Read the next token if it is `text`."""
        if self.next_is != text:
            return False
        self._at += 1
        return True

    def expect(self, text: str) -> None:
        """Read `text`. Raises InputError when something else comes."""
        if not self.takes(text):
            raise self.complaint(f"“{text}” is missing in front of “{self.token.text}”")

    def complaint(self, words: str) -> InputError:
        """An error at the next token."""
        return InputError(f"line {self.token.line}: {words}")

    def string(self) -> str:
        """The next token as the text of a string."""
        if self.token.kind != "string":
            raise self.complaint(f"“{self.token.text}” stands where a string is needed")
        return unescape(self.take())


def unescape(token: Token) -> str:
    """What a Cedar string says."""

    def said(match: re.Match[str]) -> str:
        code = match["code"] or match["byte"]
        if code is not None and int(code, 16) < 0x110000 and not 0xD800 <= int(code, 16) < 0xE000:
            return chr(int(code, 16))
        if match["sign"] not in _SIGNS:
            raise InputError(f"line {token.line}: {match.group()} is no escape of a Cedar string")
        return _SIGNS[match["sign"]]

    return _ESCAPE.sub(said, token.text[1:-1])
