"""A policy in lines that people can read and sign off.

Clause and place, definitions, rule in words, what the judge decides, violations seen, Cedar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from harmonyguard.policies.exemption import Exemption
from harmonyguard.policies.policy import Policy, Reference
from harmonyguard.policies.rule import Rule
from harmonyguard.policies.rule_words import rule_lines

_COMPILED = {
    "fully": "the whole text is compiled",
    "partly": "part of the text is compiled",
    "not": "the text is not compiled",
}


@dataclass(frozen=True)
class PolicyLine:
    """One line; `wraps` says that it may be broken at the terminal's width, with later lines indented."""

    text: str
    indent: int = 0
    style: str = ""
    wraps: bool = True


def print_lines(lines: Iterable[PolicyLine], *, to_stderr: bool = False) -> None:
    """Print lines at the width of the terminal."""
    from harmonyguard.cli.output import aside, note, paragraph, styled

    for line in lines:
        if to_stderr:
            aside(line.text, indent=line.indent) if line.wraps else note(line.text)
        elif line.wraps:
            paragraph(line.text, indent=line.indent, style=line.style)
        else:
            styled(line.text, line.style)


def policy_lines(policy: Policy, exemption: Exemption | None = None) -> Iterator[PolicyLine]:
    """Everything about a policy that a person signs off."""
    from harmonyguard.policies.formats.cedar_writer import forbid_text

    yield PolicyLine(f"{policy.id}  {policy.description}", 16, "bold")
    yield _blank()
    for source in policy.sources:
        yield PolicyLine(f"Source          {source.place} (sha256 {source.sha256[:12]})", 16)
        yield PolicyLine(f"                “{source.quote}”", 16)
    for definition in policy.definitions:
        yield PolicyLine(f"Definition      {definition}", 16)
    if policy.scope:
        yield PolicyLine(f"Scope           {policy.scope}", 16)
    yield PolicyLine(f"Category        {policy.category}{_because(policy.category_reason)}", 16)
    yield PolicyLine(f"Risk            {policy.risk_level}{_because(policy.risk_reason)}", 16)
    yield PolicyLine(f"Authority       {policy.authority}{f' ({policy.organization})' if policy.organization else ''}")
    yield PolicyLine(f"Enforcement     {policy.enforcement}, {status_words(policy)}")
    if exemption is not None:
        yield PolicyLine(f"Exemption       {exemption.words} (granted by {exemption.granted_by})", 16)
    if policy.owner:
        yield PolicyLine(f"Owner           {policy.owner}", 16)
    if policy.effective_from or policy.expires:
        yield PolicyLine(f"In force        {_days(policy)}")
    yield PolicyLine(f"Version         {policy.version[:12]}")
    yield _blank()
    yield PolicyLine(f"Rule: {_COMPILED[policy.rule.understood]}", style="bold")
    for line in rule_lines(policy.rule):
        yield PolicyLine(f"  {line}", 6)
    yield _blank()
    yield PolicyLine("Left to the judge", style="bold")
    for line in left_to_the_judge(policy.rule):
        yield PolicyLine(f"  {line}", 4)
    yield _blank()
    yield PolicyLine("Violations seen", style="bold")
    for reference in policy.references:
        yield PolicyLine(f"  {_seen(reference)}", 4)
    if not policy.references:
        yield PolicyLine("  none")
    yield _blank()
    yield PolicyLine("Cedar", style="bold")
    yield PolicyLine("  What is unknown counts against the act only at the upper bound, or where the judge said so.", 2)
    for line in forbid_text(policy.rule).splitlines():
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


def left_to_the_judge(rule: Rule) -> list[str]:
    """The conditions in words that rules cannot answer, and the words that were not understood."""
    judged = sorted(atom.term for atom in rule.atoms() if atom.kind == "judged")
    ask = "whether the act goes against" if rule.understood == "not" else "whether this holds:"
    lines = [f"{ask} “{term}”" for term in judged]
    lines += [f"not understood: “{words}”" for words in rule.remainder if words not in judged]
    return lines or ["nothing, as long as the page and the task tell what the rule asks"]


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


def _seen(reference: Reference) -> str:
    """A violation in one line: when and in which run, the act, and why it was one."""
    when = f"{reference.seen_at[:10]}, run {reference.run}, step {reference.step}: " if reference.seen_at else ""
    return f"{when}“{reference.act}”{_because(reference.reason)}"


def _blank() -> PolicyLine:
    return PolicyLine("", wraps=False)
