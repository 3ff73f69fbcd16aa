"""Controls and keys that do more than their role says."""

from __future__ import annotations

import pytest

from harmonyguard.steps import Action, Effect, Element, Form, Observation
from harmonyguard.utility_agent.facts.effects import effects_of

FORM = Form(id="f1", action="http://desk.test/delete", method="post")


def effects(action: Action, *elements: Element) -> dict[Effect, bool | None]:
    page = Observation(url="http://desk.test/", elements=elements, forms=(FORM,))
    target = page.element(action.ref)
    return dict(effects_of(action, target, page.form_of(target), page))


def button(role: str) -> Element:
    return Element(ref="e1", role=role, name="Delete ticket", url=FORM.action, method="post", form="f1")


@pytest.mark.parametrize("role", ["button", "link", "tab", "checkbox", "option", "textbox"])
@pytest.mark.parametrize("act", [Action(type="click", ref="e1"), Action(type="dblclick", ref="e1")])
def test_a_button_that_sends_its_form_does_so_in_every_role(role: str, act: Action) -> None:
    found = effects(act, button(role))
    assert (found.get("delete"), found.get("submit")) == (True, True)


@pytest.mark.parametrize("key", ["Enter", "NumpadEnter", "\n", "\r", " ", "Space", "space"])
def test_every_key_that_presses_a_button_is_a_click(key: str) -> None:
    found = effects(Action(type="press", ref="e1", value=key), button("button"))
    assert (found.get("delete"), found.get("submit")) == (True, True)


@pytest.mark.parametrize("key", ["NumpadEnter", "\n", "Control+Enter"])
def test_every_enter_in_a_field_presses_the_first_button(key: str) -> None:
    field = Element(ref="e2", role="textbox", name="Note", form="f1")
    assert effects(Action(type="press", ref="e2", value=key), field, button("button")).get("delete") is True


@pytest.mark.parametrize("key", ["Alt+d", "Control+s", "Meta+Backspace"])
def test_a_short_cut_may_be_anything(key: str) -> None:
    found = effects(Action(type="press", ref="e2", value=key), Element(ref="e2", role="textbox", name="Note"))
    assert found.get("delete", False) is None


@pytest.mark.parametrize("key", ["a", "Shift+A", " ", "Control+a", "Backspace", "ArrowDown", "Tab", "+"])
def test_typing_is_typing(key: str) -> None:
    found = effects(Action(type="press", ref="e2", value=key), Element(ref="e2", role="textbox", name="Note"))
    assert found == {"enter": True}


def test_moving_about_is_moving_about() -> None:
    assert effects(Action(type="press", ref="e1", value="Tab"), button("button")) == {"enter": True}
    assert effects(Action(type="press", value="PageDown")) == {"enter": True}
