"""Controls by their names, and controls whose names speak of something."""

from __future__ import annotations

import pytest

from .making import SITE, act, button, fact, field, link


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("import", "Import"),
        ("import", "Import readers"),
        ("bulk delete", "Bulk delete"),
        ("user management", "User management"),
        ("user management", "Users"),
        ("stock settings", "Stock settings"),
        ("audit", "Audit log"),
    ],
)
def test_names_that_speak_of_it(subject: str, name: str) -> None:
    assert fact(act(button(name)), "controls", subject) is True


@pytest.mark.parametrize(
    ("subject", "name"), [("delete", "Deleted items"), ("import", "Imported goods Ltd"), ("admin", "Admin handbook")]
)
def test_names_that_only_hold_the_word(subject: str, name: str) -> None:
    assert fact(act(link(name, f"{SITE}/x/1")), "controls", subject) is None


def test_other_controls_and_fields() -> None:
    assert fact(act(button("Save")), "controls", "import") is False
    assert fact(act(button("Administrator")), "controls", "admin") is not True
    assert fact(act(field("Import note"), type="fill", value="x"), "controls", "import") is False


def test_a_link_that_leads_there() -> None:
    assert fact(act(link("Gear", "/admin/overview")), "controls", "admin panel") is True
