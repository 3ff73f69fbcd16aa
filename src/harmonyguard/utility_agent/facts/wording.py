"""Answers that rest on wording alone, and when a judge has to be asked all the same.

A policy and a control may name one thing in different words. Where nobody can be asked, other words are taken for
another thing: else every policy would hold up every act. Where a judge can be asked, that is too weak: the fact is
unknown, and the judge decides.
"""

from __future__ import annotations

from harmonyguard.policies.atom import Atom, AtomKind
from harmonyguard.policies.lexicon import effects_named
from harmonyguard.policies.synonyms import is_common
from harmonyguard.policies.words import stems

from .act import Act
from .answers import Answer, answer

_WORDED: frozenset[AtomKind] = frozenset({"verb", "thing", "role", "done", "quantity"})


def answer_for_judge(act: Act, atom: Atom) -> Answer:
    """As `facts.answer`, but False only where more than other words speaks for it.

    What a verb does is told by effects, where it names any. An act that cannot be undone is spared no question for the
    rest of its words; of others it is taken as known that a thing is another one when both names are common on pages.
    """
    known = answer(act, atom)
    if known is not False or atom.kind not in _WORDED or (atom.kind == "verb" and effects_named(atom.term)):
        return known
    if act.commits is True:
        return None
    if atom.kind != "thing":
        return known
    named = act.own_subject - act.verb_stems
    return known if any(map(is_common, stems(atom.term))) and any(map(is_common, named)) else None
