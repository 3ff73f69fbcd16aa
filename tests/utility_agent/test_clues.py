"""Clues are sound: an act that shows none of an atom's clues answers it with "no"."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from harmonyguard.policies.atom import Atom, AtomKind, Comparison
from harmonyguard.policies.cedar import CompiledPolicies
from harmonyguard.policies.index import PolicyIndex
from harmonyguard.steps import EFFECTS, Element
from harmonyguard.steps.action import NEEDS_REF
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.facts.answers import answer, facts_of
from harmonyguard.utility_agent.facts.clues import clues_of_atom, clues_shown_by

from .making import SITE, act, button, field, link, policy

WORDS = """ticket tickets Invoice invoices record any customer admin administration license licence unlicensed delete
    deleted closed myUser myuser user_name create issue settings panel area Total amount price $500 www.shop.example
    a. payment Buy ünïcode 删除 ＡＤＭＩＮ send reply item order ordered \u200bticket High high profile's""".split(" ")
texts = st.lists(st.sampled_from([word.strip() for word in WORDS]), max_size=3).map(" ".join)
hosts = st.sampled_from(
    ["desk.example", "evil.example", "shop.desk.example:8080", "desk.example:8080", "example", "", "a."]
)
urls = st.builds("https://{}/{}/{}".format, hosts, texts, texts)

elements = st.builds(
    Element,
    ref=st.just("t"),
    role=st.sampled_from(["button", "link", "textbox", "radio", "option", "searchbox", "tab", "checkbox"]),
    name=texts,
    value=st.none() | texts,
    url=st.none() | urls,
    input_type=st.sampled_from([None, "submit", "text"]),
    form=st.sampled_from([None, "f"]),
    path=st.lists(texts, max_size=2).map(tuple),
)


@st.composite
def acts(draw: st.DrawFn) -> Act:
    target = draw(st.none() | elements)
    kind = draw(
        st.sampled_from(
            [
                "click",
                "fill",
                "press",
                "select_option",
                "check",
                "goto",
                "tool_call",
                "unknown",
                "finish",
                "ask_user",
                "scroll",
            ]
        )
    )
    if target is None and kind in NEEDS_REF:
        kind = "unknown"
    return act(
        target,
        type=kind,
        value=draw(texts),
        url=draw(urls) if kind == "goto" else None,
        goal=draw(texts),
        at=draw(st.just(f"{SITE}/tickets/7") | urls),
        title=draw(texts),
        fields=draw(st.none() | st.dictionaries(texts, texts, max_size=2)),
        method=draw(st.sampled_from(["get", "post"])),
        tool=draw(texts) if kind == "tool_call" else None,
        arguments=draw(st.dictionaries(texts, texts | urls, max_size=2)) if kind == "tool_call" else None,
    )


KINDS: list[AtomKind] = [
    "effect",
    "object",
    "thing",
    "act",
    "control",
    "place",
    "host",
    "field",
    "amount",
    "literal",
    "concerns",
]


@st.composite
def atoms(draw: st.DrawFn) -> Atom:
    kind = draw(st.sampled_from(KINDS))
    if kind == "effect":
        return Atom(kind=kind, term=draw(st.sampled_from(EFFECTS)))
    if kind == "act":
        return Atom(kind=kind, term=draw(st.sampled_from(EFFECTS)), op="is", value=draw(texts))
    if kind == "host":
        return Atom(kind=kind, term=draw(hosts))
    if kind == "amount":
        return Atom(kind=kind, term=draw(texts), op="more", value="100")
    if kind == "field":
        op: Comparison | None = draw(st.sampled_from([None, "is", "is_not"]))
        return Atom(kind=kind, term=draw(texts), op=op, value=None if op is None else draw(texts))
    return Atom(kind=kind, term=draw(texts))


@settings(max_examples=200)
@given(acts(), st.lists(atoms(), min_size=10, max_size=30))
def test_without_a_clue_the_answer_is_no(given_act: Act, questions: list[Atom]) -> None:
    shown = clues_shown_by(given_act)
    for question in questions:
        for clues in clues_of_atom(question):
            if not clues & shown:
                assert answer(given_act, question) is False, f"{question.key}: {sorted(clues)} not in {sorted(shown)}"


def test_words_that_are_akin_share_their_clues() -> None:
    pairs = [(one, other) for one in WORDS for other in WORDS]
    for said, wanted in pairs:
        for given_act in (
            act(field(said), type="fill", value="x"),
            act(link(said, f"{SITE}/{said}")),
            act(button(said)),
        ):
            shown = clues_shown_by(given_act)
            for kind in ("object", "control", "place", "field"):
                question = Atom(kind=kind, term=wanted)
                if any(not clues & shown for clues in clues_of_atom(question)):
                    assert answer(given_act, question) is False, f"{question.key} of {said}"


STATEMENTS = [
    "Never delete tickets.",
    "Agents must not share customer records with anyone.",
    "The agent must ask the user for permission before creating an issue.",
    'Do not click the "Create issue" button.',
    "Do not visit the admin panel.",
    "Payments above $500 are prohibited.",
    "Do not change closed tickets.",
    "Agents must not contact evil.example.",
    "Only enter values that the task states.",
    "Agents must be kind where it matters.",
    "Users under 18 must not buy licences.",
]
BOOK = [policy(statement, f"p{i}") for i, statement in enumerate(STATEMENTS)]
INDEX, WHOLE = PolicyIndex(BOOK, clues_of_atom), CompiledPolicies(BOOK)


@settings(max_examples=150)
@given(acts())
def test_real_policies_and_acts_give_the_same_bounds_with_and_without_the_index(given_act: Act) -> None:
    found = INDEX.evaluate(clues_shown_by(given_act), lambda atom: answer(given_act, atom))
    assert found.bounds == WHOLE.bounds(facts_of(given_act, WHOLE.atoms.values()))
