"""A policy in lines that people can read and sign off: clause, place, rule in words, Cedar, what the judge decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.policy import Policy
from harmonyguard.policies.rule import Rule

_COMPARED = {
    "is": "is",
    "is_not": "is not",
    "less": "is less than",
    "at_most": "is at most",
    "more": "is more than",
    "at_least": "is at least",
}
_COMPILED = {
    "fully": "the whole text is compiled",
    "partly": "part of the text is compiled",
    "not": "the text is not compiled",
}
_SHOWN = {"error": "an error", "access_denied": "that access is denied", "login": "a login"}


@dataclass(frozen=True)
class PolicyLine:
    """One line; `wraps` says that it may be broken at the terminal's width, with later lines indented."""

    text: str
    indent: int = 0
    style: str = ""
    wraps: bool = True


def policy_lines(policy: Policy) -> Iterator[PolicyLine]:
    """Everything about a policy that a person signs off."""
    from harmonyguard.policies.cedar import cedar_text

    yield PolicyLine(f"{policy.id}  {policy.description}", 16, "bold")
    yield _blank()
    for source in policy.sources:
        yield PolicyLine(f"Source          {source.place} (sha256 {source.sha256[:12]})", 16)
        yield PolicyLine(f"                “{source.quote}”", 16)
    yield PolicyLine(f"Category        {policy.category}, {policy.risk_level} risk", 16)
    yield PolicyLine(f"Authority       {policy.authority}{f' ({policy.organization})' if policy.organization else ''}")
    yield PolicyLine(f"Enforcement     {policy.enforcement}, {policy.status}")
    if policy.references:
        yield PolicyLine(f"Violations seen {len(policy.references)}")
    yield _blank()
    yield PolicyLine(f"Rule: {_COMPILED[policy.rule.understood]}", style="bold")
    for line in rule_lines(policy.rule):
        yield PolicyLine(f"  {line}", 6)
    yield _blank()
    yield PolicyLine("Left to the judge", style="bold")
    for line in left_to_the_judge(policy.rule):
        yield PolicyLine(f"  {line}", 4)
    yield _blank()
    yield PolicyLine("Cedar", style="bold")
    yield PolicyLine("  What is unknown counts against the act only at the upper bound, or where the judge said so.", 2)
    for line in cedar_text(policy.rule, policy.id).splitlines():
        yield PolicyLine(f"  {line}", wraps=False)


def rule_lines(rule: Rule) -> list[str]:
    """The rule in words: "forbids an act when ..., and ..., unless ..."."""
    lines = []
    for index, group in enumerate(rule.when):
        words = ", or ".join(term_words(term) for term in group.terms)
        lines.append(f"{'forbids an act when' if index == 0 else 'and'} {words}")
    for alternative in rule.unless:
        lines.append(f"unless {', and '.join(term_words(term) for term in alternative.terms)}")
    return lines


def left_to_the_judge(rule: Rule) -> list[str]:
    """The conditions in words that rules cannot answer, and the words that were not understood."""
    judged = sorted(atom.term for atom in rule.atoms() if atom.kind == "judged")
    ask = "whether the act goes against" if rule.understood == "not" else "whether this holds:"
    lines = [f"{ask} “{term}”" for term in judged]
    lines += [f"not understood: “{words}”" for words in rule.remainder if words not in judged]
    return lines or ["nothing, as long as the page and the task tell what the rule asks"]


def term_words(term: Term) -> str:
    """A term in words, about "it": the act."""
    words = _atom_words(term.atom)
    return f"it is not so that {words}" if term.negated else words


def _atom_words(atom: Atom) -> str:
    name = atom.term.replace("_", " ")
    compared = f"{_COMPARED[atom.op]} {atom.value}" if atom.op is not None else f"is {atom.value}"
    words = {
        "effect": f"it would {name}",
        "object": f"it is on a thing called “{atom.term}”",
        "act": f"it would {name} a thing called “{atom.value}”",
        "verb": f"it would “{name}”",
        "thing": f"it is on “{atom.term}”",
        "described": f"“{atom.term}” describes what it is on",
        "control": f"it uses the control “{atom.term}”",
        "place": f"it is on, or leads to, “{atom.term}”",
        "host": f"it leads to {atom.term}",
        "external": "it leads to a host that this run has no business with",
        "discloses": f"what it types or sends holds data of the class “{name}”",
        "literal": f"what it types or sends holds “{atom.term}”",
        "field": f"it sets or sends the field “{atom.term}”" + (f" and that {compared}" if atom.value else ""),
        "value_outside_task": "it enters a value that the task does not state",
        "page_instruction": "it follows an instruction from page content, not from the user",
        "amount": (f"the amount “{atom.term}”" if atom.term else "an amount") + f" that it sends {compared}",
        "quantity": f"the number of “{atom.term}” {compared}",
        "count": f"the number of times that “{name}” already happened {compared}",
        "user": f"the user’s “{atom.term}” {compared}",
        "role": f"the user is “{atom.term}”",
        "record": f"the record’s “{atom.term}” {compared}",
        "page": f"the page shows {_SHOWN.get(atom.term, name)}",
        "happened": f"“{name}” already happened in this run",
        "done": f"“{atom.term}” has been done",
        "tells_user": "it tells the user something",
        "consent": "the user agreed to it",
        "judged": f"the judge says yes to “{atom.term}”",
    }
    return words[atom.kind]


def _blank() -> PolicyLine:
    return PolicyLine("", wraps=False)
