"""An action in one line of words: "Enter 25.00 in textbox “Amount”"."""

from __future__ import annotations

from harmonyguard.steps import Action, Observation


def action_words(action: Action, observation: Observation | None) -> str:
    """What the agent proposes, with the target's name where the page tells it. Passwords are not shown."""
    from harmonyguard.runs.report import phrase

    words = phrase(action, observation)
    between = {"press": "on", "fill": "in", "select_option": "in", "upload_file": "in"}.get(action.type, "")
    target = f"“{words.target}”" if words.target else None
    parts = (words.verb, words.value, between if words.value and target else None, words.role, target, words.url)
    return " ".join(part for part in parts if part)
