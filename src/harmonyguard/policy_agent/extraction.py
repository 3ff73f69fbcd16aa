"""The Policy Agent's offline engine: documents in, policies that cite them out, with no model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, count

from harmonyguard.documents import Document
from harmonyguard.policies.policy import Policy, Source, normalise_quote, policy_id
from harmonyguard.steps import Authority, InputError, Record

from . import vocabulary as words
from .clauses import Clause, clauses
from .compiler import compile_rule
from .deontic import Context, Reading, read
from .duplicates import Duplicate, merge
from .grading import categorise, grade

ANAPHORA = re.compile(
    r"^(?:these|this|those|they|it|such|otherwise|however|he|she|doing so|both|the (?:above|same))\b", re.I
)
PROPER_NAME = re.compile(r"(?<=[a-z,] )([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}) (?:will|may|reserves|can|intends)\b")
OPENING_NAME = re.compile(
    r"(?:^|[.:;] )(?:The )?([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3})(?:'s|\u2019s)? (?:\w+ )?(?:will"
    r"|may|reserves|can|intends|is|are)\b"
)


class Rejected(Record):
    """A clause that speaks like a rule and is none, with the reason."""

    quote: str
    reason: str


class Extraction(Record):
    """What a document gave. `definitions` are its defining sentences, verbatim."""

    policies: tuple[Policy, ...]
    duplicates: tuple[Duplicate, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    definitions: tuple[str, ...] = ()


class PolicyAgent:
    """Reads documents by the grammar of rules: who must, must not or may only do what."""

    def extract(
        self, document: Document, *, authority: Authority = "organization", organization: str | None = None
    ) -> Extraction:
        """The policies of one document, duplicates merged with all their sources.

        `organization` names the document's owner: its promises are no policies. Raises InputError when the
        document holds no policy.
        """
        every = list(clauses(document))
        owners = _owners(document, organization)
        definitions = tuple(dict.fromkeys(clause.text for clause in every if _defines(clause)))
        policies: list[Policy] = []
        rejected: list[Rejected] = []
        used: set[str] = set()
        for clause in every:
            context = Context(
                headings=clause.element.headings,
                lead_in=clause.lead_in,
                is_item=clause.element.kind != "paragraph",
                owners=owners,
            )
            reading = (
                Reading(None, "a stem: its list items are read", normative=False)
                if clause.is_stem
                else read(clause.text, context)
            )
            if reading.modality is None:
                if reading.normative:
                    rejected.append(Rejected(quote=clause.text, reason=reading.reason))
                continue
            policy = _policy(document, clause, definitions, authority, organization, used)
            policies.append(policy)
        if not policies:
            raise InputError(f"no policy found in {document.uri}: nothing in it says what must or must not be done")
        kept, duplicates = merge(policies)
        return Extraction(policies=kept, duplicates=duplicates, rejected=tuple(rejected), definitions=definitions)


def _policy(
    document: Document,
    clause: Clause,
    definitions: Iterable[str],
    authority: Authority,
    organization: str | None,
    used: set[str],
) -> Policy:
    description = describe(clause)
    relevant = tuple(definition for definition in definitions if _speaks_of(description, definition))
    identity = _identity(document, clause.text, description, used)
    used.add(identity)
    category, category_reason = categorise(description)
    risk, risk_reason = grade(description)
    return Policy(
        id=identity,
        description=description,
        definitions=relevant,
        scope=" > ".join(clause.element.headings),
        category=category,
        category_reason=category_reason,
        risk_level=risk,
        risk_reason=risk_reason,
        authority=authority,
        organization=organization,
        sources=(
            Source(
                document=document.uri,
                sha256=document.sha256,
                page=clause.element.page,
                headings=clause.element.headings,
                quote=clause.text,
            ),
        ),
        rule=compile_rule(description, definitions=relevant),
    )


def _identity(document: Document, quote: str, description: str, used: set[str]) -> str:
    """An id that no other policy of the document has: the same words may stand under two stems, or twice."""
    candidates = chain((quote, description), (f"{description} ({number})" for number in count(2)))
    return next(one for text in candidates if (one := policy_id(document.name, text)) not in used)


def describe(clause: Clause) -> str:
    """One statement that stands alone: stem and item, row and cell, or a sentence with what it refers to."""
    text = clause.text.replace("\t", " ")
    if clause.lead_in is not None:
        return f"{clause.lead_in.rstrip()} {text}"
    if clause.row is not None:
        return f"{clause.row}: {text}"
    if ANAPHORA.match(text):
        if clause.previous is not None and len(clause.previous) < 2 * len(text) + 40:
            return f"{clause.previous} {text}"
        if clause.element.headings:
            return f"{clause.element.headings[-1]}: {text}"
    return text


def _defines(clause: Clause) -> bool:
    return words.DEFINITION.match(clause.text) is not None


def _speaks_of(description: str, definition: str) -> bool:
    found = words.DEFINITION.match(definition)
    if found is None:
        return False
    term = normalise_quote(
        re.sub(
            r"^(?:an?|the)\s+",
            "",
            (found.group("term") or found.group("meant")).strip("\"“”'\u2018\u2019 "),
            flags=re.I,
        )
    )
    return re.search(rf"\b{re.escape(term)}", normalise_quote(description)) is not None


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
