"""Clues: cheap marks of an act without which a question is known to be answered "no" (see `policies.index`).

For every set of clues that an atom has this must hold: where the act shows none of the set, `facts.answer` is False,
and neither True nor unknown. Clues are coarser than facts on purpose; an atom that nothing tells beforehand has none.
"""

from __future__ import annotations

import re

from harmonyguard.policies.atom import SITE_SEARCH, Atom
from harmonyguard.policies.kinship import root
from harmonyguard.policies.lexicon import GENERIC_OBJECTS, objects_implied
from harmonyguard.policies.slips import spellings
from harmonyguard.policies.words import normalise, stem, stems, subject_stems, words
from harmonyguard.utility_agent.reading.addresses import path_of
from harmonyguard.utility_agent.reading.fields import is_money, sums_in

from .act import Act
from .amounts import fills_cart
from .answers import TOLD_BY_TARGET
from .descriptions import may_be_on_anything, roots_at_hand
from .kinds import clues_of_kind, roots_of_names
from .objects import stems_of_things
from .places import heads_of

_OPAQUE = "rare:opaque"
ANYTHING = "rare:anything"
"""The act may be on any thing; or a judge may find that it is, who knows other words for things than the rules."""

_MONEY = "word:$"
_TALKS = "sends:text"


def clues_of_atom(atom: Atom) -> tuple[frozenset[str], ...]:
    """The sets of clues of one question; none when it has to be asked of every act."""
    more = frozenset({_OPAQUE}) if atom.kind in TOLD_BY_TARGET else frozenset()
    return tuple(clues | more for clues in _clues_by_kind(atom))


def clues_shown_by(act: Act) -> frozenset[str]:
    """The clues that an act shows."""
    shown = {f"effect:{effect}" for effect in (*act.effects, *act.prepares, *act.chooses)}
    shown |= {_word(one) for text in _naming_texts(act) for one in stems(text)}
    shown |= {_word(one) for one in stems_of_things(act)}
    if act.target is not None:
        shown.add(f"name:{normalise(act.target.name)}")
    if act.host is not None:
        labels = act.host.partition(":")[0].split(".")
        shown |= {f"host:{'.'.join(labels[start:])}" for start in range(len(labels))}
    if (
        "purchase" in act.effects
        or fills_cart(act)
        or sums_in(act.name)
        or any(is_money(entry.field) for entry in act.entries)
    ):
        shown.add(_MONEY)
    if normalise(act.message):
        shown.add(_TALKS)
    shown |= {f"thing:{root}" for root in roots_at_hand(act) | roots_of_names(act)}
    if may_be_on_anything(act):
        shown.add(ANYTHING)
    if act.is_opaque:
        shown.add(_OPAQUE)
    return frozenset(shown)


def _clues_by_kind(atom: Atom) -> list[frozenset[str]]:
    match atom.kind:
        case "effect":
            return [frozenset({f"effect:{atom.term}"})]
        case "act":
            return [frozenset({f"effect:{atom.term}"}), *_things(atom.value or "")]
        case "object":
            return _things(atom.term)
        case "concerns" if heads := clues_of_kind(atom.term):
            return [frozenset({f"thing:{one}" for one in heads})]
        case "thing":
            particular = {one for one in subject_stems(atom.term) if one not in GENERIC_OBJECTS}
            return [frozenset({ANYTHING, *(f"thing:{root(one)}" for one in particular)})] if particular else []
        case "control" if atom.term != SITE_SEARCH:
            return [frozenset(_word(stem(one)) for one in spellings(word)) for word in words(atom.term)]
        case "controls":
            named = {_word(one) for one in (*stems(atom.term)[-1:], *heads_of(atom.term))}
            return [frozenset(named)] if named else []
        case "place":
            return [frozenset(map(_word, heads))] if (heads := heads_of(atom.term)) else []
        case "field":
            # An option counts for the field of its group when it reads as the value wanted.
            named = {f"name:{normalise(atom.value or '')}"} if atom.op == "is" else set[str]()
            return [frozenset({_word(one), *named}) for one in stems(atom.term)]
        case "host":
            return [frozenset({f"host:{re.split('[:/]', atom.term)[0]}"})]
        case "amount" if atom.op is not None and atom.value is not None:
            # Without them the question cannot be answered at all, which must show.
            return [frozenset({_MONEY, *(_word(one) for one in stems(atom.term))})]
        case "literal":
            return [frozenset({_TALKS})] if normalise(atom.term) else []
    return []


def _things(term: str) -> list[frozenset[str]]:
    """Half the name of a thing leaves it unknown: any word will do. One that names nothing particular is anything."""
    particular = frozenset(_word(one) for one in stems(term) if one not in GENERIC_OBJECTS)
    return [particular] if particular else []


def _word(stemmed: str) -> str:
    return f"word:{root(stemmed)}"


def _naming_texts(act: Act) -> list[str]:
    """All that may name what is acted on, where it stands, and where the act leads."""
    return [
        act.name,
        objects_implied(act.name),
        *(entry.field for entry in act.entries),
        *act.action.arguments,
        *(act.target.path if act.target else ()),
        act.observation.title,
        act.observation.url.replace("/", " "),
        path_of(act.destination) if act.destination else "",
        *(" ".join(segment) for segment in act.place_words),
    ]
