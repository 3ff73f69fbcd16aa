"""Elements read from accessibility trees written as text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.integrations.axtree import elements_in, form_around

BROWSERGYM = "\n".join(
    [
        "RootWebArea 'Ticket 7'",
        "\t[1] dialog 'Delete ticket'",
        "\t\t[2] button 'OK', clickable",
        "\t[3] form 'Reply'",
        "\t\t[4] textbox 'Message', value='Hello', required",
        "\t\t[5] radiogroup 'Visibility'",
        "\t\t\t[6] radio 'Public', checked='true'",
        "\t\t\t[7] radio 'Internal', checked='false'",
        "\t\t[8] button 'Send', clickable",
        "\t[9] textbox 'Search tickets', value='x'",
        "\t[10] link 'It's here', url='https://a.example/x'",
    ]
)
PLAYWRIGHT = "\n".join(
    [
        '- dialog "Delete ticket" [ref=e1]:',
        '  - button "OK" [ref=e2]',
        '- textbox "A \\"quoted\\" name" [ref=e3]',
    ]
)


def test_browsergym_trees() -> None:
    found = {element.ref: element for element in elements_in(BROWSERGYM)}
    assert found["2"].path == ("Delete ticket",)
    assert (found["4"].value, found["4"].required) == ("Hello", True)
    assert (found["6"].checked, found["7"].checked, found["8"].checked) == (True, False, None)
    assert found["6"].path == ("Reply", "Visibility")
    assert found["9"].path == ()
    assert (found["10"].name, found["10"].url) == ("It's here", "https://a.example/x")


def test_playwright_trees() -> None:
    found = {element.ref: element for element in elements_in(PLAYWRIGHT)}
    assert found["e2"].path == ("Delete ticket",)
    assert found["e3"].path == ()


def test_the_form_around_a_button_holds_its_region() -> None:
    elements = elements_in(BROWSERGYM)
    send = next(element for element in elements if element.ref == "8")
    assert form_around(elements, send).fields == {"Message": "Hello", "Visibility": "Public"}


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    elements_in(text)


def test_a_name_with_an_apostrophe_stands_in_double_quotes() -> None:
    tree = "\t[7] button \"What's new\", clickable\n\t[8] textbox 'Reason', value=\"it's late\""
    news, reason = elements_in(tree)
    assert (news.ref, news.name) == ("7", "What's new")
    assert (reason.name, reason.value) == ("Reason", "it's late")
