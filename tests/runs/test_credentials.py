"""Credentials in the words of a task give way to names; other words about passwords stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.runs.credentials import take_answered, take_credentials
from harmonyguard.runs.redaction import HIDDEN, Redactor, spellings

NAME = "{{secret:task_password}}"


@pytest.mark.parametrize(
    ("goal", "without", "values"),
    [
        ('Enter "open sesame" into "Password".', f'Enter "{NAME}" into "Password".', {"task_password": "open sesame"}),
        ("Log in with password hunter22.", f"Log in with password {NAME}.", {"task_password": "hunter22"}),
        (
            'Enter "ab" as the password. Press "ab".',
            f'Enter "{NAME}" as the password. Press "ab".',
            {"task_password": "ab"},
        ),
        ('The password is "hunter22"; say hunter22 twice', f'The password is "{NAME}"; say {NAME} twice', None),
        (
            'Password "one1", then password "two2", API key ab12cd34',
            f'Password "{NAME}", then password "{{{{secret:task_password_2}}}}", API key {{{{secret:task_api_key}}}}',
            {"task_password": "one1", "task_password_2": "two2", "task_api_key": "ab12cd34"},
        ),
        ('Enter "{{secret:crm_1}}" into "Password"', 'Enter "{{secret:crm_1}}" into "Password"', {}),
        ('Click "Show" in the password box. Go on.', 'Click "Show" in the password box. Go on.', {}),
        ('Open "Password". Click "Save"', 'Open "Password". Click "Save"', {}),
        ('Click "Password" and read about passwords', 'Click "Password" and read about passwords', {}),
    ],
)
def test_taken_out(goal: str, without: str, values: dict[str, str] | None) -> None:
    taken, found = take_credentials(goal)
    assert taken == without
    assert values is None or found == values
    assert take_credentials(taken) == (taken, {})


@given(st.text(min_size=6, max_size=24).filter(lambda text: len(text.strip()) >= 6))
def test_a_known_secret_is_found_in_every_spelling(secret: str) -> None:
    redactor = Redactor()
    redactor.learn(secret)
    for spelling in spellings(secret.strip()):
        assert HIDDEN in redactor.text(f"before {spelling} after")


@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "user:"])
def test_a_secret_inside_of_base64_is_found(before: str) -> None:
    import base64

    redactor = Redactor()
    redactor.learn("hunter2-open", "{{secret:crm}}")
    shown = redactor.text(base64.b64encode(f"{before}hunter2-open".encode()).decode())
    assert "{{secret:crm}}" in shown


def test_what_stands_for_a_secret_survives_under_a_key_that_names_one() -> None:
    told = {"Password": NAME, "token": "abc"}
    assert Redactor().json(told) == {"Password": NAME, "token": HIDDEN}


@pytest.mark.parametrize(
    ("question", "answer", "without", "values"),
    [
        ("What is the password?", "Hunter2-zebra", "{{secret:task_password_2}}", {"task_password_2": "Hunter2-zebra"}),
        (
            "Which?",
            "The password is x9-zebra.",
            "The password is {{secret:task_password_2}}.",
            {"task_password_2": "x9-zebra"},
        ),
        ("Which password do you mean?", "The old one", "The old one", {}),
        ("Shall I keep it secret?", "Certainly", "Certainly", {}),
        ("What is the password?", "none", "none", {}),
    ],
)
def test_credentials_in_an_answer(question: str, answer: str, without: str, values: dict[str, str]) -> None:
    assert take_answered(question, answer, taken=["task_password"]) == (without, values)
