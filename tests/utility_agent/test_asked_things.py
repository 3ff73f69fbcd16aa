"""The thing that the goal asks an act on is the act's thing, where control and page leave it open."""

from __future__ import annotations

from .making import act, button, fact


def booking(goal: str, name: str = "Book with Alpine Tours", **more: str) -> bool | None:
    found = act(button(name), goal=goal, text="Guided hikes. Huts on the way.", at="https://d.example/hikes/4", **more)
    return fact(found, "object", "hikes")


def test_what_the_goal_asks_to_book_is_booked() -> None:
    assert booking("Book a guided hike for Sunday.") is True
    assert booking("Find a guided hike for Sunday and book it.") is True
    assert booking("Compare guided hikes, then book one.") is True


def test_what_the_goal_only_looks_at_is_not() -> None:
    assert booking("Read about hikes. Book a hut.") is None
    assert booking("Which hikes start on Sunday?") is None


def test_an_act_on_another_thing_of_the_goal() -> None:
    assert booking("Book a hike and book a hut.", name="Book hut") is not True


def test_a_page_that_does_not_speak_of_it() -> None:
    found = act(button("Book now"), goal="Book a hike.", at="https://d.example/4", text="Rooms")
    assert fact(found, "object", "hike") is False
