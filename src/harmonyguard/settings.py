"""What a deployer sets: from `harmonyguard.toml`, then `HARMONYGUARD_*` variables, then flags, strongest last.

A key that does not exist is an error: a limit that is misspelt must not be a limit that is off.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from harmonyguard.steps import Authority, EvaluationContext, InputError, SecretSource

PREFIX = "HARMONYGUARD_"
FILE = "harmonyguard.toml"
ELSEWHERE = frozenset({"HARMONYGUARD_BROWSER", "HARMONYGUARD_STORAGE_KEY"})
"""Variables with our prefix that are read before there are settings."""
VALUES = "HARMONYGUARD_SECRET_"
"""Prefix of variables that give values of secrets, which are no settings (`harmonyguard.runs.secrets`)."""


class Settings(BaseSettings):
    """All that a deployer can set. What is said of each key here stands in the file that `harmonyguard init` writes."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    book: str = Field(
        default=".harmonyguard/policies.db",
        description="The policy book: a path (SQLite file) or a database URL.",
    )
    runs: Path = Field(default=Path(".harmonyguard/runs"), description="The folder that holds one folder per run.")
    keep_runs_days: int | None = Field(
        default=None,
        ge=1,
        description="Delete runs that ended more than so many days ago, when a run begins. Without it, runs are kept.",
        examples=[90],
    )
    model: str | None = Field(
        default=None,
        description="The chat model of all agents: provider:name, or cassette:DIR for recorded replies. "
        "Without one, the offline engines extract, browse and judge.",
        examples=["openai:gpt-4.1-mini"],
    )
    mode: Literal["enforce", "shadow"] = Field(
        default="enforce",
        description="enforce holds violations up; shadow judges and records, and lets everything through.",
    )
    max_steps: int = Field(default=30, ge=1, le=1000, description="The number of looks at a page that a run may take.")
    max_revisions: int = Field(
        default=3, ge=0, le=20, description="The number of proposals in one step that may be rejected."
    )
    max_tokens: int | None = Field(
        default=None,
        ge=1,
        description="The tokens that a web agent with a model may use up in one run. Without one, as many as it takes.",
        examples=[200_000],
    )
    max_seconds: float | None = Field(
        default=None,
        gt=0,
        description="The seconds that a web agent with a model may take for one run. Without one, as many as it takes.",
        examples=[600.0],
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Hosts that the browser may reach besides the task's own, with their subdomains.",
        examples=[["help.example", "login.example"]],
    )
    headed: bool = Field(default=False, description="Show the browser.")
    upload_folder: Path | None = Field(
        default=None,
        description="The folder with the files that a run may upload, by name. Without one, none may be.",
        examples=["uploads"],
    )
    max_sessions: int = Field(
        default=20,
        ge=1,
        le=500,
        description="The number of runs that work at the same time in one process; more wait for their turn.",
    )
    approver_authority: Authority = Field(
        default="user",
        description="The authority that an approval at the terminal or from a file carries.",
    )
    evaluation_context: EvaluationContext = Field(
        default="second_order",
        description="What the judge sees of the steps before: the previous one with its outcome, all, or none.",
    )
    auto_accept_narrowing: bool = Field(
        default=False,
        description="Put policies that a run proposed in force without a person, when they can only forbid more.",
    )
    secrets: dict[str, SecretSource] = Field(
        default_factory=dict,
        description="Secrets that acts may name as {{secret:NAME}}, each a table [secrets.NAME]: env or file says "
        "where the value comes from, hosts where it may be filled in.",
    )

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(host.strip() for host in value.split(",") if host.strip()) if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags before variables before the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=Path(FILE))


def load_settings(flags: Mapping[str, Any] | None = None) -> Settings:
    """The settings in force in this folder. `flags` that are None were not given.

    Raises InputError for an unknown key (with the nearest known one), a bad value, or a file that is not TOML.
    """
    _check_variables()
    given = {key: value for key, value in (flags or {}).items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise InputError(_explain(error, given)) from error
    except ValueError as error:
        raise InputError(f"{FILE} is not valid TOML: {error}") from error
    except OSError as error:
        raise InputError(f"{FILE} cannot be read: {error}") from error


def _check_variables() -> None:
    known = {PREFIX + key.upper() for key in Settings.model_fields} | ELSEWHERE
    for name in os.environ:
        if name.upper().startswith(VALUES):
            continue
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise InputError(f"unknown setting {name} in the environment{_nearest(name.upper(), known)}")


def _explain(error: ValidationError, flags: Mapping[str, Any]) -> str:
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]] or ["settings"]
    key = ".".join(path)
    if first["type"] == "extra_forbidden":
        return f"unknown setting {key} in {FILE}{_nearest(key, _keys_beside(path))}"
    if path[0] in flags:
        where = f"--{path[0].replace('_', '-')}"
    elif PREFIX + path[0].upper() in {name.upper() for name in os.environ}:
        where = PREFIX + path[0].upper()
    else:
        where = f"{key} in {FILE}"
    # Somebody may have written the value of a secret where its source belongs.
    got = "" if path[0] == "secrets" else f", got {first['input']!r}"
    return f"{where}: {first['msg']}{got}"


def _keys_beside(path: Sequence[str]) -> set[str]:
    """The known keys in the table that the last part of `path` stands in, with the names of the tables before them."""
    table: type[BaseModel] = Settings
    for part in path[:-1]:
        inner = table.model_fields[part].annotation
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return set(Settings.model_fields)
        table = inner
    return {".".join([*path[:-1], name]) for name in table.model_fields}


def _nearest(key: str, known: set[str] | frozenset[str]) -> str:
    near = difflib.get_close_matches(key, sorted(known), n=1, cutoff=0.4)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(sorted(known))}"
