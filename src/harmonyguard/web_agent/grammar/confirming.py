"""Going through with an act that a page asked about: the same act once more, with a yes to just that dialog."""

from __future__ import annotations

from harmonyguard.steps import Action
from harmonyguard.web_agent.agent import View


def confirming(action: Action, view: View) -> Action:
    """`action`, with a yes to the dialogs that it met when it was the last act."""
    page, last = view.observation, view.history[-1] if view.history else None
    target = page.element(action.ref)
    if not page.dialogs or last is None or target is None:
        return action
    same = (last.type, last.element_name) == (action.type, target.name)
    return action.model_copy(update={"accept_dialogs": page.dialogs}) if same else action
