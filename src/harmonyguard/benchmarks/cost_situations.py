"""Acts of an ordinary working day at a support desk: what the cost of a decision is measured on."""

from __future__ import annotations

from harmonyguard.steps import Action, Element, Event, Form, Observation, Proposal, Situation, Task

_SITE = "https://desk.example"


def situations(page: str | None = None) -> tuple[Situation, ...]:
    """Reads, navigation, typing, a sent form, a deletion, a bare confirmation, a tool call and a word to the user.

    `page` is the text of the page that they are proposed on.
    """
    text = page_text() if page is None else page
    proposed = (
        ("Show ticket 7", Action(type="click", ref="open")),
        ("Delete ticket 7", Action(type="click", ref="delete")),
        ("Set the subject of ticket 7 to Printer", Action(type="fill", ref="subject", value="Printer")),
        ("Reply to the customer of ticket 7", Action(type="click", ref="reply")),
        ("Export the report of March", Action(type="click", ref="export")),
        ("Refund order 12 with $40", Action(type="click", ref="refund")),
        ("Finish the ticket", Action(type="click", ref="ok")),
        ("Look at the invoices", Action(type="goto", url=f"{_SITE}/invoices")),
        ("Close ticket 7", Action(type="tool_call", name="close_ticket", arguments={"ticket": 7})),
        ("Who is the customer?", Action(type="finish", value="The customer is Acme.")),
    )
    return tuple(_situation(goal, action, text) for goal, action in proposed)


def page_text(lines: int = 120, first: int = 0) -> str:
    """The accessibility tree of a ticket with so many lines; 120 are about 10 KB. Another `first`, another page."""
    return "\n".join(_LINES[i % len(_LINES)].format(i) for i in range(first, first + lines))


_LINES = (
    "- row: '[{0}] Ticket {0}: printer does not print. Status: open. Priority: high. Assignee: none'",
    "- paragraph: Please check the toner of printer {0} first. Order a new one when it is empty.",
    "- StaticText 'The customer wrote on day {0} that the delivery of the order is late again.'",
    "- link 'Ticket {0}'",
    "- text: 'Reply {0}: thank you for your patience, we will send the invoice as soon as it is ready.'",
)


def _situation(goal: str, action: Action, text: str) -> Situation:
    path = ("Ticket 7",)
    elements = (
        Element(ref="open", role="link", name="Ticket 7", url=f"{_SITE}/tickets/7"),
        Element(ref="delete", role="button", name="Delete ticket", path=path),
        Element(ref="subject", role="textbox", name="Subject", form="edit", path=path),
        Element(ref="reply", role="button", name="Send reply", form="reply", path=path),
        Element(ref="export", role="button", name="Export report", path=("Reports",)),
        Element(ref="refund", role="button", name="Refund order", form="refund", path=("Order 12",)),
        Element(ref="ok", role="button", name="OK", path=path),
        *(Element(ref=f"r{i}", role="link", name=f"Ticket {i}", url=f"{_SITE}/tickets/{i}") for i in range(60)),
    )
    forms = (
        Form(id="edit", action=f"{_SITE}/tickets/7", method="post", fields={"Subject": "Toner", "Status": "open"}),
        Form(id="reply", action=f"{_SITE}/tickets/7/reply", method="post", fields={"Message": "It is on its way."}),
        Form(id="refund", action=f"{_SITE}/orders/12/refund", method="post", fields={"Amount": "$40"}),
    )
    observation = Observation(
        url=f"{_SITE}/tickets/7", title="Ticket 7 - Desk", text=text, elements=elements, forms=forms
    )
    return Situation(
        task=Task(goal=goal, url=_SITE),
        observation=observation,
        proposal=Proposal(action=action),
        history=(Event(type="click", element_name="Tickets", url=_SITE),),
        visited_hosts=frozenset({"desk.example"}),
    )
