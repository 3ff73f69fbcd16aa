"""A policy file as it was read: its name, text and digest, and where a policy's own words stand in it."""

from __future__ import annotations

import hashlib
import re

from harmonyguard.policies.policy import Source
from harmonyguard.steps import InputError, Record

MAX_CHARACTERS = 20_000_000
"""How long a policy file may be: some ten thousand policies with their sources."""

_SHORT = {'"': '\\"', "\\": "\\\\", "/": "\\/", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class PolicyFile(Record):
    """The text of a file, without a byte order mark.

    `name` is the file as it was named; `sha256` digests the bytes that were read.
    """

    name: str
    text: str
    sha256: str

    @classmethod
    def of(cls, name: str, content: bytes) -> PolicyFile:
        """The file `name` with these bytes. Raises InputError when they are no UTF-8 text of a bearable length."""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"{name} cannot be read as UTF-8 text: {error}") from error
        if len(text) > MAX_CHARACTERS:
            raise InputError(f"{name} is longer than {MAX_CHARACTERS:,} characters: split it")
        return cls(name=name, text=text, sha256=hashlib.sha256(content).hexdigest())

    @property
    def base(self) -> str:
        """The name without its folders: what ids are made from, so that a file can be moved."""
        return re.split(r"[/\\\\]", self.name)[-1]

    def source(self, words: str, *, of: str, headings: tuple[str, ...] = ()) -> Source:
        """This file as the source of policy `of`, quoting `words` as they stand in it.

        JSON may hold them with escapes; then the quote has these. Raises InputError when they are not there.
        """
        quote = words if words in self.text else _escaped(words, self.text)
        if not quote.strip():
            raise InputError(f"{self.name}: the words of {of} do not stand in the file, so it has no source")
        return Source(document=self.name, sha256=self.sha256, headings=headings, quote=quote)


def _escaped(words: str, text: str) -> str:
    """`words` as the JSON `text` writes them, whichever escapes it uses; "" when it does not hold them."""
    found = re.search("".join(_written(c) for c in words), text)
    return "" if found is None else found.group()


def _written(character: str) -> str:
    units = character.encode("utf-16-be")
    code = "".join(f"\\\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
    ways = [re.escape(character), f"(?i:{code})"]
    if character in _SHORT:
        ways.append(re.escape(_SHORT[character]))
    return f"(?:{'|'.join(ways)})"
