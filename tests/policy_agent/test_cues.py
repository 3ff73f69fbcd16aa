"""Looking for a pattern's words first changes none of its matches."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policy_agent.grammar import asides, vocabulary
from harmonyguard.policy_agent.grammar.cues import CuedPattern, alternatives, cued, cues_of

PIECES = (
    "must not may never İs is are ſhall shall to only be up two reserved for the a no one alone. , ; in of under "
    "circumstances agree not contact us please see had THAT had been it's prohibited K\u212aeep exactly"
).split()
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=30)


def _span(found: re.Match[str] | None) -> tuple[int, int] | None:
    return None if found is None else found.span()


def _cued(module: ModuleType) -> list[tuple[str, CuedPattern]]:
    return [(name, value) for name, value in vars(module).items() if isinstance(value, CuedPattern)]


@pytest.mark.parametrize(("name", "pattern"), _cued(vocabulary) + _cued(asides))
@given(text=TEXTS)
def test_the_patterns_of_the_grammar_find_what_re_finds(name: str, pattern: CuedPattern, text: str) -> None:
    plain = re.compile(pattern.pattern, pattern.flags)
    assert [found.span() for found in pattern.finditer(text)] == [found.span() for found in plain.finditer(text)]
    assert _span(pattern.search(text)) == _span(plain.search(text))
    assert _span(pattern.match(text)) == _span(plain.match(text))


@given(text=st.text(alphabet="abcAK\u212akſsS -", max_size=12))
@pytest.mark.parametrize("pattern", ["ab|kc(?:a|b)?|s[ab]c", r"(?:a|bc) ?k", r"(?!ab)\bsa+|b(?=c)c", "(?P<x>ab)|ck"])
def test_any_pattern_finds_what_re_finds(pattern: str, text: str) -> None:
    spans = [found.span() for found in re.finditer(pattern, text, re.I)]
    assert [found.span() for found in cued(pattern).finditer(text)] == spans
    assert cued(pattern).sub("-", text) == re.sub(pattern, "-", text, flags=re.I)


@pytest.mark.parametrize(
    ("pattern", "cues"),
    [
        ("must|shall", {"must", "shall"}),
        (r"\b(?:may|can) not\b", {"may not", "can not"}),
        (r"\bno \w+ may\b", {" may"}),
        ("s?", None),
        (r"\w+ing", {"ing"}),
    ],
)
def test_cues_are_what_every_match_holds(pattern: str, cues: set[str] | None) -> None:
    assert cues_of(pattern) == cues


def test_alternatives_are_cut_outside_of_groups_and_classes() -> None:
    assert alternatives(r"a|(b|c)|[|)]d|e\|f|[]|]g") == ["a", "(b|c)", "[|)]d", r"e\|f", "[]|]g"]
