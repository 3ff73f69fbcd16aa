"""The offline language pipeline for unstructured, which by itself downloads a spaCy model at run time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODALS = frozenset("can cannot could may might must need shall should will would".split())
VERBS = frozenset(
    """is are was were be been has have had do does did use uses used apply applies include includes ask asks provide
    provides require requires required report reports share send keep store delete access follow ensure obtain contact
    make makes made take get give protect encrypt log install connect notify review approve confirm verify""".split()
)


def tag(text: str) -> str:
    """A Penn Treebank tag for a word: coarse, and enough for unstructured to tell sentences from titles."""
    word = text.casefold()
    if word in MODALS:
        return "MD"
    if word in VERBS:
        return "VB"
    if len(word) > 4 and word.endswith("ed"):
        return "VBD"
    if len(word) > 5 and word.endswith("ing"):
        return "VBG"
    return "NN" if word.isalpha() else "SYM"


_all_prose = ContextVar("all_prose", default=False)


@contextmanager
def all_prose() -> Iterator[None]:
    """While this lasts, here and in no other thread, unstructured takes every text of a page for prose.

    Whether a text is a sentence or a few words makes no difference to us, and parsing all of them to find out takes
    longer than everything else that it does with a page.
    """
    _let_prose_be_given()
    token = _all_prose.set(True)
    try:
        yield
    finally:
        _all_prose.reset(token)


@cache
def _let_prose_be_given() -> None:
    from unstructured.partition.html import parser

    found_out: Callable[..., bool] = vars(parser)["is_possible_narrative_text"]

    def is_narrative(text: str, *arguments: Any, **options: Any) -> bool:
        return _all_prose.get() or found_out(text, *arguments, **options)

    setattr(parser, "is_possible_narrative_text", is_narrative)  # noqa: B010


@cache
def use_offline_pipeline() -> None:
    """Put a blank English pipeline with a sentencizer and a small tagger in the place of unstructured's model.

    Takes effect once for the process; its telemetry and its notice are turned off as well. Without this the
    partitioners fail with no network, and the PDF one returns nothing.
    """
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("SCARF_NO_ANALYTICS", "true")
    os.environ.setdefault("UNSTRUCTURED_DISABLE_NOTICE", "1")
    import spacy
    from unstructured.nlp import tokenize

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    pipeline = _Tagged(nlp)
    for name in ("_get_nlp", "_process_cached", "word_tokenize", "pos_tag", "_tokenize_for_cache"):
        clear = getattr(getattr(tokenize, name, None), "cache_clear", None)
        if clear is not None:
            clear()
    setattr(tokenize, "_get_nlp", lambda: pipeline)  # noqa: B010


class _Tagged:
    """A spaCy pipeline that tags after parsing, so that no component enters spaCy's global registry."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    @property
    def max_length(self) -> int:
        return self._nlp.max_length

    def __call__(self, text: str) -> Doc:
        doc = self._nlp(text)
        for token in doc:
            setattr(token, "tag_", tag(token.text))  # noqa: B010
        return doc

    def __getattr__(self, name: str) -> Any:
        return getattr(self._nlp, name)
