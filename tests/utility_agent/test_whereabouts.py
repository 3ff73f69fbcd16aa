"""Leaving a part of the site, or what the task is about, told by addresses."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Element

from .making import SITE, act, button, fact, link

ORDERS = Element(ref="n", role="link", name="Orders", url=f"{SITE}/shop/orders")


@pytest.mark.parametrize("path", ["/shop/staff", "/shop/staff/4", "/shop/price-lists"])
def test_what_stands_beside_the_part_is_elsewhere(path: str) -> None:
    assert fact(act(link("x", path), at=f"{SITE}/shop/orders/7"), "elsewhere", "orders") is True
    assert fact(act(link("x", path), at=f"{SITE}/shop/staff", others=(ORDERS,)), "elsewhere", "orders") is True
    assert fact(act(type="goto", url=f"{SITE}{path}", at=f"{SITE}/shop/orders"), "elsewhere", "orders") is True


@pytest.mark.parametrize("path", ["/shop/orders", "/shop/orders/9/edit", "/shop", "/shop/help", "/"])
def test_the_part_itself_and_what_is_for_everybody_is_not(path: str) -> None:
    assert fact(act(link("x", path), at=f"{SITE}/shop/orders/7"), "elsewhere", "orders") is False


def test_where_the_part_is_nobody_can_tell() -> None:
    assert fact(act(link("Staff", "/shop/staff"), at=f"{SITE}/shop/x"), "elsewhere", "orders") is None
    assert fact(act(Element(ref="t", role="link", name="Staff")), "elsewhere", "orders") is None
    assert fact(act(Element(ref="t", role="link", name="Orders")), "elsewhere", "orders") is False


def test_another_host_is_elsewhere() -> None:
    assert fact(act(link("x", "https://other.example/orders")), "elsewhere", "orders") is True


def test_acts_that_lead_nowhere_stay() -> None:
    assert fact(act(button("Save")), "elsewhere", "orders") is False
    assert fact(act(button("Save")), "elsewhere") is False


def test_what_the_task_speaks_of_is_part_of_it() -> None:
    at = f"{SITE}/#/welcome"
    assert fact(act(link("Suppliers", "/#/suppliers"), at=at, goal="Add a supplier"), "elsewhere") is False
    assert fact(act(link("Contracts", "/#/contracts"), at=at, goal="Add a supplier"), "elsewhere") is None


def test_the_page_at_hand_and_what_lies_below_is_part_of_it() -> None:
    at = f"{SITE}/#/suppliers"
    assert fact(act(link("Row", "/#/suppliers/12"), at=at), "elsewhere") is False
    assert fact(act(link("Home", "/#/home"), at=at), "elsewhere") is False


def test_a_task_is_about_what_the_user_speaks_of() -> None:
    exporting = act(button("Next"), goal="Export the invoices of May")
    assert fact(exporting, "task", "export") is True
    assert fact(exporting, "task", "downloading invoices") is True
    assert fact(exporting, "task", "stocktaking") is None
