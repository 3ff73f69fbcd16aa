"""From normative statements to policies: ids, grading, compilation, merging. Both extraction engines end here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count

from harmonyguard.documents import Document, DocumentElement
from harmonyguard.policies.policy import Category, Policy, RiskLevel, Source, policy_id
from harmonyguard.policies.rule import Rule
from harmonyguard.steps import Authority, InputError

from .comparison.contradictions import find_contradictions
from .comparison.duplicates import merge
from .compiler import compile_rule
from .extraction import Corrected, Extraction, Rejected
from .grading import categorise, grade


@dataclass(frozen=True)
class Statement:
    """One normative statement of a document: its verbatim `quote`, where it stands, and what it says by itself.

    Category, risk and rule are given where an engine knows them; else they are found in the words. The reasons
    belong to them.
    """

    quote: str
    element: DocumentElement
    description: str
    definitions: tuple[str, ...] = ()
    scope: str = ""
    category: tuple[Category, str] | None = None
    risk: tuple[RiskLevel, str] | None = None
    rule: Rule | None = None


def assemble(
    document: Document,
    statements: Iterable[Statement],
    *,
    authority: Authority,
    organization: str | None,
    rejected: Sequence[Rejected] = (),
    corrected: Sequence[Corrected] = (),
    definitions: tuple[str, ...] = (),
) -> Extraction:
    """The policies that statements make, copies merged. Raises InputError when there are none."""
    policies: list[Policy] = []
    used: set[str] = set()
    for statement in statements:
        policy = _policy(document, statement, authority, organization, used)
        used.add(policy.id)
        policies.append(policy)
    if not policies:
        raise InputError(f"no policy found in {document.uri}: nothing in it says what must or must not be done")
    kept, duplicates = merge(policies)
    return Extraction(
        policies=kept,
        duplicates=duplicates,
        rejected=tuple(rejected),
        definitions=definitions,
        contradictions=find_contradictions(kept),
        corrected=tuple(corrected),
    )


def _policy(
    document: Document, statement: Statement, authority: Authority, organization: str | None, used: set[str]
) -> Policy:
    element, description = statement.element, statement.description
    category, category_reason = statement.category or categorise(description)
    risk, risk_reason = statement.risk or grade(description)
    return Policy(
        id=_identity(document, statement.quote, description, used),
        description=description,
        definitions=statement.definitions,
        scope=statement.scope or " > ".join(element.headings),
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
                page=element.page,
                headings=element.headings,
                quote=statement.quote,
            ),
        ),
        rule=statement.rule or compile_rule(description, definitions=statement.definitions),
    )


def _identity(document: Document, quote: str, description: str, used: set[str]) -> str:
    """An id that no other policy of the document has: the same words may stand under two stems, or twice."""
    candidates = chain((quote, description), (f"{description} ({number})" for number in count(2)))
    return next(one for text in candidates if (one := policy_id(document.name, text)) not in used)
