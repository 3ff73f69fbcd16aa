"""Policy text compiled to a typed rule, without a model: one recogniser a family of sentences, widest last.

Compilation is two-sided (DESIGN, tier 1): scope narrows only by what was positively recognised, and what was not
understood becomes a `judged` atom, which widens what is possible and makes nothing certain.
"""

from __future__ import annotations

from functools import lru_cache

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.rule import AnyOf, Rule

from .families import FAMILIES
from .families.wording import plainly


def compile_rule(statement: str, *, definitions: tuple[str, ...] = ()) -> Rule:
    """The rule that a policy statement states.

    `definitions` are the document's, for terms that the statement uses. A statement that no family recognises
    becomes a rule that the judge decides as a whole (`understood == "not"`).
    """
    return _compile(" ".join(statement.split()), definitions)


_LONGEST = 1200
"""Characters that a statement may have to be read: what is longer is no sentence, and slow to match."""


@lru_cache(maxsize=4096)
def _compile(statement: str, definitions: tuple[str, ...]) -> Rule:
    wordings = dict.fromkeys((plainly(statement), statement)) if len(statement) <= _LONGEST else ()
    for wording in wordings:
        for family in FAMILIES:
            rule = family(wording)
            if rule is not None:
                return rule
    judged = Term(atom=Atom(kind="judged", term=statement))
    return Rule(when=(AnyOf(terms=(judged,)),), understood="not", remainder=(statement,))
