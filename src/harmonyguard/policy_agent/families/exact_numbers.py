"""One number and no other: "The number of guests must be exactly 4", "stays last precisely 7 nights"."""

from __future__ import annotations

import re

from harmonyguard.policies.lexicon import GENERIC_OBJECTS
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import stem
from harmonyguard.policy_agent.reading.grammar import NUMBER, NUMBERS

from .acts import LASTING
from .building import any_of, clean, just, term
from .telling_things import things_alike

_OF = r"(?:number|amount|quantity|size|weight|volume|length|duration|count)"
_EXACTLY = re.compile(
    rf"^(?:(?:when|whenever|if)\b[^,]+, )?(?:the |each |every )*{_OF} of (?:the |a |an |each )?(?P<what>[a-z][\w -]*?)"
    r"(?: to be (?P<verb>\w+))? (?:must|has to|have to|should|shall|is to|are to) (?:always )?be "
    rf"(?P<exactly>exactly |precisely )?(?P<number>{NUMBER}|\d+) ?(?P<unit>[a-z]+)?$"
)


def exact_number(statement: str) -> Rule | None:
    """A rule against any other number of such things, or with such a unit."""
    match = _EXACTLY.match(clean(statement))
    if match is None or not (match["exactly"] or match["unit"]):
        return None
    number = str(NUMBERS.get(match["number"], match["number"]))
    what, unit = match["what"], match["unit"] or match["what"]
    things = [] if match["unit"] is None or stem(what.split()[-1]) in GENERIC_OBJECTS else things_alike([what])
    if match["unit"] and not things and not match["verb"]:
        return None  # a page may show such a number of anything
    # The verb tells the act, whatever effects are known of it.
    groups = [*any_of("verb", [match["verb"]])] if match["verb"] else [*any_of("effect", LASTING)]
    if things:
        groups.append(AnyOf(terms=tuple(things)))
    return Rule(when=(*groups, just(term("quantity", unit, "is_not", number))))
