"""One document as the grammar of rules reads it: its clauses, what each of them does, and each made self-contained."""

from __future__ import annotations

import re
from collections import Counter

from harmonyguard.documents import Document
from harmonyguard.policy_agent.statements import Statement

from . import vocabulary as words
from .clauses import Clause, clauses
from .deontic import Context, Reading, is_code_of_rules, read
from .refinement import Refinement

OWNER = "a promise or power of the document's owner"
"""How the grammar calls what is no policy for those whom the document governs."""


PROPER_NAME = re.compile(r"(?<=[a-z,] )([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}) (?:will|may|reserves|can|intends)\b")
OPENING_NAME = re.compile(
    r"(?:^|[.:;] )(?:The )?([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3})(?:'s|\u2019s)? (?:\w+ )?(?:will"
    r"|may|reserves|can|intends|is|are)\b"
)


class Reader:
    """One reading of one document. `organization` names the document's owner."""

    def __init__(self, document: Document, organization: str | None) -> None:
        self.clauses = list(clauses(document))
        self.owners = _owners(document, organization)
        self.refinement = Refinement(document, self.clauses)
        self._among_rules = is_code_of_rules((clause.text for clause in self.clauses), title=_title(document))

    def reading(self, clause: Clause) -> Reading:
        """What a clause does."""
        if clause.is_stem:
            return Reading(None, "a stem: its list items are read", normative=False)
        context = Context(
            headings=clause.element.headings,
            lead_in=clause.lead_in,
            is_item=clause.element.kind != "paragraph",
            owners=self.owners,
            among_rules=self._among_rules,
        )
        return read(clause.text, context)

    def statement(self, clause: Clause) -> Statement:
        """What a clause says by itself, in its own words."""
        refined = self.refinement.refine(clause)
        return Statement(
            clause.text, clause.element, refined.description, definitions=refined.definitions, scope=refined.scope
        )


def _title(document: Document) -> str:
    return next((element.text for element in document.elements if element.kind == "heading"), "")


def _owners(document: Document, organization: str | None) -> tuple[str, ...]:
    """Names that act as the document's owner: proper names of which the text tells what they will or may do."""
    text = "\n".join(element.text for element in document.elements if element.kind != "heading")
    found = Counter(PROPER_NAME.findall(text)) + Counter(OPENING_NAME.findall(text))
    names = [organization] if organization else []
    for name in found:
        last = name.split()[-1]
        common = re.search(rf"(?<![\w-]){re.escape(last.casefold())}\b", text) is not None
        governed = re.fullmatch(words.GOVERNED, last, re.I) is not None
        inside = re.search(rf"[a-z,] {re.escape(name)}\b", text) is not None
        if not common and not governed and inside and len(name) > 2:
            names.append(name)
    return tuple(names)
