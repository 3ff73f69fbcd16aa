"""What every command has in common: help, versions, errors, Ctrl-C, what reaches the terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest

from harmonyguard.cli import main
from harmonyguard.cli.output import printable
from harmonyguard.steps import GuardError, InputError, PermitError

from .conftest import Harmonyguard


def test_help_names_every_command(harmonyguard: Harmonyguard) -> None:
    ended = harmonyguard("--help")
    assert ended.code == 0 and ended.err == ""
    for command in ("demo", "ingest", "check", "run", "report", "doctor", "runs", "policies", "bench"):
        assert f"\n  {command} " in ended.out


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from harmonyguard.cli import main; code = main(['--help']); "
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stderr.split())
    assert "typer" in loaded
    assert not loaded & {"pydantic", "langgraph", "langchain_core", "playwright", "sqlalchemy", "rich", "asyncio"}


def test_the_version(harmonyguard: Harmonyguard) -> None:
    assert harmonyguard("--version").out.startswith("harmonyguard 0.")


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (InputError("no such file"), 2, "no such file"),
        (GuardError("the judge is down"), 3, "the judge is down"),
        (PermitError("no permit"), 3, "no permit"),
        (RuntimeError("boom\nand more"), 3, "unexpected RuntimeError: boom and more"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_errors_give_one_line_and_their_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException, code: int, words: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("harmonyguard.settings.load_settings", fail)
    assert main(["doctor"]) == code
    out, err = capsys.readouterr()
    assert out == "" and words in err and "Traceback" not in err
    assert err.strip().count("\n") == 0


def test_verbose_shows_where_it_came_from(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("harmonyguard.settings.load_settings", fail)
    assert main(["doctor", "--verbose"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_words_from_documents_cannot_command_the_terminal() -> None:
    assert printable("a\x1b[2Jb\u202ec\nd") == "a\ufffd[2Jb\ufffdc\nd"


@pytest.mark.parametrize("place", [0, 1])
def test_quiet_says_results_and_errors_only(harmonyguard: Harmonyguard, place: int) -> None:
    arguments = ["check", "-"]
    arguments.insert(2 * place, "--quiet")
    row = '{"id": "a", "goal": "Look", "policies": [], "observation": {}, "action": {"type": "scroll"}}'
    assert harmonyguard("check", "-", stdin=row).err != ""
    ended = harmonyguard(*arguments, stdin=row)
    assert (ended.code, ended.err) == (0, "") and '"id": "a"' in ended.out
    assert "no such file" in harmonyguard("check", "nowhere.jsonl", "--quiet").err
