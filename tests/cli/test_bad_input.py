"""Bad input ends with one clear line on stderr, exit code 2, nothing on stdout and nothing written."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from .conftest import Ended, Harmonyguard


def one_line(ended: Ended, *words: str) -> None:
    one_line_of(ended.code, ended.out, ended.err, *words)


def one_line_of(code: int, out: str, err: str, *words: str) -> None:
    assert code == 2, err
    assert out == "" and err.count("\n") == 1 and "Traceback" not in err
    assert err.startswith("harmonyguard: ")
    for word in words:
        assert word in err


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_a_missing_file(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    one_line(harmonyguard("ingest", "absent.pdf"), "absent.pdf", "nothing was written")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_pdf(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    one_line(harmonyguard("ingest", "empty.pdf"), "empty.pdf")


def test_a_pdf_that_is_not_one(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_text("Dear all, this is no PDF.")
    one_line(harmonyguard("ingest", "letter.pdf"), "letter.pdf")


def test_a_document_without_policies(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    (tmp_path / "poem.md").write_text("# Spring\n\nThe meadow is green.\n")
    one_line(harmonyguard("ingest", "poem.md"), "poem.md")


def test_an_unreachable_url(harmonyguard: Harmonyguard) -> None:
    url = f"http://127.0.0.1:{free_port()}/policy.html"
    one_line(harmonyguard("ingest", url), url, "Connection refused")


def test_a_run_that_cannot_reach_its_first_page_leaves_nothing(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    (tmp_path / "rules.md").write_text("# Rules\n\nAgents must not delete tickets.\n")
    url = f"http://127.0.0.1:{free_port()}/"
    one_line(harmonyguard("run", "Open ticket 3", "--url", url, "--policies", "rules.md"), url)
    assert not (tmp_path / ".harmonyguard").exists()


def test_one_bad_source_among_good_ones_writes_nothing(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    (tmp_path / "rules.md").write_text("# Rules\n\nAgents must not delete tickets.\n")
    one_line(harmonyguard("ingest", "rules.md", "absent.md"), "absent.md", "nothing was written")
    assert [path.name for path in tmp_path.iterdir()] == ["rules.md"]


def test_with_json_the_document_says_which_source_failed(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    (tmp_path / "rules.md").write_text("# Rules\n\nAgents must not delete tickets.\n")
    ended = harmonyguard("ingest", "rules.md", "absent.md", "--json")
    assert ended.code == 2
    good, bad = ended.json["documents"]
    assert good["error"] is None and "absent.md" in bad["error"]
    assert not (tmp_path / ".harmonyguard").exists()


@pytest.mark.parametrize(
    "command", [["ingest", "rules.md"], ["check", "-"], ["run", "Do it", "--url", "http://a.test"]]
)
@pytest.mark.parametrize("model", ["gpt-of-nobody", "nobody:model"])
def test_an_unknown_model(harmonyguard: Harmonyguard, tmp_path: Path, command: list[str], model: str) -> None:
    (tmp_path / "rules.md").write_text("# Rules\n\nAgents must not delete tickets.\n")
    one_line(harmonyguard(*command, "--model", model), model)
    assert not (tmp_path / ".harmonyguard").exists()


def test_a_task_without_a_url(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    one_line(harmonyguard("run", "Delete ticket 3"), "--url")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["ftp://a.test", "javascript:alert(1)", "tickets", "http://", "file:///etc/passwd"])
def test_a_url_that_is_no_web_address(harmonyguard: Harmonyguard, url: str) -> None:
    one_line(harmonyguard("run", "Delete ticket 3", "--url", url), url)


def test_no_task(harmonyguard: Harmonyguard) -> None:
    one_line(harmonyguard("run", "--url", "http://a.test"), "no task given")


def test_no_book(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    one_line(harmonyguard("run", "Do it", "--url", "http://a.test"), "policies.db")
    one_line(harmonyguard("policies", "list"), "policies.db")
    assert not (tmp_path / ".harmonyguard").exists()


def test_a_run_that_does_not_exist(harmonyguard: Harmonyguard) -> None:
    one_line(harmonyguard("report", "run-of-nobody"), "run-of-nobody")
    one_line(harmonyguard("runs", "show", "../secrets"))
    one_line(harmonyguard("run", "--resume", "run-of-nobody"), "run-of-nobody")


def test_an_approvals_file_that_is_missing(harmonyguard: Harmonyguard, tmp_path: Path) -> None:
    one_line(harmonyguard("run", "Do it", "--url", "http://a.test", "--approve", "answers.json"), "answers.json")


def test_missing_rows(harmonyguard: Harmonyguard) -> None:
    one_line(harmonyguard("check", "rows.jsonl"), "rows.jsonl")
    one_line(harmonyguard("bench", "actions", "rows.jsonl"), "rows.jsonl")
    one_line(harmonyguard("bench", "extraction", "rows.jsonl"), "rows.jsonl")


def test_a_misspelt_option_command_or_setting(harmonyguard: Harmonyguard) -> None:
    one_line(harmonyguard("run", "Do it", "--modle", "x"), "--modle")
    one_line(harmonyguard("chekc"), "chekc")
    one_line(harmonyguard("doctor", env={"HARMONYGUARD_MAX_STEP": "9"}), "HARMONYGUARD_MAX_STEPS")


def test_a_task_that_was_not_quoted(harmonyguard: Harmonyguard) -> None:
    one_line(harmonyguard("run", "Delete", "ticket", "--url", "http://a.test"), "quotes")
