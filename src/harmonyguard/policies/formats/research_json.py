"""The policy JSON of the HarmonyGuard research code (https://github.com/YurunChen/HarmonyGuard), in and out.

Its files are lists of objects, or `{"policies": [...]}`, that a model filled in: fields may be missing, a list may
be one text, and ids may be missing or given twice. All of that is read; what is no policy is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from harmonyguard.policies.policy import Policy, Reference, RiskLevel
from harmonyguard.steps import InputError, Record

from .json_text import write_json
from .policy_file import PolicyFile

FIELDS = ("policy_id", "definitions", "scope", "policy_description", "risk_level", "reference")
"""What a policy of the research code says."""

BOOKKEEPING = frozenset({"extraction_time"})
"""Keys that the research code writes for itself and removes again."""

LOST = (
    "the rule, the source with its quote, category, authority, enforcement, owner and dates; "
    "of recorded violations the run, step and time"
)
"""What a policy loses on the way into this format."""

UNSAID = ("organization", "enforcement", "owner", "effective_from", "expires", "status")
"""Fields that this format cannot say: a policy that the book already holds keeps them."""

_RISKS: tuple[tuple[RiskLevel, re.Pattern[str]], ...] = (
    ("high", re.compile(r"\b(?:high|critical|severe)\b", re.IGNORECASE)),
    ("medium", re.compile(r"\b(?:medium|moderate|mid)\b", re.IGNORECASE)),
    ("low", re.compile(r"\b(?:low|minor|minimal)\b", re.IGNORECASE)),
)
# As the research code spells them where it decides how many references a policy may keep.
_WRITTEN_RISKS: dict[RiskLevel, str] = {"high": "High", "medium": "Medium", "low": "low"}
_NUMBERED = re.compile(r"policy_id (?P<id>\S+)")


class ResearchPolicy(Record):
    """One policy of such a file. `position` counts from 1; `quote` is the (first) text that `description` is made of;
    `unused` names the keys that nothing is made of."""

    position: int
    policy_id: str | None
    description: str
    quote: str
    definitions: tuple[str, ...] = ()
    scope: str = ""
    risk_level: RiskLevel | None = None
    references: tuple[str, ...] = ()
    source_file: str | None = None
    unused: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """How its place in the file is cited: "policy_id 3", or "policy 3 of the list" when it has no id."""
        return f"policy {self.position} of the list" if self.policy_id is None else f"policy_id {self.policy_id}"


def is_research_json(document: Any) -> bool:
    """True when parsed JSON looks like a file of the research code."""
    entries = _entries(document)
    return any(isinstance(entry, dict) and "policy_description" in entry for entry in entries)


def research_policies(document: Any, file: PolicyFile) -> tuple[ResearchPolicy, ...]:
    """The policies of `document`, the parsed JSON of `file`, in its order.

    Raises InputError, naming the policy and the field, when one has no text or a field cannot be read.
    """
    entries = _entries(document)
    if not entries:
        raise InputError(f"{file.name} holds no list of policies with policy_description")
    return tuple(_policy(entry, position, file.name) for position, entry in enumerate(entries, start=1))


def write_research(policies: Iterable[Policy]) -> str:
    """The policies as a file of the research code, numbered ones first. What they lose is `LOST`."""
    taken: set[str] = set()
    entries = [_written(policy, taken) for policy in policies]
    numbered = sorted((e for e in entries if isinstance(e["policy_id"], int)), key=lambda e: e["policy_id"])
    others = [entry for entry in entries if isinstance(entry["policy_id"], str)]
    return write_json([*numbered, *others])


def _entries(document: Any) -> list[Any]:
    if isinstance(document, dict):
        document = document.get("policies", [document] if "policy_description" in document else None)
    return document if isinstance(document, list) else []


def _policy(entry: Any, position: int, name: str) -> ResearchPolicy:
    if isinstance(entry, str):
        entry = {"policy_description": entry}
    if not isinstance(entry, dict):
        raise InputError(f"{name}: policy {position} is neither an object nor a text")
    number = entry.get("policy_id")
    where = f"{name}: policy {position}" + ("" if number is None else f" (policy_id {number})")
    if isinstance(number, bool) or not isinstance(number, int | str | None):
        raise InputError(f"{where}, policy_id: a number or a text is needed")
    # "content" is what its review step makes of an entry that is no object.
    texts = _texts(entry.get("policy_description", entry.get("content")), where, "policy_description")
    if not texts:
        raise InputError(f"{where}, policy_description: the policy has no text")
    known = {*FIELDS, *BOOKKEEPING, "content", "source_file"}
    return ResearchPolicy(
        position=position,
        policy_id=None if number is None else "-".join(str(number).split()) or None,
        description=" ".join(texts),
        quote=texts[0],
        definitions=_texts(entry.get("definitions"), where, "definitions"),
        scope="; ".join(_texts(entry.get("scope"), where, "scope")),
        risk_level=_risk(entry.get("risk_level"), where),
        references=_texts(entry.get("reference"), where, "reference"),
        source_file=next(iter(_texts(entry.get("source_file"), where, "source_file")), None),
        unused=tuple(sorted(entry.keys() - known)),
    )


def _texts(value: Any, where: str, field: str) -> tuple[str, ...]:
    """A list of texts, one text, an object of terms and their meanings, or nothing, as texts."""
    if value is None:
        return ()
    if isinstance(value, str):
        value = [value]
    if isinstance(value, dict) and all(isinstance(meaning, str) for meaning in value.values()):
        value = [f"{term}: {meaning}" for term, meaning in value.items()]
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InputError(f"{where}, {field}: a text or a list of texts is needed")
    return tuple(text.strip() for text in value if text.strip())


def _risk(value: Any, where: str) -> RiskLevel | None:
    words = " ".join(_texts(value, where, "risk_level"))
    if not words:
        return None
    found: list[RiskLevel] = [level for level, pattern in _RISKS if pattern.search(words)]
    if not found:
        raise InputError(f"{where}, risk_level: “{words[:60]}” is none of low, medium, high")
    return found[0]


def _written(policy: Policy, taken: set[str]) -> dict[str, Any]:
    return {
        "policy_id": _original_id(policy, taken),
        "definitions": [*policy.definitions],
        "scope": policy.scope,
        "policy_description": policy.description,
        "reference": [_told(reference) for reference in policy.references],
        "risk_level": _WRITTEN_RISKS[policy.risk_level],
    }


def _original_id(policy: Policy, taken: set[str]) -> int | str:
    """The id that the policy had in a file of the research code, if no other has it now; else its own."""
    found = next((match for h in policy.sources[0].headings if (match := _NUMBERED.fullmatch(h))), None)
    identity = policy.id if found is None or found["id"] in taken else found["id"]
    taken.add(identity)
    return int(identity) if re.fullmatch(r"0|[1-9][0-9]{0,17}", identity) else identity


def _told(reference: Reference) -> str:
    return ": ".join(part for part in (reference.act, reference.reason) if part)
