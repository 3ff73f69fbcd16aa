"""Our own format: JSON that holds every field of a policy, published as a JSON schema in `docs/policy.schema.json`.

`python -m harmonyguard.policies.formats.policy_json docs/policy.schema.json` writes the schema from the models.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from harmonyguard.policies.policy import Policy, Source
from harmonyguard.steps import InputError, Record

from .checks import check_together
from .json_text import mistakes, parse_json, write_json
from .policy_file import PolicyFile

FORMAT: Literal["harmonyguard-policies"] = "harmonyguard-policies"


class PolicyEntry(Policy):
    """A policy as a file holds it. One that names no source has the file itself as its source."""

    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _has_a_source(self) -> PolicyEntry:
        return self


class PolicyCollection(Record):
    """A file of policies, as `harmonyguard policies export` writes it."""

    format: Literal["harmonyguard-policies"]
    version: Literal[1]
    policies: tuple[PolicyEntry, ...] = Field(min_length=1)


def write_policies(policies: Iterable[Policy]) -> str:
    """The policies as a file of our format."""
    entries = [policy.to_json() for policy in policies]
    return write_json({"format": FORMAT, "version": 1, "policies": entries})


def read_policies(file: PolicyFile) -> tuple[Policy, ...]:
    """The policies of a file of our format, in its order.

    Raises InputError, naming the policies and the fields, when anything in it does not fit the schema, when two
    policies share an id, or when a rule asks what the guard cannot answer.
    """
    return policies_of(parse_json(file.text, name=file.name), file)


def policies_of(document: Any, file: PolicyFile) -> tuple[Policy, ...]:
    """The policies of `document`, the parsed JSON of `file`. Raises InputError like `read_policies`."""
    try:
        collection = PolicyCollection.model_validate(document)
    except ValidationError as error:
        raise InputError(f"{file.name}: {mistakes(error, _names(document))}") from error
    found = tuple(_policy(entry, file) for entry in collection.policies)
    check_together(found, name=file.name)
    return found


def schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a file of our format."""
    described = PolicyCollection.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


def schema_text() -> str:
    """The schema as the documentation holds it."""
    return write_json(schema())


def _policy(entry: PolicyEntry, file: PolicyFile) -> Policy:
    sources = entry.sources or (file.source(entry.description, of=f"policy {entry.id}"),)
    return Policy.model_validate(entry.to_json() | {"sources": sources})


def _names(document: Any) -> dict[int, str]:
    policies = document.get("policies") if isinstance(document, dict) else None
    if not isinstance(policies, list):
        return {}
    return {
        index: f" ({policy['id'][:60]})"
        for index, policy in enumerate(policies)
        if isinstance(policy, dict) and isinstance(policy.get("id"), str)
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
