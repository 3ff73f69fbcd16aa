"""Text made comparable: the same folding on the side of policies and on the side of pages."""

from __future__ import annotations

import re
from functools import lru_cache

from .disguises import undisguised

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_VOWELS = "aeiou"

STOP_WORDS = frozenset(
    """a an the this that these those any every all each some no of for from in on at to into onto with by as or and
    nor but is are be been being was were it its their them they he she his her your you our we us my me i such other
    which who whom whose when where while if then than so do does did not never without will would shall should can
    could may might must have has had there here also only just please about via per own same one ones up out
    i'll i'm i'd i've you're you'll we'll we're it's let's don't doesn't""".split()
)
"""Words that carry no subject of their own."""


def normalise(text: str) -> str:
    """NFKC, nothing invisible, no loose marks, look-alikes read as Latin, case-folded, white space folded."""
    if text.isascii():  # nothing to compose, nothing invisible: most of what pages hold
        return " ".join(text.casefold().split())
    return " ".join(undisguised(text).casefold().split())


def words(text: str) -> list[str]:
    """The words of a text in order, normalised; identifiers are taken apart ("sign_up", "deleteUser")."""
    return [*(_words_of_label(text) if len(text) <= LABEL else _words(text))]


def _words(text: str) -> tuple[str, ...]:
    apart = _CAMEL.sub(" ", text if text.isascii() else undisguised(text))
    plain = normalise(apart.replace("_", " ").replace("’", "'")).replace("e-mail", "email")
    return tuple(_TOKEN.findall(plain))


LABEL = 300
"""Characters up to which a text is remembered: names, terms and sentences are read again and again, pages are not."""

_words_of_label = lru_cache(maxsize=16384)(_words)


def stems(text: str) -> list[str]:
    """The stems of the words of a text, in order."""
    return [*(_stems_of_label(text) if len(text) <= LABEL else map(stem, words(text)))]


@lru_cache(maxsize=16384)
def _stems_of_label(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(text))


def subject_stems(text: str) -> frozenset[str]:
    """The stems that say what a text is about: no stop words, nothing of one letter."""
    return _subject_of_label(text) if len(text) <= LABEL else _subject_stems(text)


def _subject_stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if word not in STOP_WORDS and len(word) > 1)


_subject_of_label = lru_cache(maxsize=16384)(_subject_stems)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A crude English stem: plural, past and progressive forms fall together ("deletes", "deleting" → "delet")."""
    word = word.removesuffix("'s").removesuffix("’s")
    word = _IRREGULAR.get(word, word)
    for suffix, replacement in (("sses", "ss"), ("ies", "y"), ("ied", "y")):
        if word.endswith(suffix) and len(word) > len(suffix) + 1:
            return _trim(word.removesuffix(suffix) + replacement)
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for suffix in ("ing", "ed"):
        base = word.removesuffix(suffix)
        if base != word and len(base) > 2 and any(c in _VOWELS for c in base):
            return _trim(base)
    return _trim(word)


def _trim(word: str) -> str:
    """One consonant for two, in every form alike ("add", "adding"; "cancel", "cancelled"), and no last "e"."""
    if len(word) > 2 and word[-1] == word[-2] and word[-1] not in "aeiousz":
        return word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


_IRREGULAR = {
    form: verb
    for verb, forms in {
        "send": "sent",
        "sell": "sold",
        "buy": "bought",
        "make": "made",
        "pay": "paid",
        "write": "written wrote",
        "give": "given gave",
        "tell": "told",
        "hide": "hidden",
        "withdraw": "withdrawn withdrew",
        "show": "shown",
        "overwrite": "overwritten",
        "spend": "spent",
        "build": "built",
        "choose": "chosen chose",
        "take": "taken",
        "say": "said",
        "leave": "left",
        "find": "found",
        "rent": "rented",
        "lend": "lent",
        "forget": "forgotten",
        "go": "goes went gone",
        "bring": "brought",
        "catch": "caught",
        "draw": "drawn drew",
        "freeze": "frozen froze",
        "hold": "held",
        "keep": "kept",
        "lay": "laid",
        "lose": "lost",
        "rewrite": "rewritten",
        "see": "seen saw",
        "steal": "stolen",
        "throw": "thrown threw",
        "undertake": "undertaken",
        "undo": "undone",
    }.items()
    for form in forms.split()
} | {f"{word}s": word for word in "movie cookie selfie calorie hoodie rookie pie tie lie die".split()}
"""Past forms that no suffix tells, and plurals of what ends in "ie"."""


def contains_phrase(text: str, phrase: str) -> bool:
    """True when the stems of `phrase` stand in `text` one after the other."""
    whole, part = stems(text), stems(phrase)
    return bool(part) and any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))
