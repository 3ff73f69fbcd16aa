"""Which format a policy file has, told from what is in it."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args

from harmonyguard.steps import InputError

from .json_text import parse_json
from .policy_file import PolicyFile
from .policy_json import FORMAT
from .research_json import is_research_json

PolicyFormat = Literal["json", "cedar", "harmonyguard"]
"""`json` is our own; `cedar` is Cedar text; `harmonyguard` is the JSON of the HarmonyGuard research code."""

FORMATS: tuple[PolicyFormat, ...] = get_args(PolicyFormat)

_CEDAR = re.compile(r"(?:\s|//[^\n\r]*(?:[\n\r]|$))*(?:@\w|permit\s*\(|forbid\s*\()")


def recognise(file: PolicyFile) -> PolicyFormat:
    """The format of `file`. Raises InputError when it is none of ours."""
    text = file.text.lstrip()
    if text[:1] in ("{", "["):
        return _of_json(parse_json(text, name=file.name), file.name)
    if _CEDAR.match(text):
        return "cedar"
    raise InputError(
        f"{file.name} is no policy file that HarmonyGuard knows ({', '.join(FORMATS)}); "
        "documents are read with `harmonyguard ingest`"
    )


def _of_json(document: Any, name: str) -> PolicyFormat:
    if isinstance(document, dict) and document.get("format") == FORMAT:
        return "json"
    if is_research_json(document):
        return "harmonyguard"
    if isinstance(document, dict) and "staticPolicies" in document:
        raise InputError(f"{name} is Cedar in JSON: write it as Cedar text (`cedar translate-policy`) and import that")
    raise InputError(
        f'{name} is JSON, but neither of ours ("format": "{FORMAT}") nor of the research code (policy_description)'
    )
