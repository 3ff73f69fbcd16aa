"""Random policies as files may hold them, and files made from text."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st

from harmonyguard.policies.atom import ATOM_KINDS, COMPARING, Atom, Comparison, Term
from harmonyguard.policies.formats.checks import PAGE_STATES
from harmonyguard.policies.formats.policy_file import PolicyFile
from harmonyguard.policies.policy import Category, Policy, Reference, Source
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.steps import AUTHORITIES, DATA_CLASSES, EFFECTS

# Words that would end a comment, a string or a comparison if they were written as they are.
words = st.text(max_size=12) | st.sampled_from(
    ["ticket", "status is closed", 'a "quoted" word', "x\n};\nforbid", "*/ // \\", "[1, 2]", "\u202ereversed", "\u2028"]
)
_TERMS: dict[str, Any] = {
    "effect": st.sampled_from(EFFECTS),
    "act": st.sampled_from(EFFECTS),
    "discloses": st.sampled_from(DATA_CLASSES),
    "exposes": st.sampled_from(DATA_CLASSES),
    "page": st.sampled_from(PAGE_STATES),
}


@st.composite
def atoms(draw: st.DrawFn) -> Atom:
    """Any question that the guard can answer."""
    kind = draw(st.sampled_from(ATOM_KINDS))
    term = draw(_TERMS.get(kind, words))
    if kind in COMPARING and draw(st.booleans()):
        return Atom(kind=kind, term=term, op=draw(st.sampled_from(get_args(Comparison))), value=draw(words))
    return Atom(kind=kind, term=term)


terms = st.builds(Term, atom=atoms(), negated=st.booleans())
groups = st.lists(terms, max_size=4).map(tuple)
rules = st.builds(
    Rule,
    when=st.lists(st.builds(AnyOf, terms=groups), max_size=3).map(tuple),
    unless=st.lists(st.builds(AllOf, terms=groups), max_size=2).map(tuple),
    understood=st.sampled_from(["fully", "partly", "not"]),
    remainder=st.lists(words, max_size=2).map(tuple),
)
sources = st.builds(
    Source,
    document=words,
    sha256=words,
    page=st.none() | st.integers(1, 99),
    headings=st.lists(words, max_size=2).map(tuple),
    quote=words,
)
references = st.builds(Reference, run=words, step=st.integers(0, 9), act=words, reason=words, seen_at=words)
policies = st.builds(
    Policy,
    id=st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True).filter(lambda identity: identity != "permit-all"),
    description=words,
    definitions=st.lists(words, max_size=2).map(tuple),
    scope=words,
    category=st.sampled_from(get_args(Category)),
    category_reason=words,
    risk_level=st.sampled_from(["low", "medium", "high"]),
    risk_reason=words,
    authority=st.sampled_from(AUTHORITIES),
    organization=st.none() | words,
    sources=st.lists(sources, min_size=1, max_size=2).map(tuple),
    rule=rules,
    enforcement=st.sampled_from(["enforce", "warn", "audit"]),
    owner=st.none() | words,
    effective_from=st.none() | st.dates(min_value=date(2000, 1, 1)),
    expires=st.none() | st.dates(min_value=date(2000, 1, 1)),
    references=st.lists(references, max_size=2).map(tuple),
    status=st.sampled_from(["proposed", "active", "retired"]),
)
books = st.lists(policies, min_size=1, max_size=3, unique_by=lambda policy: policy.id).map(tuple)


def file_of(text: str, name: str = "policies.txt") -> PolicyFile:
    """A file with this text."""
    return PolicyFile.of(name, text.encode("utf-8"))
