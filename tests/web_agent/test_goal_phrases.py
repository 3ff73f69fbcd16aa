"""Phrases of goals that do not name a control or a value outright: kinds, numbers, superlatives, places on the page."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Action, Element, Event, Observation, Task
from harmonyguard.web_agent.agent import View
from harmonyguard.web_agent.grammar.control_phrases import ControlPhrase, read_control
from harmonyguard.web_agent.grammar.extremes import Extreme, read_extreme
from harmonyguard.web_agent.grammar.goal_grammar import parse_goal
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent
from harmonyguard.web_agent.grammar.value_sources import ValueSource, read_source


def page(*elements: Element, text: str = "") -> Observation:
    return Observation(url="http://site.test/", title="Page", elements=elements, text=text)


def box(ref: str, name: str = "", **rest: object) -> Element:
    return Element(ref=ref, role="textbox", name=name, input_type=rest.pop("input_type", "text"), **rest)  # type: ignore[arg-type]


def next_act(goal: str, observation: Observation, *history: Event) -> Action:
    view = View(task=Task(goal=goal, url=observation.url), observation=observation, history=history)
    return GrammarAgent().next_step(view).action


SUBMIT = Element(ref="b1", role="button", name="Submit")


@pytest.mark.parametrize(
    ("phrase", "control"),
    [
        ("the 2nd checkbox", ControlPhrase(None, "checkbox", 2)),
        ("the last text area", ControlPhrase(None, "textarea", -1)),
        ("both text fields", ControlPhrase(None, "text", None, every=True)),
        ("the third search result", ControlPhrase(None, "result", 3)),
        ("button ONE", ControlPhrase("ONE", "button")),
        ("the button", ControlPhrase(None, "button")),
        ("Save button", ControlPhrase("Save", "button")),
        ("their phone number", ControlPhrase("phone number", None)),
    ],
)
def test_controls_are_told_by_kind_and_number(phrase: str, control: ControlPhrase) -> None:
    assert read_control(phrase) == control


@pytest.mark.parametrize(
    ("phrase", "source"),
    [
        ("the 4th word in the paragraph", ValueSource("word", 4)),
        ("last word of the text area", ValueSource("word", -1)),
        ("the text from the 2nd text area below", ValueSource("text", 2)),
        ("the text below", ValueSource("text")),
        ("the value of Year of Birth", ValueSource("labelled", name="Year of Birth")),
        ("your answer", ValueSource("answer")),
        ("hello world", None),
    ],
)
def test_values_are_told_by_their_place(phrase: str, source: ValueSource | None) -> None:
    assert read_source(phrase) == source


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("the ticket with the shortest duration", ("ticket", Extreme("least", "duration"))),
        ("the cheapest room", ("room", Extreme("least", "price"))),
        ("the most expensive phone", ("phone", Extreme("most", "price"))),
        ("the card with the greatest number", ("card", Extreme("most", None))),
        ("the hotel with the highest rating", ("hotel", Extreme("most", "rating"))),
        ("the red card", None),
    ],
)
def test_superlatives_are_read(phrase: str, found: tuple[str, Extreme] | None) -> None:
    assert read_extreme(phrase) == found


@pytest.mark.parametrize(
    ("goal", "verbs"),
    [
        ('Switch between the tabs to find and click on the link "X".', ["click"]),
        ('Navigate through the file tree. Find and click on the folder named "X".', ["click"]),
        ("Click button A, wait 2 seconds, then click button B.", ["click", "wait", "click"]),
        ('For the user @anna, click on the "Like" button.', ["click"]),
        ('Find the 2nd word in the paragraph, type that into the textbox and press "Submit".', ["fill", "click"]),
        ('Close the dialog by clicking the "x".', ["click"]),
        ("Find the email by Anna and forward that email to Bob.", ["open", "forward"]),
        ("Please forward Anna's message to Bob.", ["forward"]),
        ("Select nothing and click Submit.", ["click"]),
        ("Scroll the text area to the bottom of the text hit submit.", ["scroll", "click"]),
    ],
)
def test_ways_of_speaking_come_down_to_instructions(goal: str, verbs: list[str]) -> None:
    assert [instruction.verb for instruction in parse_goal(goal)] == verbs


def test_a_place_before_the_comma_belongs_to_the_act() -> None:
    (click,) = parse_goal('For the user @anna, click on the "Like" button.')
    assert (click.target, click.context) == ("Like", "@anna")
    like = [
        Element(ref=f"e{n}", role="generic", name="like", path=(f"{who} 3h ago",))
        for n, who in enumerate(("@bo", "@anna"))
    ]
    assert next_act('For the user @anna, click on the "Like" button.', page(*like)).ref == "e1"


def test_every_one_of_several_is_pressed_once() -> None:
    goal = 'Click the "Like" button on all posts by @anna and then click Submit.'
    posts = [Element(ref=f"e{n}", role="button", name="Like", path=(f"@{who} hello {n}",))
             for n, who in enumerate(("anna", "bo", "anna"))]  # fmt: skip
    click = Event(type="click", element_role="button", element_name="Like")
    assert [next_act(goal, page(*posts, SUBMIT), *[click] * times).ref for times in range(3)] == ["e0", "e2", "b1"]


def test_the_number_among_its_like_is_counted() -> None:
    boxes = [Element(ref=f"c{n}", role="checkbox", checked=False) for n in (1, 2, 3)]
    assert next_act("Check the 2nd checkbox.", page(*boxes)) == Action(type="check", ref="c2")
    fields = page(box("t1"), box("t2"), box("t3"))
    assert next_act('Enter "7" into the last textbox.', fields) == Action(type="fill", ref="t3", value="7")


def test_results_are_counted_over_pages() -> None:
    results = [Element(ref=f"r{n}", role="link", name=f"Result {n}") for n in range(3)]
    pager = Element(ref="p", role="link", name=">")
    goal = "Click the 5th search result."
    assert next_act(goal, page(*results, pager)).ref == "p"
    more = Event(type="click", element_role="link", element_name=">")
    assert next_act(goal, page(*results, pager), more).ref == "r1"


def test_several_values_are_chosen_one_by_one() -> None:
    boxes = {name: Element(ref=name, role="checkbox", name=name, checked=False) for name in ("One", "Two", "Six")}
    goal = "Select One, Six and click Submit."
    assert next_act(goal, page(*boxes.values(), SUBMIT)) == Action(type="check", ref="One")
    boxes["One"] = boxes["One"].model_copy(update={"checked": True})
    assert next_act(goal, page(*boxes.values(), SUBMIT)) == Action(type="check", ref="Six")
    boxes["Six"] = boxes["Six"].model_copy(update={"checked": True})
    assert next_act(goal, page(*boxes.values(), SUBMIT)).ref == "b1"


def test_several_options_of_one_list_are_chosen_together() -> None:
    cities = Element(ref="l", role="listbox", options=("Bern", "Oslo", "Rome"))
    act = next_act("Select Rome, Bern from the list and click Submit.", page(cities, SUBMIT))
    assert act == Action(type="select_option", ref="l", value="Bern, Rome")


@pytest.mark.parametrize(
    ("goal", "text", "value"),
    [
        ("Enter the value of Gender into the text field.", '- cell "Gender"\n- cell "Female"\n- cell "Age"', "Female"),
        ("Enter the value of Phone into the text field.", '- text: "Phone: 12-34"', "12-34"),
        ("Find the 2nd word in the paragraph, type that into the textbox.", "- paragraph: Some plain words.", "plain"),
        ("Find the last word in the paragraph, type it into the textbox.", "- paragraph: Some plain words.", "words"),
        ("Solve the math problem and type your answer into the textbox.", "- text: 6 x 7 =", "42"),
        ("Solve for x and type your answer into the textbox.", "- text: x - 3 = 4", "7"),
        ("Type the text below into the text field.", "- text: I\n- text: U", "IU"),
    ],
)  # fmt: skip
def test_values_are_taken_from_the_page(goal: str, text: str, value: str) -> None:
    assert next_act(goal, page(box("t"), text=text)) == Action(type="fill", ref="t", value=value)


def test_values_are_copied_to_the_labels_that_they_belong_to() -> None:
    table = '- cell "Color"\n- cell "Red"\n- cell "Size"\n- cell "XL"'
    goal = "Enter the value that corresponds with each label into the form and submit when done."
    assert next_act(goal, page(box("s", "Size:"), box("c", "Color:"), SUBMIT, text=table)).value == "XL"
    half = page(box("s", "Size:", value="XL"), box("c", "Color:"), SUBMIT, text=table)
    assert next_act(goal, half) == Action(type="fill", ref="c", value="Red")


def test_the_most_and_the_least_are_picked() -> None:
    cards = [
        Element(ref="a", role="button", name="Book for $90", path=("Duration: 3h 10m Book for $90",)),
        Element(ref="b", role="button", name="Book for $100", path=("Duration: 45m Book for $100",)),
        Element(ref="c", role="button", name="Book for $1,100", path=("Duration: 2h Book for $1,100",)),
    ]
    assert next_act("Book the flight with the shortest duration.", page(*cards)).ref == "b"
    assert next_act("Book the cheapest flight.", page(*cards)).ref == "a"
    assert next_act("Buy the ticket with the most expensive cost.", page(*cards)).ref == "c"


def test_dates_and_times_are_written_as_fields_want_them() -> None:
    day = page(box("d", input_type="date"))
    assert next_act("Enter 09/10/2012 as the date.", day).value == "2012-09-10"
    clock = page(box("t", input_type="time"))
    assert next_act("Enter 8:22 PM as the time.", clock).value == "20:22"


def test_a_day_is_found_in_a_calendar() -> None:
    field = box("d", "Date", readonly=True, value="")
    goal = "Select 12/09/2016 as the date and click Submit."
    assert next_act(goal, page(field, SUBMIT)) == Action(type="click", ref="d")
    arrows = (Element(ref="p", role="link", name="Prev"), Element(ref="n", role="link", name="Next"))
    days = tuple(Element(ref=f"d{n}", role="link", name=str(n)) for n in (8, 9, 10))
    assert next_act(goal, page(field, *arrows, *days, SUBMIT, text="- text: October 2016")).ref == "n"
    assert next_act(goal, page(field, *arrows, *days, SUBMIT, text="- text: January 2017")).ref == "p"
    assert next_act(goal, page(field, *arrows, *days, SUBMIT, text="- text: December 2016")).ref == "d9"
    chosen = field.model_copy(update={"value": "12/09/2016"})
    assert next_act(goal, page(chosen, SUBMIT)).ref == "b1"


def test_tabs_are_looked_through_once_each() -> None:
    tabs = [Element(ref=f"t{n}", role="tab", name=f"Tab {n}") for n in (1, 2, 3)]
    text = '- tab "Tab 1" [selected] [ref=t1]\n- tab "Tab 2" [ref=t2]\n- tab "Tab 3" [ref=t3]'
    goal = 'Switch between the tabs to find and click on the link "Terms".'
    assert next_act(goal, page(*tabs, text=text)).ref == "t2"
    looked = Event(type="click", element_role="tab", element_name="Tab 2")
    assert next_act(goal, page(*tabs, text=text), looked).ref == "t3"
    link = Element(ref="l", role="link", name="Terms")
    assert next_act(goal, page(*tabs, link, text=text), looked).ref == "l"


def test_a_search_for_several_things_fills_one_field_for_each() -> None:
    goal = "Search for drama movies directed by Holloway from year 2011."
    fields = {"g": box("g", "Genre"), "y": box("y", "Year"), "d": box("d", "Director name")}
    values = {}
    for _ in range(3):
        act = next_act(goal, page(*fields.values(), Element(ref="s", role="button", name="Search")))
        assert act.ref is not None
        values[act.ref] = act.value
        fields[act.ref] = fields[act.ref].model_copy(update={"value": act.value})
    assert values == {"g": "drama", "y": "2011", "d": "Holloway"}
    assert next_act(goal, page(*fields.values(), Element(ref="s", role="button", name="Search"))).ref == "s"


def test_several_named_values_go_into_their_fields() -> None:
    goal = 'Enter the username "anna" and the password "s3" into the text fields and press login.'
    login = Element(ref="l", role="button", name="Login")
    fields = page(box("u", "Username"), box("p", "Password", input_type="password"), login)
    named = Event(type="fill", element_role="textbox", element_name="Username", value="anna")
    assert next_act(goal, fields) == Action(type="fill", ref="u", value="anna")
    assert next_act(goal, fields, named) == Action(type="fill", ref="p", value="s3")


def test_letters_are_written_large_or_small() -> None:
    assert next_act('Type "Bern" in all upper case letters in the text input.', page(box("t"))).value == "BERN"
    assert next_act('Type "Bern" in lower case in the text input.', page(box("t"))).value == "bern"


def test_buttons_that_destroy_are_never_picked_among_their_like() -> None:
    alike = [Element(ref=f"e{n}", role="button", name="Next") for n in (1, 2)]
    assert next_act('Click on the "Next" button.', page(*alike)).ref == "e1"
    delete = [Element(ref=f"e{n}", role="button", name="Delete") for n in (1, 2)]
    assert next_act('Click on the "Delete" button.', page(*delete)).type == "report_infeasible"
