"""What a model found in a document, made into statements that the document bears out. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.policy_agent.extraction import Corrected, Rejected
from harmonyguard.policy_agent.grammar.clauses import Clause
from harmonyguard.policy_agent.grammar.reader import OWNER, Reader
from harmonyguard.policy_agent.grammar.refinement import unnumbered
from harmonyguard.policy_agent.statements import Statement

from .chunks import Chunk
from .model_reply import FoundPolicy
from .quotes import Located, Quotes, place_of
from .verification import Wording, leaves_out, problem_with

LONGEST_QUOTE = 300
"""Characters of a rejected item's quote and reasons that are kept: they are the model's words, not the document's."""

_UNDERSTOOD = {"fully": 2, "partly": 1, "not": 0}


@dataclass(frozen=True)
class _Borne:
    """An item whose clause was found, with the wording that was checked."""

    located: Located
    item: FoundPolicy
    description: str


class Findings:
    """Collects the model's items chunk by chunk; `statements` and `rejected` are read when all are in."""

    def __init__(self, reader: Reader, *, include_all: bool = False) -> None:
        self.corrected: list[Corrected] = []
        self._reader = reader
        self._include_all = include_all
        self._quotes = Quotes(reader.clauses)
        self._borne: dict[str, list[_Borne]] = defaultdict(list)
        self._rejected: list[Rejected] = []
        self._touched: set[int] = set()

    def take(self, chunk: Chunk, items: Iterable[FoundPolicy]) -> None:
        """Check the items that the model gave for a chunk."""
        taken: list[str] = []
        text = chunk.text()
        for item in items:
            located = self._quotes.locate(item.quote, chunk, taken)
            if located is None:
                self._reject(item, "the quote is not in the document")
                continue
            self._touched.update(id(clause) for clause in located.clauses)
            reason = self._left_out(located, item)
            if reason is not None:
                self._reject(item, reason)
                continue
            place = place_of(located)
            description = self._checked(located, item, text)
            if not any(description == known.description for known in self._borne[place]):
                self._borne[place].append(_Borne(located, item, description))
            # The same words elsewhere in the chunk are meant when they are quoted again with the same statement.
            taken.append(place)

    def statements(self) -> list[Statement]:
        """The statements that the document bears out, in its order."""
        order = {id(clause): position for position, clause in enumerate(self._reader.clauses)}
        groups = sorted(self._borne.values(), key=lambda group: order[id(group[0].located.clauses[0])])
        return [statement for group in groups for statement in self._of_one_clause(group)]

    def rejected(self) -> list[Rejected]:
        """What was not taken, and the rules that the offline grammar reads and the model did not name."""
        passed_over = [
            Rejected(quote=clause.text, reason=f"left out by the model; the offline grammar {reading.reason}")
            for clause in self._reader.clauses
            if id(clause) not in self._touched and (reading := self._reader.reading(clause)).modality is not None
        ]
        return [*self._rejected, *passed_over]

    def _left_out(self, located: Located, item: FoundPolicy) -> str | None:
        if all(clause.is_stem for clause in located.clauses):
            return "a stem: its list items are policies"
        if item.modality == "permission" and not item.conditions and not item.exceptions:
            return "a permission without a condition"
        if self._include_all or item.addressee == "governed":
            return None
        if item.addressee == "owner":
            return OWNER
        return f"addressed to others ({item.audience[:LONGEST_QUOTE]})" if item.audience else "addressed to others"

    def _checked(self, located: Located, item: FoundPolicy, chunk: str) -> str:
        """The item's statement, or the clause's own words when it says something else."""
        own = self._own_words(located)
        statement = " ".join(item.statement.split())
        problem = problem_with(statement, self._wording(located, own, chunk), (*item.conditions, *item.exceptions))
        if problem is None:
            return statement
        self.corrected.append(Corrected(quote=located.text, statement=statement[:LONGEST_QUOTE], reason=problem))
        return own

    def _of_one_clause(self, group: Sequence[_Borne]) -> list[Statement]:
        """The statements of one clause. Where they would lose what rules can be sure of, the clause speaks itself."""
        located = group[0].located
        own = self._own_words(located)
        sure = compile_rule(own)
        whole = own if leaves_out((one.description for one in group), located.text) else None
        if whole is None and len(group) > 1 and sure.understood == "fully":
            whole = own
        if whole is not None:
            if len(group) > 1 or group[0].description != own:
                said = "; ".join(one.description for one in group)
                reason = "the clause says more than its statements" if len(group) > 1 else "it leaves out much of it"
                self.corrected.append(Corrected(quote=located.text, statement=said[:LONGEST_QUOTE], reason=reason))
            return [self._statement(replace(group[0], description=whole))]
        return [self._statement(one) for one in group]

    def _statement(self, borne: _Borne) -> Statement:
        clause, item = borne.located.clause, borne.item
        plain = self._reader.statement(borne.located.clauses[0])
        definitions = self._reader.refinement.background(borne.description, clause.element.headings)
        sure = compile_rule(self._own_words(borne.located), definitions=definitions)
        read = compile_rule(borne.description, definitions=definitions)
        certain = sure.understood == "fully" or _UNDERSTOOD[sure.understood] > _UNDERSTOOD[read.understood]
        return Statement(
            quote=clause.text,
            element=clause.element,
            description=borne.description,
            definitions=definitions,
            scope=plain.scope,
            category=(item.category, item.category_reason[:LONGEST_QUOTE]),
            risk=(item.risk_level, item.risk_reason[:LONGEST_QUOTE]),
            rule=sure if certain else read,
        )

    def _own_words(self, located: Located) -> str:
        first = self._reader.refinement.refine(located.clauses[0]).description
        return " ".join([first, *(clause.text for clause in located.clauses[1:])])

    def _wording(self, located: Located, own: str, chunk: str) -> Wording:
        clause: Clause = located.clause
        headings = clause.element.headings
        definitions = self._reader.refinement.background(own, headings)
        return Wording(
            clause=" ".join(filter(None, (clause.lead_in, clause.row, unnumbered(clause.text)))),
            heading=headings[-1] if headings else "",
            around=[own, *headings[:-1], *filter(None, [clause.previous]), *definitions],
            chunk=chunk,
        )

    def _reject(self, item: FoundPolicy, reason: str) -> None:
        self._rejected.append(Rejected(quote=item.quote[:LONGEST_QUOTE], reason=reason))
