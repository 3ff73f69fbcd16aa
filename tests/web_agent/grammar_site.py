"""A support desk in a dictionary: pages as observations, and an act that turns a proposal into the next view."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmonyguard.steps import Action, Element, Event, Form, Observation, Task
from harmonyguard.web_agent.agent import View

BASE = "http://desk.test"


def link(ref: str, name: str, path: str, **rest: object) -> Element:
    return Element(ref=ref, role="link", name=name, url=f"{BASE}{path}", **rest)  # type: ignore[arg-type]


def button(ref: str, name: str, **rest: object) -> Element:
    return Element(ref=ref, role="button", name=name, **rest)  # type: ignore[arg-type]


def textbox(ref: str, name: str, **rest: object) -> Element:
    return Element(ref=ref, role="textbox", name=name, **rest)  # type: ignore[arg-type]


NAVIGATION = (
    link("n1", "Tickets", "/tickets"),
    link("n2", "Customers", "/customers"),
    link("n3", "Settings", "/settings"),
)


def page(path: str, title: str, *elements: Element, text: str = "", status: int = 200) -> Observation:
    forms = tuple(Form(id=name) for name in sorted({e.form for e in elements if e.form is not None}))
    return Observation(
        url=f"{BASE}{path}",
        title=title,
        text=f'- heading "{title}" [level=1]\n{text}',
        elements=(*NAVIGATION, *elements),
        forms=forms,
        status=status,
        document=path,
    )


def ticket_page(text: str = "") -> Observation:
    return page(
        "/tickets/1",
        "Printer is broken",
        textbox("t1", "Reply to customer", form="reply"),
        button("t2", "Send reply", form="reply"),
        Element(
            ref="t3", role="combobox", name="Status", value="Open", options=("Open", "Pending", "Closed"), form="edit"
        ),
        textbox("t4", "Assignee", form="edit"),
        button("t5", "Save changes", form="edit"),
        button("t6", "Delete ticket", form="delete"),
        text=text,
    )


PAGES = {
    "/": page("/", "Support desk"),
    "/tickets": page(
        "/tickets",
        "Tickets",
        link("l1", "Printer is broken", "/tickets/1"),
        link("l2", "Parcel not delivered", "/tickets/2"),
        link("l3", "New ticket", "/tickets/new"),
    ),
    "/tickets/1": ticket_page(),
    "/tickets/new": page(
        "/tickets/new",
        "New ticket",
        textbox("f1", "Subject", form="new"),
        textbox("f2", "Description", form="new"),
        Element(
            ref="f3", role="combobox", name="Priority", value="Normal", options=("Low", "Normal", "High"), form="new"
        ),
        button("f4", "Create ticket", form="new"),
        button("f5", "Cancel", form="new"),
    ),
    "/customers": page(
        "/customers",
        "Customers",
        link("c1", "Anna Berg", "/customers/1"),
        button("c2", "Delete", path=("Anna Berg anna@example.com",)),
        link("c3", "Bob Marley", "/customers/2"),
        button("c4", "Delete", path=("Bob Marley bob@example.com",)),
        Element(ref="c5", role="searchbox", name="Search customers", form="search"),
        button("c6", "Search", form="search"),
    ),
    "/settings": page(
        "/settings",
        "Settings",
        textbox("s1", "Display name", value="Desk", form="settings"),
        Element(ref="s2", role="checkbox", name="Send newsletter", checked=True, form="settings"),
        button("s3", "Save", form="settings"),
    ),
}


@dataclass
class Site:
    """Carries out proposals against `PAGES`, keeps typed values on the page and writes the history."""

    goal: str
    pages: dict[str, Observation] = field(default_factory=lambda: dict(PAGES))
    at: str = "/"
    history: list[Event] = field(default_factory=list)

    @property
    def observation(self) -> Observation:
        return self.pages[self.at]

    def view(self, **rest: object) -> View:
        task = Task(goal=self.goal, url=f"{BASE}/")
        return View(task=task, observation=self.observation, history=tuple(self.history), **rest)  # type: ignore[arg-type]

    def act(self, action: Action) -> None:
        target = self.observation.element(action.ref)
        self.history.append(
            Event(
                type=action.type,
                value=action.value,
                element_role=None if target is None else target.role,
                element_name=None if target is None else target.name,
                url=action.url or self.observation.url,
            )
        )
        if target is not None and action.type in ("fill", "select_option", "check", "uncheck"):
            changed = (
                {"checked": action.type == "check"} if action.type in ("check", "uncheck") else {"value": action.value}
            )
            elements = tuple(
                e.model_copy(update=changed) if e.ref == target.ref else e for e in self.observation.elements
            )
            self.pages[self.at] = self.observation.model_copy(update={"elements": elements})
        destination = target.url if target is not None and action.type == "click" else action.url
        if destination is not None and destination.startswith(BASE):
            self.at = destination.removeprefix(BASE) or "/"

    def said(self) -> list[str]:
        """The acts so far in short: type, target, value."""
        return [
            " ".join(part for part in (event.type, event.element_name, event.value) if part) for event in self.history
        ]
