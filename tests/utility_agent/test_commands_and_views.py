"""Commands picked from a list, and controls that only clear the reader's own view."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Element

from .making import act, button, fact


def choice(name: str, role: str = "combobox") -> Element:
    return Element(ref="t", role=role, name=name)


@pytest.mark.parametrize("name", ["Actions", "Bulk actions", "With selected:", "More options", "Mass action"])
def test_picking_a_command_is_a_step_of_it(name: str) -> None:
    assert fact(act(choice(name), type="select_option", value="Delete"), "effect", "delete") is True
    assert fact(act(choice(name), type="select_option", value="Print labels"), "effect", "delete") is False


@pytest.mark.parametrize("name", ["Status", "Reason", "Archive"])
def test_a_value_of_a_field_is_no_command(name: str) -> None:
    assert fact(act(choice(name), type="select_option", value="Delete"), "effect", "delete") is False


def test_an_option_of_a_list_of_commands() -> None:
    option = Element(ref="t", role="option", name="Delete", path=("Bulk actions",))
    assert fact(act(option), "effect", "delete") is True
    assert fact(act(option.model_copy(update={"path": ("Status",)})), "effect", "delete") is False


FILTERS = "StaticText 'Active filters: colour blue'\n[t] button '{name}'\n[9] row 'Blue mug'"


@pytest.mark.parametrize("name", ["Clear all", "Reset", "Clear"])
def test_clearing_beside_filters_deletes_nothing(name: str) -> None:
    assert fact(act(button(name), text=FILTERS.format(name=name)), "effect", "delete") is False


@pytest.mark.parametrize("name", ["Delete filter", "Remove filters", "Clear search", "Remove all filters"])
def test_taking_a_filter_away_deletes_nothing(name: str) -> None:
    assert fact(act(button(name)), "effect", "delete") is False


@pytest.mark.parametrize(
    "found",
    [
        act(button("Clear all"), text="StaticText 'Notifications'\n[t] button 'Clear all'"),
        act(button("Clear cart"), text=FILTERS.format(name="Clear cart")),
        act(button("Delete all"), text=FILTERS.format(name="Delete all")),
        act(button("Delete saved filter")),
        act(button("Clear all"), text=FILTERS.format(name="Clear all"), fields={"x": "1"}),
    ],
)
def test_clearing_anything_else_may_delete(found: object) -> None:
    assert fact(found, "effect", "delete") is not False  # type: ignore[arg-type]


@pytest.mark.parametrize(("region", "deletes"), [("Filter", False), ("Filters", False), ("Members", True)])
def test_what_is_removed_from_a_filter_stays_where_it_is(region: str, deletes: bool) -> None:
    assert (fact(act(button("Remove", path=(region,))), "effect", "delete") is True) is deletes
