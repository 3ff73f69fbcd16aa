"""The story of a run in plain words, for the chat in `messages` and for people who are asked."""

from __future__ import annotations

from harmonyguard.steps import Action, ActionResult, Element, Observation, Proposal, Verdict

_VERBS = {
    "dblclick": "double-click",
    "select_option": "choose",
    "drag_and_drop": "drag",
    "upload_file": "choose for",
    "goto": "open",
    "new_tab": "open in a new tab",
    "tab_focus": "go to tab",
    "tab_close": "close the tab",
    "go_back": "go back",
    "go_forward": "go forward",
    "send_msg_to_user": "tell the user",
    "ask_user": "ask the user",
    "report_infeasible": "report that the task cannot be done",
    "tool_call": "call",
}


def say_action(action: Action, observation: Observation | None) -> str:
    """An action in words: `fill "Amount" with "5"`."""
    target = observation.element(action.ref) if observation is not None else None
    parts = [_VERBS.get(action.type, action.type)]
    if target is not None:
        parts.append(say_element(target))
    elif action.ref is not None:
        parts.append(f"element {action.ref}, which the page does not show")
    if action.name is not None:
        parts.append(action.name)
    if action.url is not None:
        parts.append(action.url)
    if action.to_ref is not None:
        place = observation.element(action.to_ref) if observation is not None else None
        parts.append(f"onto {say_element(place) if place is not None else f'element {action.to_ref}'}")
    if action.value is not None:
        parts.append(f"with “{action.value}”" if target is not None else f"“{action.value}”")
    parts += [f"saying yes to “{message}”" for message in action.accept_dialogs]
    if action.prompt_text is not None:
        parts.append(f"and answering “{action.prompt_text}”")
    return " ".join(parts)


def say_element(element: Element) -> str:
    """An element in words: `button “Delete”`."""
    return f"{element.role} “{element.name}”" if element.name else element.role


def say_proposal(proposal: Proposal, observation: Observation | None) -> str:
    """A proposal in words, with the agent's reason."""
    reason = f" ({proposal.reasoning})" if proposal.reasoning else ""
    return f"I want to {say_action(proposal.action, observation)}.{reason}"


def say_verdict(verdict: Verdict) -> str:
    """A verdict in words: what was decided, why, and how to do better."""
    heads = {"allow": "Allowed.", "revise": "Not like this.", "ask_human": "A person decides this.", "stop": "Stopped."}
    lines = [heads[verdict.outcome]]
    if verdict.explanation:
        lines.append(verdict.explanation)
    lines += [f"Policy {f.policy_id} ({f.source}): “{f.clause}”" for f in verdict.findings]
    lines += [f"Guard error: {verdict.error}"] if verdict.error else []
    lines += [guidance.text for guidance in verdict.guidance]
    return "\n".join(lines)


def say_result(action: Action, observation: Observation | None, result: ActionResult) -> str:
    """What came of an act, in words."""
    if result.error is not None:
        return f"Could not {say_action(action, observation)}: {result.error}"
    dialog = f" A dialog said: “{result.dialog}”" if result.dialog else ""
    brought = "".join(f" It brought the file “{file.name}” ({file.size} bytes)." for file in result.downloads)
    return f"Done: {say_action(action, observation)}.{dialog}{brought}"
