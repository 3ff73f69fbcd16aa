"""What the user wants an act on: "Find a job and apply for it" asks to apply for a job; a yes is on what was asked."""

from __future__ import annotations

import re
from functools import lru_cache

from harmonyguard.policies.synonyms import synonyms_of
from harmonyguard.policies.words import contains_phrase, normalise, stems, subject_stems
from harmonyguard.steps import Effect
from harmonyguard.utility_agent.reading.labels import effects_wanted

from .act import Act
from .consents import is_granted

_CLAUSES = re.compile(r"[.,;:!?]\s+|\s+(?:and|then)\s+(?:then\s+)?|\n+")
_PRONOUNS = re.compile(r"\b(?:it|one|that|this|them)\b")
_ABOUT = re.compile(r"\b(?:from|to|in|at|on|for|with|near|by|under|between|that|which|who|rated|priced)\b")


def asks_for_it(act: Act, thing: frozenset[str]) -> bool:
    """True when the goal asks for an effect of this act on the thing (stems), and the act is not on another of its
    things."""
    done = {effect for effect, known in act.effects.items() if known}
    asked = [(effects, things) for effects, things in _asked(act.situation.task.goal) if effects & done]
    if not any(thing <= things for _, things in asked):
        return False
    others = frozenset[str]().union(*(things for _, things in asked if not thing <= things))
    return not others & subject_stems(f"{act.name} {act.observation.title}")


def agreed_on(act: Act, thing: str) -> bool:
    """True when the question that the user answered with leave for this call names the thing in full.

    Names of tools are short: "update_booking_beds" after "Shall I change the extra beds from 1 to 2?".
    """
    if act.action.type != "tool_call" or is_granted(act) is not True:
        return False
    questions = [event.text or event.value or "" for event in act.situation.history if event.type in _ASKING]
    return bool(questions) and any(contains_phrase(questions[-1], name) for name in (thing, *synonyms_of(thing)))


_ASKING = frozenset({"ask_user", "agent_message", "send_msg_to_user"})


@lru_cache(maxsize=256)
def _asked(goal: str) -> tuple[tuple[frozenset[Effect], frozenset[str]], ...]:
    """The clauses of a goal: the effects that each asks for, and the words of what it asks them on."""
    found: list[tuple[frozenset[Effect], frozenset[str]]] = []
    for clause in _CLAUSES.split(normalise(goal)):
        verb, _, rest = clause.strip().partition(" ")
        head = _ABOUT.split(re.sub(r"^(?:for|up for|to) ", "", rest))[0]
        things = frozenset(stems(head)) - frozenset(stems(verb))
        if found and _PRONOUNS.search(head):
            things |= found[-1][1]
        found.append((effects_wanted(clause), things))
    return tuple(found)
