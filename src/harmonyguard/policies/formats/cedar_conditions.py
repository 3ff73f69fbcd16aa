"""What stands between the braces of a `when` or an `unless`, read from tokens.

Only what a rule can say is read: questions to the two sets of the context, `!`, `&&`, `||`, `true` and `false`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .cedar_formula import Formula, Of, Question, deny
from .cedar_tokens import TokenReader

METHODS: dict[str, Of] = {"contains": "all", "containsAll": "all", "containsAny": "any"}
"""How a set is asked, and whether all or any of the keys must be in it."""


def read_condition(tokens: TokenReader) -> Formula | Question:
    """The formula in braces that comes next. Raises InputError, naming what cannot be translated."""
    tokens.expect("{")
    part = _expression(tokens, "}")
    tokens.expect("}")
    return part


def _expression(tokens: TokenReader, end: str) -> Formula | Question:
    part = _chain(tokens, "||", "any", lambda: _chain(tokens, "&&", "all", lambda: _operand(tokens)))
    if tokens.next_is != end:
        raise tokens.complaint(f"“{tokens.next_is}” cannot be translated into a rule")
    return part


def _chain(tokens: TokenReader, operator: str, of: Of, operand: Callable[[], Formula | Question]) -> Formula | Question:
    parts = [operand()]
    while tokens.takes(operator):
        parts.append(operand())
    return parts[0] if len(parts) == 1 else Formula(of, tuple(parts))


def _operand(tokens: TokenReader) -> Formula | Question:
    denied = False
    while tokens.takes("!"):
        denied = not denied
    part = _primary(tokens)
    return deny(part) if denied else part


def _primary(tokens: TokenReader) -> Formula | Question:
    if tokens.takes("true"):
        return Formula("all")
    if tokens.takes("false"):
        return Formula("any")
    # Cedar's own formatter writes `(context.holds).contains(...)`.
    bracketed = tokens.ahead(3) == ("(", "context", ".") and tokens.ahead(5)[4:] == (")",)
    if bracketed or tokens.next_is == "context":
        return _question(tokens, bracketed=bracketed)
    if tokens.takes("("):
        part = _expression(tokens, ")")
        tokens.expect(")")
        return part
    raise tokens.complaint(f"“{tokens.next_is}” cannot be translated: a rule asks context.holds and context.excuses")


def _question(tokens: TokenReader, *, bracketed: bool) -> Formula | Question:
    if bracketed:
        tokens.expect("(")
    tokens.expect("context")
    asked = _attribute(tokens)
    if asked not in ("holds", "excuses"):
        raise tokens.complaint(f"context.{asked} is an unknown attribute: there are context.holds and context.excuses")
    if bracketed:
        tokens.expect(")")
    tokens.expect(".")
    line, method = tokens.token.line, tokens.take().text
    if method not in METHODS:
        raise tokens.complaint(f"“{method}” cannot be translated: a rule asks with contains, containsAny, containsAll")
    tokens.expect("(")
    keys = [tokens.string()] if method == "contains" else [*_strings(tokens)]
    tokens.expect(")")
    parts = tuple(Question(key, asked, line) for key in keys)
    return parts[0] if method == "contains" else Formula(METHODS[method], parts)


def _attribute(tokens: TokenReader) -> str:
    if tokens.takes("["):
        name = tokens.string()
        tokens.expect("]")
        return name
    tokens.expect(".")
    return tokens.take().text


def _strings(tokens: TokenReader) -> Iterator[str]:
    tokens.expect("[")
    while not tokens.takes("]"):
        yield tokens.string()
        if tokens.next_is != "]":
            tokens.expect(",")
