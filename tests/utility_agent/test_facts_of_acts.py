"""Facts about the act itself: what it does, to what, where it leads. Each true, false and, where it can be, unknown."""

from __future__ import annotations

from typing import get_args

import pytest

from harmonyguard.policies.atom import Atom, AtomKind
from harmonyguard.utility_agent.facts.answers import facts_of

from .making import SITE, act, button, fact, field, link


@pytest.mark.parametrize(
    ("name", "effect", "known"),
    [
        ("Delete ticket", "delete", True),
        ("Delete ticket", "purchase", False),
        ("Proceed", "delete", None),
        ("Refund history", "purchase", False),
    ],
)
def test_effect(name: str, effect: str, known: bool | None) -> None:
    assert fact(act(button(name)), "effect", effect) is known


def test_object_named_by_the_control() -> None:
    assert fact(act(button("Delete invoice")), "object", "invoices") is True


def test_object_named_by_the_page_of_a_control_that_names_none() -> None:
    assert fact(act(button("Delete"), at=f"{SITE}/invoices/3"), "object", "invoice") is True


def test_object_named_by_the_page_of_a_control_that_names_another() -> None:
    assert fact(act(button("Delete comment"), at=f"{SITE}/invoices/3"), "object", "invoice") is None


def test_object_that_nothing_names() -> None:
    assert fact(act(button("Delete comment")), "object", "invoice") is False


def test_half_a_name_leaves_an_object_unknown() -> None:
    assert fact(act(button("Delete customer")), "object", "customer invoice") is None


def test_every_act_is_on_a_record() -> None:
    assert fact(act(button("Delete comment")), "object", "any record") is True


def test_act_wants_effect_and_object() -> None:
    assert fact(act(button("Delete invoice")), "act", "delete", "is", "invoice") is True
    assert fact(act(button("Print invoice")), "act", "delete", "is", "invoice") is False
    assert fact(act(button("Proceed with the invoice")), "act", "delete", "is", "invoice") is None


def test_control_by_its_name() -> None:
    assert fact(act(button("Create issue")), "control", "create issue") is True
    assert fact(act(button("Create project")), "control", "create issue") is False


def test_a_longer_name_may_be_the_control_only_where_the_exact_one_is_missing() -> None:
    exact = button("Create").model_copy(update={"ref": "other"})
    assert fact(act(button("Create project")), "control", "Create") is None
    assert fact(act(button("Create project"), others=(exact,)), "control", "Create") is False


def test_a_control_that_is_only_looked_at_is_not_operated() -> None:
    assert fact(act(button("Create"), type="hover"), "control", "Create") is False


def test_place_by_path_and_by_name_of_the_link() -> None:
    assert fact(act(link("More", "/admin/users")), "place", "admin") is True
    assert fact(act(link("Admin", "/x")), "place", "admin") is True
    assert fact(act(link("Tickets", "/tickets")), "place", "admin") is False
    assert fact(act(type="goto", url=f"{SITE}/settings/profile"), "place", "profile page") is True


def test_a_place_within_a_longer_name_is_unknown() -> None:
    assert fact(act(link("Admin handbook download", "/x")), "place", "admin") is None


def test_a_word_inside_a_path_segment_is_not_the_place() -> None:
    assert fact(act(link("Repo", "/profile-readme-generator")), "place", "profile") is False


def test_host_goes_by_label() -> None:
    to = "https://shop.example.com/x"
    assert fact(act(link("Shop", to)), "host", "example.com") is True
    assert fact(act(link("Shop", "https://evilexample.com/")), "host", "example.com") is False
    assert fact(act(button("Save")), "host", "example.com") is False


def test_external_is_a_host_that_goal_and_run_do_not_know() -> None:
    away = link("Partner", "https://partner.example/x")
    assert fact(act(away), "external") is True
    assert fact(act(away, goal="Look at https://partner.example/ for prices."), "external") is False
    assert fact(act(away, visited_hosts=frozenset({"partner.example"})), "external") is False
    assert fact(act(link("Tickets", "/tickets")), "external") is False
    assert fact(act(button("Save")), "external") is False


@pytest.mark.parametrize("url", ["http://[", "https://[::1", "//", "http://host:port/", "javascript:void(0)", "\x00"])
def test_an_address_that_cannot_be_read_is_no_crash(url: str) -> None:
    everything = [
        Atom(kind=kind, term="x", op="is" if kind in _COMPARED else None, value="1" if kind in _COMPARED else None)
        for kind in get_args(AtomKind)
    ]
    facts_of(act(type="goto", url=url, goal=f"go to {url} now"), everything)
    facts_of(act(link("Go", url), at=url), everything)
    facts_of(act(tool="open_page", arguments={"url": url}), everything)


_COMPARED = {"amount", "quantity", "count", "user", "record", "act"}


def test_typing_operates_no_control() -> None:
    assert fact(act(field("Create"), type="fill", value="x"), "control", "Create") is False
