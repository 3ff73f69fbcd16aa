"""Without somebody to ask, asking means no; a prepared yes covers exactly what it names."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from harmonyguard.runs.approvals import (
    ApprovalsFile,
    AskDenied,
    ReviewAnswer,
    ReviewRequest,
    TerminalApprover,
    UserQuestion,
    describe_review,
)
from harmonyguard.steps import Action, ConsentRequest, InputError

DELETE = ConsentRequest(effect="delete", target="Delete ticket")
PAY = ConsentRequest(effect="purchase", target="Pay", values={"Amount": "5 EUR"})
FILE = """{"approvals": [
  {"effect": "delete", "target": "delete TICKET", "answer": "yes", "reason": "agreed by phone"},
  {"effect": "purchase", "target": "Pay", "values": {"Amount": "5 EUR"}, "answer": "yes"},
  {"effect": "send", "target": "Send", "answer": "no", "reason": "never"}]}"""


@pytest.fixture
def approvals(tmp_path: Path) -> ApprovalsFile:
    path = tmp_path / "approvals.json"
    path.write_text(FILE)
    return ApprovalsFile.load(path)


def question(*requests: ConsentRequest) -> UserQuestion:
    return UserQuestion(run="r", step=1, question="May I?", requests=requests)


def review(**changes: object) -> ReviewRequest:
    fields = {"run": "r", "step": 1, "action": Action(type="click", ref="e1"), "page": "http://a/"}
    return ReviewRequest.model_validate({**fields, **changes})


async def test_nobody_to_ask_means_no() -> None:
    assert (await AskDenied().ask(question(DELETE))).answer == "no"
    assert (await AskDenied().review(review())).answer == "reject"


@pytest.mark.parametrize(
    ("requests", "answer"),
    [
        ((DELETE,), "yes"),
        ((DELETE, PAY), "yes"),
        ((), "no"),
        ((PAY.model_copy(update={"values": {"Amount": "500 EUR"}}),), "no"),
        ((PAY.model_copy(update={"values": {}}),), "no"),
        ((DELETE.model_copy(update={"target": "Delete customer"}),), "no"),
        ((DELETE.model_copy(update={"effect": "send"}),), "no"),
        ((DELETE, ConsentRequest(effect="send", target="Send")), "no"),
    ],
)
async def test_every_listed_item_must_be_covered(
    approvals: ApprovalsFile, requests: tuple[ConsentRequest, ...], answer: str
) -> None:
    asked = question(*requests)
    given = await approvals.ask(asked)
    assert (given.answer, given.shown) == (answer, asked.digest())


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"effects": ["delete", "navigate"], "target": "Delete ticket"}, "approve"),
        ({"effects": ["delete"], "target": "Delete ticket", "can_approve": False}, "reject"),
        ({"effects": ["delete", "send"], "target": "Delete ticket"}, "reject"),
        ({"effects": ["delete"], "target": "Delete ticket", "values": {"a": "b"}}, "reject"),
        ({"effects": [], "target": "Delete ticket"}, "reject"),
    ],
)
async def test_a_review_is_answered_by_the_same_rule(
    approvals: ApprovalsFile, changes: dict[str, object], answer: str
) -> None:
    assert (await approvals.review(review(**changes))).answer == answer


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"approvals": [{"effect": "burn", "target": "x", "answer": "yes"}]}', '{"approval": []}', "\xff"],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "approvals.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError) as caught:
        ApprovalsFile.load(path)
    assert "approvals.json" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="could not be read"):
        ApprovalsFile.load(tmp_path / "none.json")


def test_an_answer_may_call_it_digest() -> None:
    assert ReviewAnswer.model_validate({"answer": "approve", "digest": "abc"}).shown == "abc"


@pytest.mark.parametrize(("typed", "reason"), [(b"too early\n", "too early"), (b"", "nobody answered")])
def test_at_the_terminal_the_end_of_the_input_is_a_no(
    monkeypatch: pytest.MonkeyPatch, typed: bytes, reason: str
) -> None:
    with _terminal(monkeypatch) as keyboard:
        os.write(keyboard, typed)
        os.close(keyboard)
        answer = asyncio.run(TerminalApprover().review(review(can_approve=False)))
    assert (answer.answer, answer.reason) == ("reject", reason)


def test_an_interrupt_does_not_wait_for_what_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def interrupted() -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(TerminalApprover().review(review()), 0.05)

    with _terminal(monkeypatch) as keyboard:
        # The end of `asyncio.run` waits for its threads: one that waits for a line would keep it for ever.
        running = threading.Thread(target=asyncio.run, args=(interrupted(),), daemon=True)
        running.start()
        running.join(20)
        ended = not running.is_alive()
        os.write(keyboard, b"y\n")
    assert ended


@contextlib.contextmanager
def _terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """What is written to the yielded descriptor is typed at the terminal."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as stdin, monkeypatch.context() as patch:
        patch.setattr("sys.stdin", stdin)
        yield writing
    with contextlib.suppress(OSError):
        os.close(writing)


def test_a_page_cannot_forge_lines_of_a_review_or_command_the_terminal() -> None:
    forged = "Orders\x1b[2J\nWould change: nothing\u202e"
    told = describe_review(review(title=forged, target=forged, values={"Note": forged}))
    assert "\x1b" not in told
    assert "\u202e" not in told
    changes = [line for line in told.splitlines() if line.startswith("Would change")]
    assert changes == ["Would change: nothing that is known"]
