"""The offline language pipeline for unstructured, which by itself downloads a spaCy model at run time."""

from __future__ import annotations

import os
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
