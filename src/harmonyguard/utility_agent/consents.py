"""Did the user agree to exactly this act? From structured grants, or, around foreign agents, from the talk."""

from __future__ import annotations

import re

from harmonyguard.policies.lexicon import effects_named
from harmonyguard.policies.words import contains_phrase, normalise, related, subject_stems
from harmonyguard.steps import Event, Grant

from .act import Act
from .effects import CONSEQUENTIAL

_YES = re.compile(
    r"^(?:yes|yep|yeah|ok|okay|sure|go ahead|please (?:do|go ahead|proceed)|proceed|confirmed?|approved|agreed|do it"
    r"|i (?:confirm|agree|approve)|sounds good|that.s (?:fine|right|correct))\b"
)
_BUT = re.compile(r"\b(?:but|not|don.t|do not|wait|hold on|instead|before that|actually|only if|except)\b")


def is_granted(act: Act) -> bool:
    """True when the user's leave covers this act: its effect, its target and the values that it would send."""
    situation = act.situation
    if any(covers(grant, act) for grant in situation.grants if grant.used_by is None):
        return True
    return situation.consent_from_history and _agreed_in_talk(act, situation.history)


def covers(grant: Grant, act: Act) -> bool:
    """True when the structured part of a question listed this act, with the values that stand in the form now."""
    request = grant.request
    if normalise(request.target) != normalise(act.name) or request.effect not in act.effects:
        return False
    sent = {normalise(entry.field): normalise(entry.value) for entry in act.entries}
    return all(sent.get(normalise(field)) == normalise(value) for field, value in request.values.items())


def _agreed_in_talk(act: Act, history: tuple[Event, ...]) -> bool:
    for position in range(len(history) - 1, -1, -1):
        event = history[position]
        if event.type in ("send_msg_to_user", "ask_user", "agent_message"):
            question = event.text or event.value or ""
            if not _asks_for(question, act):
                continue
            answer = next((e for e in history[position + 1 :] if e.type == "user_message"), None)
            if answer is None or not _is_yes(answer.text or answer.value or ""):
                return False
            return not _done_since(act, history[position + 1 :])
    return False


def _asks_for(question: str, act: Act) -> bool:
    """A question that names what the act does and what it acts on."""
    if "?" not in question and not re.search(
        r"\b(?:confirm|permission|proceed|approve|shall i|may i)\b", normalise(question)
    ):
        return False
    if act.name and contains_phrase(question, act.name):
        return True
    wanted = {effect for effect in act.effects if effect in CONSEQUENTIAL}
    if not wanted & effects_named(question):
        return False
    # The verb alone does not say which thing is meant: a yes to "delete the page" is none to "Delete project".
    about = subject_stems(" ".join([act.name, *(e.value for e in act.entries)])) - act.verb_stems
    about = about or subject_stems(act.observation.title)
    return bool(related(about, subject_stems(question)))


def _is_yes(answer: str) -> bool:
    text = normalise(answer)
    return bool(_YES.match(text)) and not _BUT.search(text)


def _done_since(act: Act, events: tuple[Event, ...]) -> bool:
    name = normalise(act.name)
    return any(
        event.error is None and name and normalise(event.element_name or event.name or "") == name for event in events
    )
