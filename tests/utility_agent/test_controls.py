"""Controls by their names, and controls whose names speak of something."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Element

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


@pytest.mark.parametrize(
    ("written", "name", "others", "is_it"),
    [
        ("pubblish", "Publish", (), True),
        ("archvie", "Archive", (), True),
        ("archvie report", "Archive report", (), True),
        ("pubblish", "Publish", (button("Pubblish"),), False),
        ("posts", "Post", (), True),
        ("prints", "Paints", (), False),
        ("exit", "Edit", (), False),
    ],
)
def test_a_slip_of_the_pen_in_the_name_of_a_control(written: str, name: str, others: tuple, is_it: bool) -> None:  # type: ignore[type-arg]
    assert fact(act(button(name), others=others), "control", written) is is_it


@pytest.mark.parametrize(("ticked", "does_it"), [(False, True), (True, False)])
def test_who_takes_the_tick_off_does_not_do_what_the_box_is_called(ticked: bool, does_it: bool) -> None:
    box = Element(ref="t", role="checkbox", name="Delete the drafts on closing", checked=ticked)
    assert fact(act(box, title="Options"), "verb", "delete") is does_it


def test_a_tick_before_delete_is_a_step_of_deleting() -> None:
    for checked, does_it in ((False, True), (True, False)):
        box = Element(ref="t", role="checkbox", name="Delete the draft when sent", checked=checked)
        assert fact(act(box), "effect", "delete") is does_it
    assert fact(act(Element(ref="t", role="checkbox", name="Send me a copy", checked=False)), "effect", "send") is False
