"""What the families share: the words of prohibition and leave, and the building of groups and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harmonyguard.policies.atom import Atom, AtomKind, Comparison, Term
from harmonyguard.policies.lexicon import STATES
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.comparison.phrases import Condition
from harmonyguard.policy_agent.reading.grammar import AGENT, TOPIC

USER = r"(?:the |my |your |a )?(?:end[- ])?(?:user|me|my|customer|human|person|operator|owner)(?:'s|’s)?"
"""How policies call the one whom the agent works for."""

LEAVE = r"(?:permission|confirmation|consent|approval|authori[sz]ation|go-ahead|sign-off|okay)"
"""How policies call leave."""

NOT = (
    r"(?:must not|must never|may not|may never|shall not|shall never|should not|should never|cannot|can not|can't"
    r"|can never|do not|don't|does not|never|(?:is|are) not (?:allowed|permitted|authori[sz]ed) to"
    r"|(?:is|are) (?:strictly |expressly )?(?:prohibited|forbidden|barred) (?:from|to)|not (?:allowed|permitted) to"
    r"|refrain from|avoid|prohibited from)"
)
"""How policies forbid, in front of a verb."""

CONSENT = AllOf(terms=(Term(atom=Atom(kind="consent")),))
"""The exception "unless the user agreed"."""

_STATUS_IS = re.compile(
    r"^(?:the |its |their |a |an )*(?:\w+(?:'s)? ){0,2}?(?P<field>status|state|stage|type|category"
    r"|priority|level|tier|plan|class|phase|resolution|outcome|severity|visibility|source|rating|role)"
    r" (?:is|equals|reads|says|(?:has been|is|was) (?:set|changed|moved) to) (?P<values>['\"].+['\"])$"
)
_IS_IN_STATE = re.compile(
    r"^(?:(?:the |its |their |a |an |any |that |this )*[\w-]+(?: [\w-]+)? |it |they |already )?"
    r"(?:is|are|was|were|has been|have been|had been|has|gets|becomes)(?: already| been)* (?P<states>[\w, ]+)$"
)
_OF_ANOTHER = re.compile(
    r"^(?:(?:all|every|each|both|none|no|neither) "
    r"|(?:its|their|the [\w-]+(?:'s|s')) (?!(?:[\w-]+ )?(?:status|state|stage|phase)\b))"
)
""" "All threads are resolved", "its budget is approved": the state of another thing than the record at hand."""

_ON_SOMEBODY = re.compile(
    r"^(?:(?:for|to|of|with|on|from|at|by) )?(?:an? |the |any |such )?(?:[a-z-]+ ){0,2}whose (?=status )"
)
""" "for a person whose status is ...": on a record of that status."""

HOLDS = frozenset({"if", "when", "where", "once", "after", "while", "whenever", "in"})


def term(kind: AtomKind, of: str = "", op: Comparison | None = None, value: str | None = None) -> Term:
    """One question as a term."""
    return Term(atom=Atom(kind=kind, term=of, op=op, value=value))


def any_of(kind: AtomKind, terms: Iterable[str]) -> tuple[AnyOf, ...]:
    """A group that holds when one of the terms does; no group when there are none: no narrowing."""
    found = tuple(term(kind, of) for of in terms)
    return (AnyOf(terms=found),) if found else ()


def just(one: Term) -> AnyOf:
    """A group of one term."""
    return AnyOf(terms=(one,))


def clean(statement: str) -> str:
    """The statement, normalised, without numbering, a short topic in front ("Payment: ...") and the full stop."""
    text = normalise(statement).rstrip(". ")
    text = re.sub(r"^(?:\(?[\da-z]{1,3}[.)]|[\d.]+)\s+", "", text)
    return TOPIC.sub("", text) if text.count(":") == 1 else text


_AGENT_BEFORE = re.compile(rf"^(?:{AGENT}|you) (?=(?:must|may|should|shall|will|can|cannot|do|does|is|are|has|have)\b)")


def of_agent(statement: str) -> str:
    """As `clean`, and without the agent as its subject: "The agent must not ..." is "must not ..."."""
    return _AGENT_BEFORE.sub("", clean(statement))


def on_objects(objects: Iterable[str]) -> tuple[AnyOf, ...]:
    """The groups that say "the act is on one of these"; "closed tickets" are tickets whose record says closed."""
    named = [noun.split() for noun in objects]
    states = [[word for word in noun[:-1] if word in STATES] for noun in named]
    if not named or not all(states):
        return any_of("object", (" ".join(noun) for noun in named))
    things = dict.fromkeys(
        " ".join(word for word in noun if word not in found) for noun, found in zip(named, states, strict=True)
    )
    return (*any_of("object", things), in_state(word for found in states for word in found))


def in_state(states: Iterable[str]) -> AnyOf:
    """A group that holds when the record at hand is in one of the states."""
    return AnyOf(terms=tuple(term("record", "", "is", state) for state in dict.fromkeys(states)))


def stated_condition(text: str) -> AnyOf | None:
    """A condition that facts can answer: "the ticket is closed", "its status is 'delayed' or 'on time'"."""
    text = _ON_SOMEBODY.sub("", text)
    if match := _STATUS_IS.match(text):
        values = re.findall(r"['\"]([^'\"]+)['\"]", match.group("values"))
        return AnyOf(terms=tuple(term("record", match.group("field"), "is", value) for value in values))
    if match := _HAS_RESULT.match(text):
        return just(term("record", match["what"], "is", "passed" if match["state"] in _GOOD else "failed"))
    if match := _IS_FILLED_IN.match(text):
        return just(term("happened", match["field"]))
    if (match := _IS_IN_STATE.match(text)) and not _OF_ANOTHER.match(text):
        states = [word for word in re.split(r",|\bor\b|\s", match.group("states")) if word.strip()]
        if states and all(state in STATES for state in states):
            return in_state(states)
    return None


_IS_FILLED_IN = re.compile(
    r"^(?:the |its |their |an? |any )?(?:field )?(?P<field>[a-z][a-z -]{2,30}?) (?:is|are|has been|have been|was)"
    r"(?: already)? (?:set|filled(?: in| out)?|entered|chosen|selected|stated|not empty)$"
)
"""That something stands in a field is a fact, by what this run did or the page shows."""

_GOOD = ("passed", "succeeded", "passes", "green", "successful", "passing")
_HAS_RESULT = re.compile(
    r"^(?:the |its |their |all )?(?:latest |last |current |most recent )?"
    r"(?P<what>pipelines?|tests?|checks?|builds?|jobs?|ci)(?: runs?)? (?:(?:has|have|is|are|was|were) )?"
    r"(?P<state>passed|succeeded|passes|green|successful|passing|failed|failing|fails|fail|red|broken)$"
)
"""How a check of the record went, which pages tell in a sentence: "Pipeline #12 passed"."""


def asks_leave(text: str) -> bool:
    """True when the statement speaks of leave, so that a plain prohibition would be too strict."""
    return (
        re.search(rf"\b(?:without|unless|until|before|prior)\b.*(?:{LEAVE}|\bagreed|\bconfirm|\basking)", text)
        is not None
    )


def with_conditions(scope: tuple[AnyOf, ...], conditions: tuple[Condition, ...]) -> Rule:
    """Subordinate clauses: leave of the user is typed, everything else is a condition that the judge decides."""
    when, unless, left = list(scope), list[AllOf](), list[str]()
    for condition in conditions:
        words = f"{condition.kind} {condition.text}"
        if not condition.text:
            continue
        if condition.kind in ("unless", "without", "until", "except") and re.search(
            rf"{LEAVE}|\b(?:agreed|confirmed|consented|asked|asking)\b", condition.text
        ):
            unless.append(CONSENT)
        elif (known := stated_condition(condition.text)) is not None and condition.kind in HOLDS:
            when.append(known)
        elif known is not None and condition.kind in ("unless", "except"):
            unless += [AllOf(terms=(one,)) for one in known.terms]
        elif condition.kind in ("unless", "except", "other", "until", "without"):
            unless.append(AllOf(terms=(term("judged", words),)))
            left.append(words)
        else:
            when.append(just(term("judged", words)))
            left.append(words)
    return Rule(when=tuple(when), unless=tuple(unless), understood="partly" if left else "fully", remainder=tuple(left))
