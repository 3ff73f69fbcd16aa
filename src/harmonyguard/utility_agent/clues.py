"""Clues: cheap marks of an act without which a question is known to be answered "no" (see `policies.index`).

For every atom that has clues this must hold: where the act shows none of them, `facts.answer` is False, and neither
True nor unknown. Clues are coarser than facts on purpose; an atom that nothing tells beforehand has none (None).
"""

from __future__ import annotations

from harmonyguard.policies.atom import Atom
from harmonyguard.policies.lexicon import GENERIC_OBJECTS, objects_implied
from harmonyguard.policies.words import normalise, stems

from .act import Act
from .addresses import path_of
from .facts import TOLD_BY_TARGET

_OPAQUE = "opaque"
_ENTERS = "enters"
_TALKS = "talks"
_NO_CLUES: frozenset[str] = frozenset()


def clues_of_atom(atom: Atom) -> frozenset[str] | None:
    """The clues of one question; None when it has to be asked of every act."""
    clues = _clues_by_kind(atom)
    return None if clues is None else clues | {_OPAQUE} if atom.kind in TOLD_BY_TARGET else clues


def clues_shown_by(act: Act) -> frozenset[str]:
    """The clues that an act shows."""
    shown = {f"effect:{effect}" for effect in act.effects}
    shown |= {f"word:{_root(stem)}" for text in _naming_texts(act) for stem in stems(text)}
    if act.target is not None:
        shown.add(f"name:{normalise(act.target.name)}")
    if act.host is not None:
        labels = act.host.partition(":")[0].split(".")
        shown |= {f"host:{'.'.join(labels[start:])}" for start in range(len(labels))}
    if act.entries or "purchase" in act.effects:
        shown.add(_ENTERS)
    if normalise(act.message):
        shown.add(_TALKS)
    if act.is_opaque:
        shown.add(_OPAQUE)
    return frozenset(shown)


def _clues_by_kind(atom: Atom) -> frozenset[str] | None:
    match atom.kind:
        case "effect":
            return frozenset({f"effect:{atom.term}"})
        case "act":
            return _things(atom.value or "") or frozenset({f"effect:{atom.term}"})
        case "object":
            return _things(atom.term)
        case "control" | "place":
            return _words(atom.term)
        case "field":
            # An option counts for the field of its group when it reads as the value wanted.
            words = _words(atom.term)
            named = {f"name:{normalise(atom.value or '')}"} if atom.op == "is" else _NO_CLUES
            return None if words is None else words | named
        case "host":
            return frozenset({f"host:{atom.term.partition(':')[0]}"})
        case "amount":
            return frozenset({_ENTERS})
        case "literal":
            return frozenset({_TALKS}) if normalise(atom.term) else None
    return None


def _words(term: str) -> frozenset[str] | None:
    roots = frozenset(f"word:{_root(stem)}" for stem in stems(term))
    return roots or None


def _things(term: str) -> frozenset[str] | None:
    """As `_words`; a term that names no particular thing covers every thing."""
    roots = frozenset(f"word:{_root(stem)}" for stem in stems(term) if stem not in GENERIC_OBJECTS)
    return roots or None


def _root(stem: str) -> str:
    """Equal for stems that are equal or akin (see `words.akin`)."""
    return stem.removeprefix("un")[:5]


def _naming_texts(act: Act) -> list[str]:
    """All that may name what is acted on, where it stands, and where the act leads."""
    return [
        act.name,
        objects_implied(act.name),
        *(entry.field for entry in act.entries),
        *(act.target.path if act.target else ()),
        act.observation.title,
        act.observation.url.replace("/", " "),
        path_of(act.destination) if act.destination else "",
        *(" ".join(segment) for segment in act.place_words),
    ]
