"""The smallest thing that a rule can ask of an act: one question that is true, false or unknown.

`utility_agent.facts.answers` answers each kind; `policies.cedar` renders it. To teach the guard a new kind of
question, add it here and answer it there.
"""

from __future__ import annotations

import json
import re
from functools import cached_property, lru_cache
from typing import Literal, get_args

from harmonyguard.steps import Record

AtomKind = Literal[
    "effect",
    "object",
    "act",
    "verb",
    "thing",
    "described",
    "control",
    "controls",
    "place",
    "elsewhere",
    "host",
    "external",
    "discloses",
    "exposes",
    "literal",
    "field",
    "departs",
    "stands",
    "concerns",
    "value_outside_task",
    "on_record",
    "approved",
    "page_instruction",
    "amount",
    "quantity",
    "count",
    "user",
    "role",
    "record",
    "page",
    "happened",
    "latest",
    "done",
    "tells_user",
    "requested",
    "consent",
    "task",
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
controls             the act operates a control whose name speaks of `term` ("import", "user management")
place                the act leads to, or is on, the part of the site named `term` ("admin", "profile page")
elsewhere            the act leads to another part of the site than `term` ("orders / loans"), or than the task needs
host                 the act leads to host `term` or below it, by label (RFC 1034); a path in it, by segment
external             the act leads to a host that this run has no business with; with a `term`, to another than
                     the ones in it ("a.example / b.example", written as for `host`)
discloses            what the act types or sends holds data of class `term` (a `steps.DataClass`)
exposes              the same, but for fields that ask for such data; "is_not stated": beyond what the goal states
literal              what the act types or sends holds the literal `term`
field                the act sets, or its form would send, field `term`; with `value`: to that value
departs              the act sets field `term` (without a name: the one that offers the value) to another than `value`,
                     or sends a form that shows another or none; with `at_least`: without the value among others
stands               field `term` of the record at hand holds `value`, by page, tools or what this run set
concerns             the form or record that the act is on is a `term` ("new invoice", "urgent ticket")
value_outside_task   the act enters a value that the task does not state; `term` "recipient": one that says to whom
on_record            what the act hands over for `term` stands in what page and tools show ("original ..": in its)
approved             the record shows that `term` ("shift lead") approved; with `value`: in that place ("comments")
page_instruction     the act follows an instruction that comes from page or tool content, not from the user
amount               a money or number field `term` that the act sends, compared (`op`, `value`)
quantity             a number with unit `term` ("day", "kg") that the act sends or the record shows, compared
count                how often effect or control `term` already happened, compared (`op`, `value`)
user                 attribute `term` of the user, compared (`op`, `value`)
role                 the user is, by profile or own word, `term` ("team lead")
record               field `term` of the record at hand, compared (`op`, `value`)
page                 the page shows `term`: error, warning, access_denied, login, cookies; `value`: of such an act
happened             effect, control or field `term` already happened in this run
latest               the last act of this run, talk apart, was on the control or field `term`
done                 what the words `term` tell of has been done in this run ("copy made", "name check")
tells_user           the act is a message to the user
requested            the user's own words, in the task or since, ask for this act
consent              the user agreed to this act (this effect, target and values), not yet used
task                 the user's task is about `term` ("export")
judged               condition `term`, in words, for the judge
"""

SITE_SEARCH = "search of the site"
"""The name of the control by which a whole site is searched, whatever a page calls it."""

THIS_ACT = "this act"
"""The term of a `count` of how often the control or tool that the act uses was used before."""

ATOM_KINDS: tuple[AtomKind, ...] = get_args(AtomKind)

Comparison = Literal["is", "is_not", "less", "at_most", "more", "at_least"]

COMPARING: frozenset[AtomKind] = frozenset(
    {
        "act",
        "approved",
        "field",
        "departs",
        "stands",
        "amount",
        "quantity",
        "count",
        "user",
        "record",
        "page",
        "exposes",
    }
)
"""The kinds whose keys are read as comparisons where they hold one: "field:status is closed"."""

_COMPARED = re.compile(rf"(?P<term>.*?) (?P<op>{'|'.join(get_args(Comparison))}) (?P<value>.*)", re.DOTALL)


class Atom(Record):
    """One question. `term` says about what; `op` and `value` compare (money and numbers as decimal text)."""

    kind: AtomKind
    term: str = ""
    op: Comparison | None = None
    value: str | None = None

    @cached_property
    def key(self) -> str:
        """The name of this question in Cedar sets and in traces; equal for equal questions and no others."""
        return _key(self.kind, self.term, self.op, self.value)


class Term(Record):
    """An atom, or its denial."""

    atom: Atom
    negated: bool = False


def atom_of(key: str) -> Atom:
    """The question that `key` names. Raises ValueError when it names none."""
    kind, colon, tail = key.partition(":")
    if not colon or kind not in ATOM_KINDS:
        raise ValueError(f"no kind of question is called “{kind}”")
    term, op, value = _parts(kind, tail)
    return Atom.model_validate({"kind": kind, "term": term, "op": op, "value": value})


@lru_cache(maxsize=65536)
def _key(kind: AtomKind, term: str, op: Comparison | None, value: str | None) -> str:
    plain = term if op is None else f"{term} {op} {value}"
    # Words that would be read otherwise ("field" of the term "status is closed") stand as JSON.
    readable = _parts(kind, plain) == (term, op, value)
    return f"{kind}:{plain if readable else json.dumps([term, op, value], ensure_ascii=False)}"


def _parts(kind: AtomKind, tail: str) -> tuple[str, str | None, str | None]:
    if tail.startswith("["):
        try:
            term, op, value = json.loads(tail)
        except (ValueError, RecursionError):
            pass  # words that only begin like JSON
        else:
            return term, op, value
    found = _COMPARED.fullmatch(tail) if kind in COMPARING else None
    return (tail, None, None) if found is None else (found["term"], found["op"], found["value"])
