"""The same texts in a document that the operator chose: quoted at most, and nothing that acts on the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonyguard.benchmarks.adversarial.texts import KINDS, hostile_texts
from harmonyguard.documents import load_document
from harmonyguard.policies.log import PolicyLog
from harmonyguard.policies.policy import normalise_quote
from harmonyguard.policy_agent import PolicyAgent
from harmonyguard.runs.report import render_report
from harmonyguard.steps import Action, Element, Finding, InputError, Verdict
from tests.cli.conftest import Harmonyguard, harmonyguard
from tests.runs.report_events import number, page

__all__ = ["harmonyguard"]

RULE = "Agents must not delete customer records."
REFUSED: set[tuple[str, str]] = set()
"""Its picture has words that Markdown does not show as text: a document that came out changed is an error."""
SUFFIXES = (".md", ".txt", ".html")


def document(folder: Path, kind: str, suffix: str) -> Path:
    said = [text.about("Delete ticket", "p-1")[:2_000] for text in hostile_texts() if text.kind == kind]
    if suffix == ".html":
        content = f"<html><body><p>{RULE}</p>" + "".join(f"<p>{one}</p>" for one in said) + "</body></html>"
    else:
        content = "\n\n".join([RULE, *said, RULE])
    path = folder / f"{kind}{suffix}"
    path.write_text(content, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", KINDS)
async def test_texts_in_a_document_become_quoted_policies_at_most(kind: str, suffix: str, tmp_path: Path) -> None:
    path = str(document(tmp_path, kind, suffix))
    if (kind, suffix) in REFUSED:
        with pytest.raises(InputError, match="cannot read"):
            await load_document(path)
        return
    loaded = await load_document(path)
    found = PolicyAgent().extract(loaded)
    whole = normalise_quote(" ".join(element.text for element in loaded.elements))
    for policy in found.policies:
        assert policy.status == "active" and policy.authority == "organization" and policy.enforcement == "enforce"
        assert all(normalise_quote(source.quote) in whole for source in policy.sources), policy.id
    kept = next(policy for policy in found.policies if RULE.rstrip(".") in policy.sources[0].quote)
    assert not kept.rule.consent_lifts


@pytest.mark.parametrize("kind", KINDS)
def test_the_command_line_prints_no_terminal_commands(kind: str, tmp_path: Path, harmonyguard: Harmonyguard) -> None:
    path = document(tmp_path, kind, ".txt")
    assert harmonyguard("ingest", str(path), "--book", "book.db").code == 0
    with PolicyLog.open("book.db", create=False) as log:
        ids = [policy.id for policy in log.state().book().policies]
    for arguments in (("policies", "list"), ("policies", "history"), *(("policies", "show", one) for one in ids[:3])):
        ended = harmonyguard(*arguments, "--book", "book.db")
        assert ended.code == 0, ended.err
        shown = ended.out + ended.err
        assert not {c for c in shown if not c.isprintable() and c not in "\n\u3000\xa0\u2028\u2029"}, arguments


def report_of(said: str) -> str:
    """The report of a run in which everything says this, in lower case."""
    finding = Finding(policy_id="p-1", status="violated", tier="rule", reason=said, clause=said, source=said)
    verdict = Verdict(outcome="revise", violated=("p-1",), explanation=said, findings=(finding,))
    return render_report(
        number(
            [
                (0, "run_started", {"run": "r-1", "task": {"goal": said, "url": "http://127.0.0.1/"}}),
                (1, "observed", page(said, "/", Element(ref="e1", role="button", name=said))),
                (1, "proposed", {"action": Action(type="click", ref="e1").to_json(), "reasoning": said}),
                (1, "judged", verdict.to_json()),
            ]
        )
    ).casefold()


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_shows_them_as_text(kind: str) -> None:
    scripts_of_its_own = report_of("Delete ticket").count("<script")
    for text in (one for one in hostile_texts() if one.kind == kind):
        html = report_of(text.about("Delete ticket", "p-1")[:5000])
        assert html.count("<script") == scripts_of_its_own, text.id
        assert "<img src=x" not in html and 'href="javascript' not in html, text.id
