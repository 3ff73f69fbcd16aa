"""Hosts named by their addresses: which ones an agent must not reach, and which it may not leave."""

from __future__ import annotations

import pytest

from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.policy import Policy, Source
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import Action, Element, Observation, Proposal, Situation, Task
from harmonyguard.utility_agent.agent import UtilityAgent

HERE = "https://shop.example/start"


async def _outcomes(text: str, url: str) -> set[str]:
    """What becomes of opening the URL, and of a click on a link to it whose name tells nothing."""
    source = Source(document="rules.md", sha256="0" * 64, quote=text)
    book = PolicyBook.of([Policy(id="p-1", description=text, sources=(source,), rule=compile_rule(text))])
    page = Observation(url=HERE, title="Start", elements=(Element(ref="e1", role="link", name="Next", url=url),))
    actions = (Action(type="goto", url=url), Action(type="click", ref="e1"))
    verdicts = [
        await UtilityAgent().evaluate(
            Situation(task=Task(goal="Look around"), observation=page, proposal=Proposal(action=action)), book
        )
        for action in actions
    ]
    assert not any(verdict.error for verdict in verdicts)
    return {verdict.outcome for verdict in verdicts}


@pytest.mark.parametrize(
    ("text", "forbidden", "open_to_it"),
    [
        ("Agents must not visit https://cheap-site.example.", "https://cheap-site.example/x", "https://site.example/"),
        ("Do not open www.lottery.example or its pages.", "http://www.lottery.example/", "https://lottery.test/"),
        ("Do not open www.lottery.example or its pages.", "http://lottery.example/a", "https://mylottery.example/"),
        ("Never go to https://a.example or https://b.example:8443.", "https://b.example:8443/", "https://b.example/"),
        ("Do not navigate to shop.example/admin.", "https://shop.example/Admin/users", "https://shop.example/admins"),
        ("Links to tracker.example must not be followed.", "https://in.tracker.example/?a", "https://shop.example/y"),
        ("paste.example is off limits.", "https://paste.example/new", "https://shop.example/y"),
        ("Access to paste.example is prohibited.", "https://paste.example/new", "https://shop.example/y"),
        ("It is forbidden to visit *.paste.example.", "https://raw.paste.example/1", "https://shop.example/y"),
        ("Stay away from paste.example.", "https://paste.example/", "https://shop.example/y"),
        ("No access to paste.example and its subdomains.", "https://raw.paste.example/", "https://shop.example/y"),
        ("Only visit shop.example and help.example.", "https://news.example/", "https://help.example/faq"),
        ("Stay on shop.example.", "https://news.example/", "https://shop.example/orders"),
        ("Agents may only browse pages on shop.example/orders.", "https://shop.example/staff", "https://shop.example/orders/7"),
        ("Never open websites outside shop.example.", "https://news.example/", "https://www.shop.example/"),
        ("Browsing is restricted to shop.example.", "https://news.example/", "https://shop.example/"),
        ("All sites other than shop.example are off limits.", "https://news.example/", "https://shop.example/"),
        ("Only shop.example may be visited.", "https://news.example/", "https://shop.example/"),
        ("Do not leave shop.example.", "https://news.example/", "https://shop.example/"),
    ],
)  # fmt: skip
async def test_a_named_host_is_forbidden_or_all_others_are(text: str, forbidden: str, open_to_it: str) -> None:
    assert await _outcomes(text, forbidden) == {"revise"}
    assert await _outcomes(text, open_to_it) == {"allow"}
    assert compile_rule(text).understood == "fully"


def test_what_else_is_said_of_an_address_is_left_to_the_judge() -> None:
    rule = compile_rule("Do not open the payroll screens of shop.example.")
    assert rule.understood != "fully"


def test_a_file_is_no_host() -> None:
    assert not any(term.atom.kind == "host" for term in compile_rule("Do not open payroll.pdf.").terms())


async def test_leave_lifts_it() -> None:
    text = "Do not visit paste.example without the user's permission."
    assert await _outcomes(text, "https://paste.example/") == {"revise"}
    assert compile_rule(text).unless
