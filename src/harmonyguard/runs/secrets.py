"""The secrets of one run: names that state, prompts and journal may show, and values that stay in memory here."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from harmonyguard.steps import InputError, Secret, SecretSource, Task, secret_reference, secrets_named

from .credentials import is_api_key
from .redaction import Redactor

VARIABLE_PREFIX = "HARMONYGUARD_SECRET_"
"""Variables that give the value of a secret which neither `env` nor `file` of its declaration does."""

_DECLARATIONS = TypeAdapter(dict[str, SecretSource])


class Secrets:
    """What may be named in a run, and the values behind the names. It never shows a value but to the session."""

    def __init__(self, known: Iterable[Secret] = (), values: Mapping[str, str] | None = None) -> None:
        self.known = tuple(known)
        self._values = dict(values or {})

    def __repr__(self) -> str:
        return f"Secrets({', '.join(secret.name for secret in self.known)})"

    def find(self, name: str) -> Secret | None:
        """The secret of this name, or None."""
        return next((secret for secret in self.known if secret.name == name), None)

    def value(self, name: str) -> str | None:
        """Its value, or None when nobody gave one. Only for the browser session."""
        return self._values.get(name)

    def named_values(self) -> Mapping[str, str]:
        """Every value with the reference that stands for it, for what keeps them out of texts."""
        return {value: secret_reference(name) for name, value in self._values.items()}

    def add(self, values: Mapping[str, str], task: Task) -> None:
        """Values that the user gave while the run went on: for the host of the task alone, like those in its words."""
        self.known += tuple(_given_in_words(name, task) for name in values)
        self._values |= values

    def teach(self, redactor: Redactor) -> None:
        """Let the redactor put the name in the place of each value."""
        for value, reference in self.named_values().items():
            redactor.learn(value, reference)


def declared_secrets(declarations: Mapping[str, object]) -> dict[str, SecretSource]:
    """The declarations of a context. Raises InputError that names the wrong one, and shows no value."""
    try:
        return _DECLARATIONS.validate_python(dict(declarations))
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"secrets.{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def known_secrets(declared: Mapping[str, SecretSource], task: Task, given: Iterable[str] = ()) -> tuple[Secret, ...]:
    """Every secret that a run on this task may name: the declared ones, and those whose value `given` holds.

    Raises InputError for a name in the task that is neither.
    """
    known = {name: source.secret(name) for name, source in declared.items()}
    given = set(given)
    for name in secrets_named(task.goal):
        if name in known:
            continue
        if name not in given and VARIABLE_PREFIX + name.upper() not in os.environ:
            raise InputError(f"the task names the secret {name}, which is not declared; {say_known(known)}")
        known[name] = _given_in_words(name, task)
    return tuple(known.values())


def _given_in_words(name: str, task: Task) -> Secret:
    host = urlsplit(task.url or "").hostname or ""
    kind = "api_key" if is_api_key(name) else "password"
    return Secret.model_validate(
        {"name": name, "hosts": (host,), "data_class": kind, "any_field": True, "from_task": True}
    )


def secret_values(
    known: Iterable[Secret], declared: Mapping[str, SecretSource], given: Mapping[str, str]
) -> dict[str, str]:
    """The values that can be had: given ones first, then variable or file. Blocking.

    Raises InputError for a file that is missing, empty, or open to others.
    """
    values: dict[str, str] = {}
    for secret in known:
        source = declared.get(secret.name)
        value = given.get(secret.name) or (None if source is None else _read(secret.name, source))
        value = value or os.environ.get(VARIABLE_PREFIX + secret.name.upper())
        if value:
            values[secret.name] = value
    return values


def missing_values(known: Iterable[Secret], values: Mapping[str, str], task: Task) -> tuple[Secret, ...]:
    """The secrets that the task names and of which nobody gave the value."""
    named = secrets_named(task.goal)
    return tuple(secret for secret in known if secret.name in named and secret.name not in values)


def how_to_give(secret: Secret, declared: Mapping[str, SecretSource]) -> str:
    """What to do about a missing value."""
    source = declared.get(secret.name)
    variable = source.env if source is not None and source.env else VARIABLE_PREFIX + secret.name.upper()
    return f"the value of the secret {secret.name} is not known: set {variable}, or start the run at a terminal"


def say_known(names: Iterable[str]) -> str:
    """The names that there are, in words."""
    listed = ", ".join(sorted(names))
    return f"known are {listed}" if listed else "none is declared: see [secrets] in harmonyguard.toml"


def _read(name: str, source: SecretSource) -> str | None:
    if source.env is not None:
        return os.environ.get(source.env)
    if source.file is None:
        return None
    try:
        with source.file.open(encoding="utf-8") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise InputError(f"secrets.{name}: others may read {source.file}: chmod 600 it")
            value = file.read().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"secrets.{name}: {source.file} could not be read: {error}") from error
    if not value:
        raise InputError(f"secrets.{name}: {source.file} is empty")
    return value
