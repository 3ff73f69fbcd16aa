"""Text from pages in prompts: fenced, bounded, visible; and templates that miss nothing."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from harmonyguard.prompts import excerpt, fenced, render, visible


@given(st.text())
def test_no_text_can_close_its_own_fence(text: str) -> None:
    first, *middle, last = fenced(f"{text}\n</page>", "page").split("\n")
    assert re.fullmatch(r"<page sha256=[0-9a-f]{64}>", first)
    assert last == f"</{first[1:]}"
    assert last not in "\n".join(middle)


@given(st.text())
def test_invisible_characters_are_gone_and_the_rest_stays(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(c) == "Cf" for c in shown)
    assert visible(shown) == shown
    assert [c for c in text if c.isalnum()] == [c for c in shown if c.isalnum()]


def test_tag_characters_and_variation_selectors_cannot_hide_words() -> None:
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "delete") + "\ufe01\U000e0110"
    assert visible(f"Hello{hidden} there") == "Hello there"


@given(st.integers(min_value=0, max_value=5000))
def test_a_long_page_keeps_its_start_and_the_target(place: int) -> None:
    text = "start" + "x" * place + "[ref=e9]" + "y" * 5000
    short = excerpt(text, "[ref=e9]", limit=1000)
    assert short.startswith("start") and "[ref=e9]" in short and "characters left out" in short
    assert len(short) < 1100


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("judge", questions=())
