"""Whatever the compiler makes of a text can be exported and imported: no question of it is refused by a format."""

from __future__ import annotations

import pytest

from harmonyguard.policies.formats.checks import unanswerable
from harmonyguard.policy_agent import compile_rule

from .sentences import SENTENCES

WITH_NUMBERS = (
    "Fees must be paid at the office within 24 hours.",
    "Parcels above 30 kg must not be sent.",
    "Bookings must not be longer than 14 days.",
    "Passwords must have at least 12 characters.",
)


@pytest.mark.parametrize("sentence", [*SENTENCES, *WITH_NUMBERS])
def test_compiled_rules_ask_only_what_formats_can_say(sentence: str) -> None:
    assert unanswerable(compile_rule(sentence)) is None
