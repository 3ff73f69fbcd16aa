"""Sentences that are split here are those that the segmenter finds."""

from __future__ import annotations

import pysbd  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonyguard.policy_agent.grammar.sentences import is_plain, segments, sentences

WORDS = st.sampled_from(
    "staff Agents must not do it no. e.g. Inc dept approval 3 45 section U.S. it's rules, limits; (see above)".split()
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4).map(
    lambda parts: ". ".join(part[:1].upper() + part[1:] for part in parts) + "."
)


def by_pysbd(text: str) -> list[str]:
    found = [str(one).strip() for one in pysbd.Segmenter(language="en", clean=False).segment(text)]
    return [one for one in found if one]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_same_sentences_as_the_segmenter(text: str) -> None:
    assert [one.strip() for one in segments(text) if one.strip()] == by_pysbd(text)
    if is_plain(text):
        assert list(sentences(text)) == by_pysbd(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Staff must knock. Visitors must wait.", True),
        ("Staff must knock, e.g. at noon. Visitors must wait.", False),
        ("Staff of Acme Inc. Boston must knock.", False),
        ("Staff must knock (always. And loud).", False),
        ('"Knock." Staff must do it.', False),
        ("Knock 3. Then wait.", False),
    ],
)
def test_only_what_is_certain_is_split_without_it(text: str, plain: bool) -> None:
    assert is_plain(text) is plain
