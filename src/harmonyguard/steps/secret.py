"""Secrets by name: an act says `{{secret:crm_password}}`, and the value is filled in inside the browser session.

Everything that passes between agents, graph, journal and report holds names only.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from .record import Record
from .vocabulary import DataClass

_NAME = r"[a-z][a-z0-9_]{0,63}"
_REFERENCE = re.compile(r"\{\{\s*secret:\s*(" + _NAME + r")\s*\}\}")

SecretName = Annotated[str, StringConstraints(pattern=f"^{_NAME}$")]
Host = Annotated[str, StringConstraints(pattern=r"^[^\s/@*]+$")]
"""A host name or address, with a port or without; subdomains belong to it."""


class Secret(Record):
    """What may be known of a secret: everything but its value.

    `hosts` are those on which it may be filled in; `data_class` is what policies call it; with `any_field` it may also
    go into a field that shows what is typed; `from_task` says that the value stood in the words of the task.
    """

    name: SecretName
    hosts: tuple[Host, ...] = Field(min_length=1)
    data_class: DataClass = "password"
    any_field: bool = False
    from_task: bool = False


class SecretSource(Record):
    """How a deployer declares a secret: where its value comes from, and where it may go.

    The value is that of the variable `env`, or the content of `file`, which nobody but its owner may read; without
    both, whoever starts the run gives it.
    """

    env: str | None = None
    file: Path | None = None
    hosts: tuple[Host, ...] = Field(min_length=1)
    data_class: DataClass = "password"
    any_field: bool = False

    @model_validator(mode="after")
    def _one_source(self) -> SecretSource:
        if self.env is not None and self.file is not None:
            raise ValueError("a secret comes from env or from file, not from both")
        return self

    def secret(self, name: str) -> Secret:
        """What may be known of it."""
        return Secret(name=name, hosts=self.hosts, data_class=self.data_class, any_field=self.any_field)


def secret_reference(name: str) -> str:
    """How an act names the secret."""
    return "{{secret:" + name + "}}"


def secrets_named(text: str | None) -> tuple[str, ...]:
    """The names of the secrets that a text refers to, each once, in order."""
    return tuple(dict.fromkeys(_REFERENCE.findall(text or "")))


def with_secrets(text: str, values: dict[str, str]) -> str:
    """The text with the value in the place of every name. Raises KeyError for a name without a value."""
    return _REFERENCE.sub(lambda found: values[found[1]], text)
