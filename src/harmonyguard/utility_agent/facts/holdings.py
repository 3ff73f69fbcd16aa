"""What named values tell of whether somebody is or has something: "boating_licence: true", "Membership: gold".

The words of a policy and the name of a value share their stems, and need not be equal: "a valid boating licence" is
told by "boating_licence", "verified students" by "student_status: verified".
"""

from __future__ import annotations

from collections.abc import Iterable

from harmonyguard.policies.kinship import covers, related
from harmonyguard.policies.words import STOP_WORDS, normalise, stem, words

_YES = frozenset({"true", "yes", "y", "on"})
_NO = frozenset({"false", "no", "n", "off", "none", "null", "nil", "n/a", ""})
_LACKING = frozenset(
    stem(word)
    for word in """expired missing lapsed revoked suspended inactive invalid unverified rejected cancelled pending ended
    blocked closed incomplete not never""".split()
)
"""Values that say that the thing named is not there, or does not count."""

HAVING = frozenset(
    stem(word)
    for word in """have hold own possess carry keep live lie stay be bought buy complete completed pass passed finish
    finished get obtain obtained take taken undergone file record currently already yet proof copy account""".split()
)
"""Words between somebody and what they have, which name nothing themselves."""

_PEOPLE = frozenset(
    stem(word)
    for word in """user customer client guest patient person people reader student member owner buyer passenger
    applicant caller subscriber driver visitor holder shopper learner resident tenant anyone those""".split()
)
_SOFT = frozenset(stem(word) for word in "valid current active full own proper home country status official".split())
"""Words that a flag of a thing says along: a flag "licence: true" is that of a valid one."""

_NAMING = frozenset(
    stem(word) for word in "is has status state flag tier level type class rank standing group role kind".split()
)
"""Words in the name of a value that say what kind of value it is, not of what."""


def told_of(pairs: Iterable[tuple[str, str]], phrase: str) -> bool | None:
    """Does somebody or something with these named values have or be what the phrase says? None where none tells."""
    wanted = _wanted(phrase)
    if not wanted:
        return None
    read = tuple(pairs)
    answers = {_told_by(label, value, wanted) for label, value in read} - {None}
    answers = answers or {is_flag(value) for label, value in read if _abbreviates(label, phrase)} - {None}
    return answers.pop() if len(answers) == 1 else None


def _abbreviates(label: str, phrase: str) -> bool:
    """One is short for the other: rules name values as profiles do, and profiles tell them in full."""
    return _is_short_for(label, phrase) or ("_" in phrase and _is_short_for(phrase, label))


def _is_short_for(label: str, phrase: str) -> bool:
    """ "vacc" is short for "vaccinated users", "dr_lic" for "driving licence", "dl" for "driver's licence"."""
    short = [word for word in words(label) if stem(word) not in _NAMING]
    every = [word for word in words(phrase) if word not in STOP_WORDS]
    telling = [word for word in every if stem(word) not in _PEOPLE | HAVING | _SOFT]
    initials = "".join(word[0] for word in words(phrase) if word not in STOP_WORDS)
    if len(initials) > 1 and short == [initials]:
        return True
    return any(_begin(short, full) for full in (telling, every))


def _begin(short: list[str], full: list[str]) -> bool:
    least = _SHORTEST if len(short) == 1 else _SHORTEST - 1
    begun = all(len(one) >= least and word.startswith(one) for one, word in zip(short, full, strict=False))
    return begun and 0 < len(short) <= len(full)


_SHORTEST = 3
"""Letters by which one word tells another that begins with them."""


def value_of(pairs: Iterable[tuple[str, str]], phrase: str) -> str | None:
    """The one number under a name that holds all these words, or is made of some of them ("fines_due" for "fines")."""
    wanted = _wanted(phrase)
    read = [(frozenset(stem(word) for word in words(label)), value) for label, value in pairs]
    found = {value for named, value in read if wanted and named and (covers(named, wanted) or covers(wanted, named))}
    numbers = {value for value in found if any(c.isdigit() for c in value) and not any(c.isalpha() for c in value)}
    return numbers.pop() if len(numbers) == 1 else None


def _wanted(phrase: str) -> frozenset[str]:
    told = _at_home(frozenset(stem(word) for word in words(phrase) if word not in STOP_WORDS))
    return (told - HAVING - _PEOPLE) or (told - HAVING)


_HOME_COUNTRY = frozenset(map(stem, ("home", "country")))
_DOMESTIC = frozenset({stem("domestic")})


def _at_home(told: frozenset[str]) -> frozenset[str]:
    """ "In the home country" is domestic."""
    return told - _HOME_COUNTRY | _DOMESTIC if told >= _HOME_COUNTRY else told


def _told_by(label: str, value: str, wanted: frozenset[str]) -> bool | None:
    named = _at_home(frozenset(stem(word) for word in words(label) if word not in STOP_WORDS))
    things, said = named - _NAMING, frozenset(map(stem, words(value)))
    flag = is_flag(value)
    if not things:
        return True if named and said and covers(said, wanted) else None
    if not covers(wanted, things):
        return flag if flag is not None and covers(things, wanted) else None
    rest = wanted - related(wanted, things) - (_NAMING if things != named else frozenset())
    if flag is not None:
        return flag if rest <= _SOFT else None
    if said & _LACKING:
        return bool(rest) and covers(said, rest)
    if not rest:
        return True
    return True if covers(said, rest) else None


def is_flag(value: str) -> bool | None:
    """What a value says that is yes or no; None for any other."""
    plain = normalise(value)
    return True if plain in _YES else False if plain in _NO else None
