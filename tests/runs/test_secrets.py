"""Where the values of secrets come from, and what is said when one cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonyguard.runs.secrets import Secrets, declared_secrets, known_secrets, secret_values
from harmonyguard.settings import load_settings
from harmonyguard.steps import InputError, SecretSource, Task

HOSTS = ("crm.test",)


def test_values_come_from_variables_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "key"
    file.write_text("from-file\n")
    file.chmod(0o600)
    monkeypatch.setenv("CRM_PASSWORD", "from-variable")
    monkeypatch.setenv("HARMONYGUARD_SECRET_ASKED", "from-prefix")
    declared = {
        "crm_password": SecretSource(env="CRM_PASSWORD", hosts=HOSTS),
        "crm_key": SecretSource(file=file, hosts=HOSTS),
        "asked": SecretSource(hosts=HOSTS),
        "absent": SecretSource(env="NOT_SET", hosts=HOSTS),
    }
    known = known_secrets(declared, Task(goal="g", url="http://crm.test/"))
    values = secret_values(known, declared, {})
    assert values == {"crm_password": "from-variable", "crm_key": "from-file", "asked": "from-prefix"}
    assert "from-" not in repr(Secrets(known, values))


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("value")
    file.chmod(0o644)
    declared = {"crm_key": SecretSource(file=file, hosts=HOSTS)}
    known = known_secrets(declared, Task(goal="g", url="http://crm.test/"))
    with pytest.raises(InputError, match=r"secrets\.crm_key: others may read .*chmod 600"):
        secret_values(known, declared, {})


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    declared = {"crm_password": SecretSource(env="CRM_PASSWORD", hosts=HOSTS)}
    task = Task(goal='Enter "{{secret:crm_pasword}}" into "Password"', url="http://crm.test/")
    with pytest.raises(InputError, match="the secret crm_pasword, which is not declared; known are crm_password"):
        known_secrets(declared, task)


@pytest.mark.parametrize(
    ("declaration", "words"),
    [
        ({"env": "A", "file": "b", "hosts": ["crm.test"]}, "from env or from file, not from both"),
        ({"env": "A", "hosts": []}, "at least 1 item"),
        ({"env": "A", "hosts": ["https://crm.test"]}, "match pattern"),
        ({"value": "hunter2-open", "hosts": ["crm.test"]}, "not permitted"),
    ],
)
def test_a_wrong_declaration_is_told_without_what_it_holds(declaration: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words) as told:
        declared_secrets({"crm": declaration})
    assert "hunter2-open" not in str(told.value)


def test_settings_declare_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HARMONYGUARD_SECRET_CRM", "x")
    (tmp_path / "harmonyguard.toml").write_text('[secrets.crm]\nenv = "CRM_PASSWORD"\nhosts = ["crm.test"]\n')
    assert load_settings().secrets == {"crm": SecretSource(env="CRM_PASSWORD", hosts=HOSTS)}
    (tmp_path / "harmonyguard.toml").write_text('[secrets]\ncrm = "hunter2-open"\n')
    with pytest.raises(InputError, match=r"secrets\.crm") as told:
        load_settings()
    assert "hunter2-open" not in str(told.value)
