"""The name of a question tells which question it is, whatever words are in it."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policies.atom import ATOM_KINDS, Atom, Comparison, atom_of

from .format_examples import words

any_atom = st.builds(
    Atom,
    kind=st.sampled_from(ATOM_KINDS),
    term=words | words.map(lambda w: f"{w} is {w}"),
    op=st.none() | st.sampled_from(get_args(Comparison)),
    value=st.none() | words,
)


@given(any_atom)
def test_a_key_names_its_question_and_no_other(atom: Atom) -> None:
    assert atom_of(atom.key) == atom


def test_common_keys_read_as_words() -> None:
    assert Atom(kind="effect", term="delete").key == "effect:delete"
    assert Atom(kind="field", term="status", op="is", value="closed").key == "field:status is closed"
    assert Atom(kind="judged", term="the amount is trivial").key == "judged:the amount is trivial"


def test_a_field_called_like_a_comparison_is_another_question() -> None:
    assert (
        Atom(kind="field", term="status is closed").key
        != Atom(kind="field", term="status", op="is", value="closed").key
    )


@pytest.mark.parametrize("key", ["effect", "efect:delete", "", ':["a"'])
def test_what_names_no_question_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="kind of question"):
        atom_of(key)
