"""Policies and documents for tests of extraction."""

from __future__ import annotations

from pathlib import Path

from harmonyguard.documents import Document, load_document
from harmonyguard.policies.policy import Policy, Source, policy_id
from harmonyguard.policy_agent import compile_rule
from harmonyguard.steps import Authority


def policy(
    description: str,
    *,
    document: str = "rules.md",
    headings: tuple[str, ...] = (),
    authority: Authority = "organization",
) -> Policy:
    source = Source(document=document, sha256="0" * 64, headings=headings, quote=description)
    return Policy(
        id=policy_id(document + authority, description),
        description=description,
        authority=authority,
        sources=(source,),
        rule=compile_rule(description),
    )


async def document_of(folder: Path, text: str, name: str = "rules.md") -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return await load_document(str(path))
