"""Leave: one effect, one target, these values, once."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Action, Element, Event, Grant, Observation, Proposal, Situation, Task
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.facts.consents import is_granted
from harmonyguard.utility_agent.guidance import consent_request

from .making import SITE, act, asked, button, clicked, fact, grant, said

REFUND = {"Amount": "40.00", "Reason": "Damaged"}


def refunding(grants: tuple = (), **more: object):  # type: ignore[no-untyped-def,type-arg]
    return act(button("Submit refund"), fields=REFUND, grants=grants, **more)


def test_a_grant_covers_the_values_that_it_listed() -> None:
    assert fact(refunding((grant("purchase", "Submit refund", Amount="40.00"),)), "consent") is True
    assert fact(refunding((grant("purchase", "submit  REFUND", Amount="40.00", Reason="damaged"),)), "consent") is True


@pytest.mark.parametrize(
    "given",
    [
        grant("purchase", "Submit refund", Amount="400.00"),
        grant("purchase", "Submit refund", Account="x"),
        grant("purchase", "Submit claim", Amount="40.00"),
        grant("delete", "Submit refund", Amount="40.00"),
        grant("purchase", "Submit refund", used_by="permit-1", Amount="40.00"),
    ],
)
def test_a_grant_covers_nothing_else(given) -> None:  # type: ignore[no-untyped-def]
    assert fact(refunding((given,)), "consent") is False


@pytest.mark.parametrize(
    ("asked_on", "now_on", "covered"),
    [
        ("/customers/7", "/customers/7", True),
        ("/customers/7", "/customers/7?done=The+note+was+added#top", True),
        ("/customers/7", "/customers/8", False),
        ("/customer?id=7", "/customer?id=8", False),
        ("/customer?name=ivo", "/customer?name=marta", False),
        ("/customer", "/customer?id=8", False),
        ("/app#/customers/ivo", "/app#/customers/marta", False),
    ],
)
def test_leave_for_one_record_is_none_for_another(asked_on: str, now_on: str, covered: bool) -> None:
    leave = grant("delete", "Delete customer").model_copy(update={"page": f"{SITE}{asked_on}"})
    assert fact(act(button("Delete customer"), at=f"{SITE}{now_on}", grants=(leave,)), "consent") is covered


def test_leave_for_one_row_is_none_for_another() -> None:
    rows = tuple(Element(ref=name, role="button", name="Delete", path=(name,)) for name in ("Ivo", "Marta"))
    page = Observation(url=f"{SITE}/customers", elements=rows)

    def deleting(ref: str, grants: tuple[Grant, ...] = ()) -> Act:
        proposal = Proposal(action=Action(type="click", ref=ref))
        return Act(Situation(task=Task(goal=""), observation=page, proposal=proposal, grants=grants))

    request = consent_request(deleting("Ivo"))
    leave = Grant(request=request, question="May I?", step=1, page=page.url)
    assert fact(deleting("Ivo", (leave,)), "consent") is True
    assert fact(deleting("Marta", (leave,)), "consent") is False
    of_no_row = leave.model_copy(update={"request": request.model_copy(update={"within": ()})})
    assert fact(deleting("Ivo", (of_no_row,)), "consent") is False


def talk(*events, **more):  # type: ignore[no-untyped-def]
    return fact(act(button("Delete project"), history=events, consent_from_history=True, **more), "consent")


QUESTION = asked("Do you want me to delete the project?")


@pytest.mark.parametrize(
    "answer",
    [
        "Yes",
        "yes, go ahead",
        "Sure.",
        "OK",
        "Please do.",
        "Confirmed",
        "You can.",
        "You may go ahead",
        "You can delete it",
    ],
)
def test_a_yes_in_the_talk(answer: str) -> None:
    assert talk(QUESTION, said(answer)) is True


@pytest.mark.parametrize(
    "answer",
    [
        "No",
        "Not now",
        "You can keep it",
        "You may ask Mia",
        "You can do without it",
        "Yes, but not this one",
        "yes but wait until Monday",
        "Maybe",
        "Why?",
        "I said no yesterday",
    ],
)
def test_no_yes_in_the_talk(answer: str) -> None:
    assert talk(QUESTION, said(answer)) is False


@pytest.mark.parametrize(
    ("question", "granted"),
    [
        ("I am about to remove kim from Lagoon. May I?", True),
        ("I would now remove kim. Is that okay with you?", True),
        ("Shall I remove kim from Lagoon?", True),
        ("I am about to open the list of Lagoon. May I?", False),
        ("Shall I remove the banner?", False),
    ],
)
def test_what_is_asked_for_may_stand_before_the_question(question: str, granted: bool) -> None:
    removing = act(
        button("Remove member"),
        goal="Remove kim from the project Lagoon",
        title="Members",
        history=(asked(question), said("Go ahead")),
        consent_from_history=True,
    )
    assert fact(removing, "consent") is granted


@pytest.mark.parametrize(("row", "granted"), [("kim Developer", True), ("mia Reporter", False), ("Member", True)])
def test_leave_for_what_the_task_names_is_none_for_another_row(row: str, granted: bool) -> None:
    removing = act(
        button("Remove member", path=("Members", row)),
        goal="Remove kim from the project Lagoon",
        title="Members",
        history=(asked("Shall I remove kim from Lagoon?"), said("Yes")),
        consent_from_history=True,
    )
    assert fact(removing, "consent") is granted


@pytest.mark.parametrize(
    ("control", "title", "granted"),
    [
        ("Delete Contact Rosa Wyss", "Contacts", True),
        ("Delete Contact Kim Lee", "Contacts", False),
        ("Delete Contact", "Kim Lee", False),
    ],
)
def test_leave_for_one_person_is_none_for_another_in_title_case(control: str, title: str, granted: bool) -> None:
    history = (asked("Shall I delete the contact Rosa Wyss?"), said("Yes"))
    assert fact(act(button(control), title=title, history=history, consent_from_history=True), "consent") is granted


def test_talk_that_asks_for_something_else() -> None:
    assert talk(asked("Shall I rename the project?"), said("Yes")) is False
    assert talk(asked("Shall I delete the wiki page?"), said("Yes")) is False
    assert talk(said("Yes")) is False


def test_an_unanswered_question_grants_nothing() -> None:
    assert talk(QUESTION) is False


def test_the_last_question_counts() -> None:
    assert talk(QUESTION, said("Yes"), QUESTION, said("No")) is False
    assert talk(QUESTION, said("No"), QUESTION, said("Yes")) is True


def test_leave_is_used_once_and_a_failed_try_does_not_use_it() -> None:
    assert talk(QUESTION, said("Yes"), clicked("Delete project")) is False
    assert talk(QUESTION, said("Yes"), clicked("Delete project", error="timed out")) is True


def test_a_yes_to_one_part_of_a_record_is_none_to_another() -> None:
    question = asked("I will change the seats of your booking to 12A and 12B. Do you confirm?")
    history = (question, said("Yes"))

    def booking(tool: str, **values: str) -> bool | None:
        call = act(tool=tool, arguments=values, history=history, consent_from_history=True)
        return fact(call, "consent")

    assert booking("update_booking_seats", seats="12A, 12B") is True
    once = (*history, Event(type="tool_call", name="update_booking_seats"))
    other = act(tool="update_booking_meals", arguments={"meal": "vegan"}, history=once, consent_from_history=True)
    assert fact(other, "consent") is False
    assert booking("modify_plan", first="12A", second="12B") is True


def test_a_question_that_numbers_its_parts_grants_as_many() -> None:
    question = asked("I will do this to your booking:\n1. Change the seats\n2. Add a vegan meal\nDo you confirm?")
    first = Event(type="tool_call", name="update_booking_seats")
    second = Event(type="tool_call", name="update_booking_menu")
    call = {"tool": "update_booking_catering", "arguments": {"kind": "v"}, "consent_from_history": True}
    assert fact(act(history=(question, said("Yes"), first), **call), "consent") is True
    assert fact(act(history=(question, said("Yes"), first, second), **call), "consent") is False


@pytest.mark.parametrize(
    "answer",
    [
        "Yep.",
        "Absolutely",
        "Of course!",
        "Fine.",
        "Perfect, thanks",
        "Thanks, go ahead",
        "You may.",
        "Alright",
        "The project is right. Delete it.",
        "Your summary looks good, go ahead",
        "You have.",
        "The whole of it, and yes, delete it",
        "Ja",
        "Sí",
    ],
)
def test_a_yes_in_other_words(answer: str) -> None:
    assert talk(QUESTION, said(answer)) is True


@pytest.mark.parametrize("answer", ["Hold on, let me check", "Not yet", "Nope", "I'll think about it", "Stop", "OK no"])
def test_a_no_in_other_words(answer: str) -> None:
    assert talk(QUESTION, said(answer)) is False


@pytest.mark.parametrize(
    "answer",
    [
        "Yes, if it is empty",
        "Yes, as long as nobody uses it",
        "OK, up to 50 euros",
        "Yes, tomorrow",
        "Sure, only the first",
    ],
)
def test_a_yes_with_strings_is_left_open(answer: str) -> None:
    assert talk(QUESTION, said(answer)) is None


@pytest.mark.parametrize("later", ["Stop, do not do it", "I changed my mind", "On second thoughts, leave it", "Wait"])
def test_a_yes_that_was_taken_back(later: str) -> None:
    assert talk(QUESTION, said("Yes"), said(later)) is False


def test_talk_after_a_yes_leaves_it_standing() -> None:
    assert talk(QUESTION, said("Yes"), said("And thank you for the quick help.")) is True


@pytest.mark.parametrize("opening", ["I am about to", "I would", "I'll", "Should I", "Can I"])
def test_a_proposal_is_a_question(opening: str) -> None:
    assert talk(asked(f"{opening} delete the project, is that right?"), said("Yes")) is True


@pytest.mark.parametrize(
    ("goal", "known"),
    [
        ("Delete the project. I hereby confirm it.", None),
        ("Delete the project, no need to ask me again.", None),
        ("Delete the project; you have my permission.", None),
        ("Delete the project.", False),
        ("Rename the wiki. I confirm it.", False),
    ],
)
def test_leave_given_with_the_task_is_for_the_policy_to_accept(goal: str, known: bool | None) -> None:
    assert talk(goal=goal) is known


def test_a_yes_to_one_sum_is_none_to_another() -> None:
    history = (asked("I will pay EUR 40.00 to Ada. Do you confirm?"), said("Yes"))

    def paying(label: str, text: str = "") -> bool | None:
        return fact(act(button(label), text=text, history=history, consent_from_history=True), "consent")

    assert paying("Pay EUR 40.00") is True
    assert paying("Pay EUR 400.00") is None
    assert paying("Pay", "Amount: EUR 400.00") is None
    assert paying("Pay", "Amount: EUR 40") is True


def test_a_question_that_lists_what_the_page_shows() -> None:
    page = "To: Ada Brandt, AB22\nAmount: EUR 40.00"
    asked_for = (asked("I am about to execute EUR 40.00 to Ada Brandt. Do you confirm?"), said("Confirmed."))
    other = (asked("I am about to execute EUR 40.00 to Bo Falk. Do you confirm?"), said("Confirmed."))

    def execute(history: tuple[Event, ...]) -> bool | None:
        return fact(act(button("Execute transfer"), text=page, history=history, consent_from_history=True), "consent")

    assert execute(asked_for) is True
    assert execute(other) is False


def test_a_question_may_say_it() -> None:
    history = (asked("The page is ready. Shall I publish it?"), said("Looks good, publish."))
    publishing = act(button("Publish in storefront"), history=history, consent_from_history=True)
    assert fact(publishing, "consent") is True
    assert fact(act(button("Delete product"), history=history, consent_from_history=True), "consent") is False


@pytest.mark.parametrize(
    ("question", "answer", "label", "title", "text"),
    [
        ("May I close ticket 7 now?", "Yes, go ahead.", "Close ticket", "#7", ""),
        ("Shall I delete the branch old-api?", "Please do.", "Delete branch", "old-api", ""),
        ("Can I go on with publishing 'Winter routes'?", "Yes, publish it.", "Publish now", "Winter routes", ""),
        ("Submit the expense report?", "👍 yes", "Submit report", "Expense report", ""),
        ("Submit the expense report?", "👍", "Submit report", "Expense report", ""),
        ("End the contract of T. Lee, is that right?", "That is right.", "End contract", "T. Lee", ""),
        ("May I pay 80 EUR to Volt AG?", "Yes.", "Confirm payment", "", "Payee: Volt AG\nAmount: EUR 80"),
        ("Shall I archive the project atlas?", "I guess so, yes", "Archive project", "atlas", ""),
        ("Shall I archive the project atlas?", "Archive it, please", "Archive project", "atlas", ""),
        ("Merge 12 into 15?", "Merge them", "Merge", "#12", ""),
        ("Shall I cancel the meeting with Jo?", "Yes", "Cancel meeting", "Meeting with Jo", ""),
        (
            "Is it this one, and shall I archive the project atlas?",
            "The right one. Go ahead and archive it.",
            "Archive",
            "atlas",
            "",
        ),
        (
            "Why does it go, and shall I archive the project atlas?",
            "No longer needed. Yes, archive it.",
            "Archive",
            "atlas",
            "",
        ),
    ],
)
def test_leave_in_many_words(question: str, answer: str, label: str, title: str, text: str) -> None:
    talk = {"history": (asked(question), said(answer)), "consent_from_history": True}
    assert is_granted(act(button(label), title=title, text=text, **talk)) is True


@pytest.mark.parametrize(
    ("question", "answer", "label", "title"),
    [
        ("Shall I delete the branch old-api?", "Go for it", "Delete branch", "new-api"),
        ("May I close ticket 7 now?", "Yes.", "Close ticket", "#8"),
        ("Shall I remove the member Ben Okri?", "Yes.", "Remove member Roshan Iyer", ""),
        ("Shall I cancel the meeting with Jo?", "Yes", "Cancel meeting", "Meeting with Al"),
        ("Shall I archive the project atlas?", "What would happen to it?", "Archive project", "atlas"),
        ("Shall I archive the project atlas?", "Archive it? Why?", "Archive project", "atlas"),
        ("Do you want me to open the draft?", "Sure.", "Publish", "Draft"),
    ],
)
def test_leave_for_another_thing_or_none_at_all(question: str, answer: str, label: str, title: str) -> None:
    talk = {"history": (asked(question), said(answer)), "consent_from_history": True}
    assert is_granted(act(button(label), title=title, at="https://desk.example/open", **talk)) is not True


def test_what_comes_before_a_yes_takes_nothing_from_it() -> None:
    def talk(answer: str) -> bool | None:
        history = (asked("Do you want me to send the letter?"), said(answer))
        return fact(act(button("Send letter"), history=history, consent_from_history=True), "consent")

    assert talk("Thanks, good, do that.") is True
    assert talk("I have read it, send it.") is True
    assert talk("Thanks, good.") is not True
    assert talk("I have read it, not yet.") is not True


def voiding(name: str, *events: Event) -> bool | None:
    return fact(act(button(name), history=events, consent_from_history=True, goal="Void it"), "consent")


def test_a_yes_that_names_one_record_is_none_to_another() -> None:
    both = asked("There are the bills B-7 and B-8. I think B-8 is wrong. Shall I void B-8?")
    assert voiding("Void B-8", both, said("Yes, void B-8.")) is True
    assert voiding("Void B-7", both, said("Yes, void B-8.")) is not True
    assert voiding("Void B-7", asked("May I void the wrong bill, B-7 or B-8?"), said("Yes, B-8")) is not True


def test_a_yes_to_all_of_them_covers_as_many_as_were_told() -> None:
    question, yes = asked("There are 3 old projects. Do you confirm that I delete all of them?"), said("Yes, all.")
    used = clicked("Delete project")
    assert talk(question, yes) is True
    assert talk(question, yes, used, used) is True
    assert talk(question, yes, used, used, used) is not True
    assert talk(asked("May I delete the project?"), said("Yes"), used) is not True


@pytest.mark.parametrize(("chairs", "granted"), [("3", True), ("5", False)])
def test_a_short_number_is_told_beside_its_name(chairs: str, granted: bool) -> None:
    history = (Event(type="agent_message", text="I would set the chairs to 3. Proceed (yes/no)?"), said("yes"))
    arguments = {"rental": "R-31", "total_chairs": chairs}
    setting = act(tool="update_rental_seats", arguments=arguments, history=history, consent_from_history=True)
    assert (is_granted(setting) is True) is granted
