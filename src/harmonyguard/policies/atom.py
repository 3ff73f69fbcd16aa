"""The smallest thing that a rule can ask of an act: one question that is true, false or unknown.

`utility_agent.facts` answers each kind; `policies.cedar` renders it. To teach the guard a new kind of
question, add it here and answer it there.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from harmonyguard.steps import Record

AtomKind = Literal[
    "effect",
    "object",
    "act",
    "verb",
    "thing",
    "described",
    "control",
    "place",
    "host",
    "external",
    "discloses",
    "literal",
    "field",
    "value_outside_task",
    "page_instruction",
    "amount",
    "quantity",
    "count",
    "user",
    "role",
    "record",
    "page",
    "happened",
    "done",
    "tells_user",
    "consent",
    "judged",
]
"""
effect               the act does `term` (a `steps.Effect`)
object               the act is on a thing called `term` ("ticket", "customer record")
act                  the act does `term` (a `steps.Effect`) to a thing called `value`: one example of a list
verb                 the act is that of verb `term` ("rename"), or of one that means the same
thing                the act is on a thing called `term`, or may be: the page's content or the goal speak of it
described            what the act is on, or sets, is described by the words `term` ("wholesale", "visibility public")
control              the act's target is the control named `term` ("Create issue")
place                the act leads to, or is on, the part of the site named `term` ("admin", "profile page")
host                 the act leads to host `term` or below it, by label (RFC 1034)
external             the act leads to a host that this run has no business with
discloses            what the act types or sends holds data of class `term` (a `steps.DataClass`)
literal              what the act types or sends holds the literal `term`
field                the act sets, or its form would send, field `term`; with `value`: to that value
value_outside_task   the act enters a value that the task does not state
page_instruction     the act follows an instruction that comes from page or tool content, not from the user
amount               a money or number field `term` that the act sends, compared (`op`, `value`)
quantity             a number with unit `term` ("day", "kg") that the act sends or the record shows, compared
count                how often effect or control `term` already happened, compared (`op`, `value`)
user                 attribute `term` of the user, compared (`op`, `value`)
role                 the user is, by profile or own word, `term` ("team lead")
record               field `term` of the record at hand, compared (`op`, `value`)
page                 the page shows `term`: error, access_denied, login
happened             effect, control or field `term` already happened in this run
done                 what the words `term` tell of has been done in this run ("copy made", "name check")
tells_user           the act is a message to the user
consent              the user agreed to this act (this effect, target and values), not yet used
judged               condition `term`, in words, for the judge
"""

Comparison = Literal["is", "is_not", "less", "at_most", "more", "at_least"]


class Atom(Record):
    """One question. `term` says about what; `op` and `value` compare (money and numbers as decimal text)."""

    kind: AtomKind
    term: str = ""
    op: Comparison | None = None
    value: str | None = None

    @cached_property
    def key(self) -> str:
        """The name of this question in Cedar sets and in traces; equal for equal questions."""
        tail = "" if self.op is None else f" {self.op} {self.value}"
        return f"{self.kind}:{self.term}{tail}"


class Term(Record):
    """An atom, or its denial."""

    atom: Atom
    negated: bool = False
