"""A policy in lines that people can read and sign off: clause, place, rule in words, Cedar, what the judge decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from harmonyguard.policies.atom import Atom, Term
from harmonyguard.policies.exemption import Exemption
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


def print_lines(lines: Iterable[PolicyLine], *, to_stderr: bool = False) -> None:
    """Print lines at the width of the terminal."""
    from .output import aside, note, paragraph, styled

    for line in lines:
        if to_stderr:
            aside(line.text, indent=line.indent) if line.wraps else note(line.text)
        elif line.wraps:
            paragraph(line.text, indent=line.indent, style=line.style)
        else:
            styled(line.text, line.style)


def policy_lines(policy: Policy, exemption: Exemption | None = None) -> Iterator[PolicyLine]:
    """Everything about a policy that a person signs off."""
    from harmonyguard.policies.cedar import cedar_text

    yield PolicyLine(f"{policy.id}  {policy.description}", 16, "bold")
    yield _blank()
    for source in policy.sources:
        yield PolicyLine(f"Source          {source.place} (sha256 {source.sha256[:12]})", 16)
        yield PolicyLine(f"                “{source.quote}”", 16)
    yield PolicyLine(f"Category        {policy.category}, {policy.risk_level} risk", 16)
    yield PolicyLine(f"Authority       {policy.authority}{f' ({policy.organization})' if policy.organization else ''}")
    yield PolicyLine(f"Enforcement     {policy.enforcement}, {status_words(policy)}")
    if exemption is not None:
        yield PolicyLine(f"Exemption       {exemption.words} (granted by {exemption.granted_by})", 16)
    if policy.owner:
        yield PolicyLine(f"Owner           {policy.owner}", 16)
    if policy.effective_from or policy.expires:
        yield PolicyLine(f"In force        {_days(policy)}")
    yield PolicyLine(f"Version         {policy.version[:12]}")
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


def status_words(policy: Policy) -> str:
    """Its status, and for an active one whether this is one of its days."""
    today = datetime.now(UTC).date()
    if policy.status == "active" and policy.effective_from is not None and policy.effective_from > today:
        return "not yet in force"
    if policy.status == "active" and policy.expires is not None and policy.expires < today:
        return "expired"
    return policy.status


def handling_words(policy: Policy, exemption: Exemption | None) -> str:
    """What people set beside the text, in a few words; empty when nothing was set."""
    end = "unlimited" if exemption is None or exemption.until is None else f"until {exemption.until}"
    parts = [
        f"exempt {end}" if exemption is not None else "",
        policy.enforcement if exemption is None and policy.enforcement != "enforce" else "",
        policy.owner or "",
        _days(policy),
    ]
    return "; ".join(part for part in parts if part)


def _days(policy: Policy) -> str:
    begin = "" if policy.effective_from is None else f"from {policy.effective_from}"
    end = "" if policy.expires is None else f"to {policy.expires}"
    return f"{begin} {end}".strip()


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
        "count": f"the number of times that “{name}” already happened {compared}",
        "user": f"the user’s “{atom.term}” {compared}",
        "record": f"the record’s “{atom.term}” {compared}",
        "page": f"the page shows {_SHOWN.get(atom.term, name)}",
        "happened": f"“{name}” already happened in this run",
        "tells_user": "it tells the user something",
        "consent": "the user agreed to it",
        "judged": f"the judge says yes to “{atom.term}”",
    }
    return words[atom.kind]


def _blank() -> PolicyLine:
    return PolicyLine("", wraps=False)
