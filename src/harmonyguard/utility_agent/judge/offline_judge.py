"""Tier 2 without a model: an honest deterministic program that says "I cannot tell" where it cannot.

It answers few things only. A policy that was violated before by the same control is violated again. A policy is not
at stake when its statement speaks of acts of which this is none, of things that neither the act nor its page names, or
of a kind or state of them that nothing at hand speaks of. A duty to know things first is kept by a call that hands over
nothing unknown, some demands by the form of the call (see `kept_by_call`), and a sentence on the agent's trade ("Help
guests with bookings") forbids nothing. All else stays undecided.
"""

from __future__ import annotations

import re
from functools import lru_cache

from harmonyguard.policies.kinship import related
from harmonyguard.policies.lexicon import GENERIC_OBJECTS
from harmonyguard.policies.words import normalise, stems, subject_stems, words
from harmonyguard.steps import REVERSIBLE_EFFECTS, Effect
from harmonyguard.utility_agent.facts.act import Act, once_per_act
from harmonyguard.utility_agent.facts.gathering import has_gathered
from harmonyguard.utility_agent.facts.verbs import BARE_VERBS
from harmonyguard.utility_agent.reading.labels import CONSEQUENTIAL

from .judge import Answer, JudgeReply, JudgeRequest, Question
from .kept_by_call import is_kept
from .statements import effects_spoken_of, is_verb, qualities_of, states_in_condition, subject_of
from .topics import falls_under_topic, without_topic

_WIDE = re.compile(
    r"^(?:you )?(?:\w+ing |do |take |perform |make )?(?:any |all |an? )?(?:[\w-]+ ){0,2}?"
    r"(?:anything|nothing|everything|actions?|acts?|steps?|clicks?)\b.*"
    r"\b(?:consequences?|people|others|third part(?:y|ies)|undone|irreversible|high-stakes|money|legal|financial|risky?"
    r"|harm|binds?|binding)"
    r"|\b(?:high-stakes|high-risk|irreversible|consequential|sensitive) (?:actions?|acts?|operations?)\b"
)
"""Conditions that every act may meet that cannot be undone: "any action that influences other people"."""


class OfflineJudge:
    """The judge when no model is configured."""

    name = "offline"

    async def judge(self, request: JudgeRequest) -> JudgeReply:
        """Answer what records and words decide; leave the rest undecided."""
        act = Act(request.situation)
        return JudgeReply(answers=tuple(_answer(act, question) for question in request.questions))


def _answer(act: Act, question: Question) -> Answer:
    if act.name and any(_tells_of(seen, act) for seen in question.references):
        return Answer(policy_id=question.policy_id, violated=True, reason=f'"{act.name}" violated this policy before')
    if not _is_at_stake(act, question):
        return Answer(policy_id=question.policy_id, violated=False, reason="the act does not speak of its subject")
    statement = without_topic(question.statement)
    if has_gathered(act, statement):
        return Answer(policy_id=question.policy_id, violated=False, reason="what it asks to know first was told")
    if is_kept(act, statement):
        return Answer(policy_id=question.policy_id, violated=False, reason="the call keeps it by its form")
    return Answer(policy_id=question.policy_id, violated=None, reason="needs a judge: no model is configured")


def _tells_of(reference: str, act: Act) -> bool:
    """The reference is this control or tool by name, or tells of it: "click button “Merge customers”".

    Many things are done by a control of one word: that one of this name did wrong before says nothing of this one.
    """
    seen, name = normalise(reference), normalise(act.name)
    if seen == name:
        return True
    if act.action.type == "tool_call":
        return name in seen.split()
    return len(words(act.name)) > 1 and f"“{name}”" in seen


def _is_at_stake(act: Act, question: Question) -> bool:
    statement = without_topic(question.statement)
    if act.is_plain_read or _tells_the_trade(statement) or _only_allows(statement) or _states_a_price(statement):
        return False
    if act.is_opaque:
        return True
    if not falls_under_topic(act, question.statement):
        return False
    if question.in_scope:
        return True
    if _is_weighty(act) and any(_WIDE.search(normalise(condition)) for condition in question.conditions):
        return True
    speaks_of = effects_spoken_of(question.statement)
    may_do = _may_do(act)
    if speaks_of and may_do.isdisjoint(speaks_of):
        return False
    if not _is_met(act, question.statement):
        return False
    about = _about(question.statement)
    if not about:
        return bool(may_do)
    if related(act.own_subject | subject_stems(" ".join(entry.field for entry in act.entries)), about):
        return True
    if may_do and _is_of_the_verb(act, question.statement):
        return True
    # What a control does, to a thing of its own or to none that it names, it does on what its page is about.
    certain = {effect for effect, known in act.effects.items() if known} & speaks_of
    if act.own_subject - GENERIC_OBJECTS and (subject := subject_of(question.statement)):
        return bool(certain and related(act.surroundings, frozenset({subject})))
    return bool(certain or not act.own_subject - GENERIC_OBJECTS) and bool(related(act.surroundings, about))


def _is_of_the_verb(act: Act, statement: str) -> bool:
    """A call that names a verb of the statement, and nothing that it would be done to: "exchange_item"."""
    named = frozenset(stems(act.name)) - GENERIC_OBJECTS - BARE_VERBS
    return (
        act.action.type == "tool_call" and all(map(is_verb, named)) and bool(related(named, subject_stems(statement)))
    )


@lru_cache(maxsize=4096)
def _tells_the_trade(statement: str) -> bool:
    """ "Help guests with bookings and changes.": what the agent is there for forbids nothing."""
    text = normalise(statement)
    return _TRADE.match(text) is not None and not _NORM.search(text)


@lru_cache(maxsize=4096)
def _only_allows(statement: str) -> bool:
    """ "Pets may be brought along by everybody.", "Tickets can be returned within a day, or if the show is off."

    What names grounds beside each other allows each; what bounds, demands or denies anything is none of this.
    """
    text = normalise(statement)
    return _ALLOWS.search(text) is not None and (_OR_IF.search(text) is not None or not _BOUNDS.search(text))


_ALLOWS = re.compile(
    r"^(?!.*\b(?:not|never|no|nothing|only|cannot|must|shall|should|needs?|requires?)\b)[^.;]*\b(?:may|can)\b[^.;]*\.?$"
)
_OR_IF = re.compile(r"^all\b[^.;]*\bcan be\b[^.;]*,? or (?:if|when|where) ")
_BOUNDS = re.compile(
    r"\b(?:unless|until|except|most|up to|twice|within|more than|less than|before|after|at least|maximum|minimum"
    r"|exactly|but"
    r"|if|when|once|provided|as long as|limited|without)\b|\d"
)
_TRADE = re.compile(
    r"^(?:(?:as an? [\w ]+ agent, )?you (?:can |will )?)?(?:help|assist|support|serve) (?:the |our |all )?\w+"
)
_NORM = re.compile(
    r"\b(?:must|should|shall|may|need|needs|only|never|not|no|nothing|nobody|cannot|without|unless|until|before|after"
    r"|always|if|when|first|except|at most|ask|wait)\b|n't\b"
)


@lru_cache(maxsize=4096)
def _states_a_price(statement: str) -> bool:
    """ "Each further night costs 40 euros.": what something costs forbids nothing."""
    text = normalise(statement)
    return _PRICE.match(text) is not None and not _NORM.search(text)


_PRICE = re.compile(
    r"^(?:each|every|an?|the|all|one) [a-z -]{3,40} (?:is|are|costs?|comes? (?:to|at)) (?:[$€£]\s?)?\d[\d.,]*"
    r"(?: ?(?:[$€£%]|dollars?|euros?|pounds?|cents?|usd|eur|gbp|chf|percent))?(?: (?:each|per|a|for) [a-z ]+)?\.?$"
)


def _is_weighty(act: Act) -> bool:
    """It surely does what cannot be undone, and more than to turn a switch or to hand over a file of one's own."""
    done = {effect for effect, known in act.effects.items() if known}
    return bool(done - REVERSIBLE_EFFECTS - {"upload", "change_settings"})


@once_per_act
def _may_do(act: Act) -> frozenset[Effect]:
    return frozenset(act.effects) & CONSEQUENTIAL


@lru_cache(maxsize=16384)
def _about(statement: str) -> frozenset[str]:
    """The things that a statement names: neither verbs nor words for anything."""
    return frozenset(one for one in subject_stems(statement) - GENERIC_OBJECTS if not is_verb(one))


def _is_met(act: Act, statement: str) -> bool:
    """False when the statement is on things of a kind, or in a state, of which nothing at hand speaks.

    "Bookings of the spa", "whenever the file is locked": where neither page nor act nor talk names a spa or a lock.
    """
    wanted = [*qualities_of(statement), *states_in_condition(statement)]
    return not act.observation.text.strip() or all(related(quality, _at_hand(act)) for quality in wanted)


@once_per_act
def _at_hand(act: Act) -> frozenset[str]:
    talk = " ".join(event.text or event.value or "" for event in act.situation.history)
    page = act.observation
    return subject_stems(f"{page.url} {page.title} {page.text} {act.described} {act.situation.task.goal} {talk}")
