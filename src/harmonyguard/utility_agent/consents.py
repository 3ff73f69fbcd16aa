"""Did the user agree to exactly this act? From structured grants, or, around foreign agents, from the talk."""

from __future__ import annotations

import re
from typing import Literal

from harmonyguard.policies.lexicon import effects_named
from harmonyguard.policies.words import contains_phrase, normalise, related, subject_stems
from harmonyguard.steps import REVERSIBLE_EFFECTS, Event, Grant

from .act import Act
from .labels import CONSEQUENTIAL, effects_of_label

_YES = re.compile(
    r"^(?:yes|yep|yeah|ok|okay|sure|go ahead|please (?:do|go ahead|proceed)|proceed|confirmed?|approved|agreed|do it"
    r"|i (?:confirm|agree|approve)|sounds good|that.s (?:fine|right|correct))\b"
)
_PROPOSES = re.compile(r"\b(?:confirm|permission|proceed|approve|shall i|may i)\b")
_NUMBERED = re.compile(r"^[ \t]*\d{1,2}[.)]\s", re.MULTILINE)
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
            fit = _fit(question, act)
            if fit is None:
                continue
            answer = next((e for e in history[position + 1 :] if e.type == "user_message"), None)
            if answer is None or not _is_yes(answer.text or answer.value or ""):
                return False
            asked_for = 1 if fit == "named" else max(1, len(_NUMBERED.findall(question)))
            return not _used_since(act, history[position + 1 :], of_its_kind=fit == "kind", uses=asked_for)
    return False


def _fit(question: str, act: Act) -> Literal["named", "kind"] | None:
    """How well a question fits an act: it names it, it names its kind (what is done, and the record), or not at all."""
    if "?" not in question and not _PROPOSES.search(normalise(question)):
        return None
    if act.name and contains_phrase(question, act.name):
        return "named"
    wanted = {effect for effect in act.effects if effect in CONSEQUENTIAL}
    lasting = {effect for effect, known in act.effects.items() if known and effect not in REVERSIBLE_EFFECTS}
    # Of an act that deletes and saves, a yes to saving covers nothing. Every form submits: that says nothing.
    if not ((lasting - {"submit"}) or wanted) & effects_named(question):
        return None
    # The verb alone does not say which thing is meant: a yes to "delete the page" is none to "Delete project".
    asked = subject_stems(question)
    if related(frozenset(act.object_stems[-1:]), asked) or _lists_values(act, normalise(question)):
        return "named"
    around = frozenset(act.object_stems) or subject_stems(act.observation.title)
    return "kind" if related(around, asked) else None


def _lists_values(act: Act, question: str) -> bool:
    """The question states at least half of the values that tell this act from others of its kind."""
    telling = [
        value for entry in act.entries if len(value := normalise(entry.value)) > 2 and value not in ("true", "false")
    ]
    return bool(telling) and 2 * sum(1 for value in telling if value in question) >= len(telling)


def _is_yes(answer: str) -> bool:
    text = normalise(answer)
    return bool(_YES.match(text)) and not _BUT.search(text)


def _used_since(act: Act, events: tuple[Event, ...], *, of_its_kind: bool, uses: int) -> bool:
    """Leave is good for one use of each thing asked for; asked for by kind, any act of that kind is a use."""
    name = normalise(act.name)
    kind = {effect for effect, known in act.effects.items() if effect in CONSEQUENTIAL and known}
    used = 0
    for event in events:
        done = event.element_name or event.name or ""
        if event.error is not None or not done or event.type in ("user_message", "agent_message", "tool_output"):
            continue
        if normalise(done) == name:
            return True
        used += of_its_kind and bool(kind & (set(event.effects) or effects_of_label(done)[0].keys()))
    return used >= uses
