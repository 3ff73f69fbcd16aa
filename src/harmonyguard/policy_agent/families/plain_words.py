"""Wordings that say in more words what a plain ban or value says."""

from __future__ import annotations

import re

_NOT_TO_BE = re.compile(
    r"\b(?:is|are) (?:not|never) (?:allowed|permitted|able|supposed|meant|intended|authori[sz]ed) to be\b"
)


def of_what_is_done(statement: str) -> str:
    """ "The label is not allowed to be changed": what is banned is what is done to it."""
    return _NOT_TO_BE.sub("cannot be", statement)


_TO_A_VALUE = re.compile(
    r"\b(?P<field>[Ss]tatus|[Ss]tate|[Ss]tage|[Pp]riority|[Ss]everity|[Vv]isibility)\b(?P<between>[^.;,:'\"]{0,50}?)"
    r" (?:back )?(?P<to>to|at|on) (?P<value>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?=[.;,]|$)"
)


def with_quoted_values(statement: str) -> str:
    """ "Never set the status back to New": a capital says that it is a value, as quotation marks do."""
    return _TO_A_VALUE.sub(lambda one: f"{one['field']}{one['between']} {one['to']} '{one['value']}'", statement)


_LOOKS_BUT = re.compile(
    r"^(?:[\w ]+ )?(?:may|can) (?:look at|look up|view|read|open|see|search) (?P<what>[^,;.]+?),? but"
    r" (?:must not|may not|must never|cannot|can not|should not|not|never) (?P<act>[^,;.]+?) (?:them|it)(?P<rest>\.?)$",
    re.IGNORECASE,
)


def of_what_is_looked_at(statement: str) -> str:
    """ "You may look at invoices but must not pay them": invoices must not be paid, and looking is no ban."""
    return _LOOKS_BUT.sub(lambda one: f"Do not {one['act']} {one['what']}{one['rest']}", statement.strip())
