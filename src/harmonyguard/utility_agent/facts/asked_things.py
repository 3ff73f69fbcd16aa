"""What the user wants an act on: "Find a job and apply for it" asks to apply for a job; a yes is on what was asked."""

from __future__ import annotations

import re
from functools import lru_cache

from harmonyguard.policies.lexicon import NOUNS
from harmonyguard.policies.synonyms import is_offered, kinds_of, names_a_thing, synonyms_of
from harmonyguard.policies.words import contains_phrase, normalise, stem, stems, subject_stems, words
from harmonyguard.steps import Effect
from harmonyguard.utility_agent.reading.labels import effects_wanted

from .act import Act
from .consents import is_granted

_CLAUSES = re.compile(r"[.,;:!?]\s+|\s+(?:and|then)\s+(?:then\s+)?|\n+")
_PRONOUNS = re.compile(r"\b(?:it|one|that|this|them)\b")
_ABOUT = re.compile(r"\b(?:from|to|in|at|on|for|with|near|by|under|between|that|which|who|rated|priced)\b")


def asks_for_it(act: Act, thing: frozenset[str]) -> bool:
    """True when the goal asks for an effect of this act on the thing (stems), and the act is not on another of its
    things. To pick one of those that are offered is a step of the act that the goal asks for."""
    done = {effect for effect, known in act.effects.items() if known}
    picked = picked_by(act)
    asked = [(effects, things) for effects, things in _asked(act.situation.task.goal) if effects & done or picked]
    if any(_HOTEL & things for _, things in asked) and _NIGHTS.search(act.observation.text):
        asked = [(effects, things | _HOTEL if _HOTEL & things else things) for effects, things in asked]
    if picked and thing <= act.surroundings and any(picked <= things for _, things in asked):
        return True
    if not any(thing <= things for _, things in asked):
        return False
    others = frozenset[str]().union(*(things for _, things in asked if not thing <= things))
    return not others & subject_stems(f"{act.name} {act.observation.title}")


def is_sought(act: Act, thing: frozenset[str]) -> bool | None:
    """A search is for what the goal speaks of: a song in "Play the song Nightjar", where "Nightjar" is looked up.

    "A film poster" is no film, and who looks up "oak tables" wants no film. None where the goal does not say.
    """
    if not act.effects.get("search"):
        return None
    typed = _looked_up(act)
    looked_up = frozenset(one for value in typed for one in stems(value))
    goal = act.situation.task.goal
    if looked_up.isdisjoint(stems(goal)):
        return None
    names = frozenset(one for word in _NAMES.findall(goal) for one in stems(word))
    answers = {_is_head(head, thing, names) for head in _heads(goal) if thing <= frozenset(head)}
    answers = answers or {_is_head(head, thing, names) for head in map(_head, typed) if thing <= frozenset(head)}
    if answers:
        return True in answers
    wanted = [head[-1] for head in _heads(goal) if head and not looked_up.isdisjoint(head)]
    return False if wanted and names.isdisjoint(wanted) else None


_NAMES = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w'-]*|['\"“][^'\"”]+['\"”]")
"""Names in a goal: capital letters within a sentence, and what stands in quotation marks."""


def _is_head(head: tuple[str, ...], thing: frozenset[str], names: frozenset[str]) -> bool:
    """The thing is what the phrase names, and no part of another ("film posters"); its own name may follow."""
    last = max(at for at, one in enumerate(head) if one in thing)
    behind = [one for one in head[last + 1 :] if not one.isdigit()]
    return not behind or behind[0] in names


@lru_cache(maxsize=256)
def _heads(goal: str) -> tuple[tuple[str, ...], ...]:
    """The stems of what each clause of a goal is about, in order: the last one says what it is."""
    rests = (clause.strip().partition(" ")[2] for clause in _CLAUSES.split(normalise(goal)))
    return tuple(_head(_LEADS.sub("", rest)) for rest in rests)


def _head(phrase: str) -> tuple[str, ...]:
    return tuple(stems(_ABOUT.split(_TOLD_BY.split(normalise(phrase))[0])[0]))


def _looked_up(act: Act) -> list[str]:
    """What stands in the field of the search: what is typed, or what a button sends off."""
    if act.action.type == "fill":
        return [entry.value for entry in act.entries if entry.now]
    return [element.value for element in act.observation.elements if element.role in _TYPED_INTO and element.value]


_TYPED_INTO = frozenset({"textbox", "searchbox", "combobox"})


_LEADS = re.compile(r"^(?:for|up for|up|to) ")
_TOLD_BY = re.compile(
    r"\b(?:of|about|called|named|titled|starring|featuring|directed|written|made|released|sung|performed|composed"
    r"|produced|recorded|published)\b"
)
"""What stands behind a noun and says which one is meant."""


def asks_for_another(act: Act, thing: frozenset[str]) -> bool:
    """True when the goal asks for this act on a thing of those that are booked, hired or applied for, and this one is
    none: what a page speaks of besides is not what "Complete booking" books."""
    done = {effect for effect, known in act.effects.items() if known}
    asked = frozenset[str]().union(*(things for effects, things in _asked(act.situation.task.goal) if effects & done))
    offered = {one for one in asked if is_offered(one)}
    alike = offered.union(stem(name) for one in offered for name in (*synonyms_of(one), *kinds_of(one)))
    return bool(offered) and thing.isdisjoint(alike | act.surroundings)


def asks_for_it_here(act: Act, thing: frozenset[str]) -> bool:
    """True when the goal asks for the act on the thing, the control names none ("Book", "Apply now", "Book with Nord
    Air"), and the page is about no other."""
    if not (act.names_no_thing or _WITH_WHOM.search(act.name)) or not asks_for_it(act, thing):
        return False
    if not thing.isdisjoint(act.surroundings):
        return True
    meant = {stem(name) for one in thing for name in synonyms_of(one)}
    asked = meant.union(stems(act.situation.task.goal))
    others = [one for one in act.surroundings if names_a_thing(one) and (one,) not in NOUNS]
    others += [one for one in stems(act.observation.text) if is_offered(one)]
    return all(one in asked for one in others)


_WITH_WHOM = re.compile(r"^\w+(?: now)? (?:with|via|through|at|on) (?-i:[A-Z])", re.IGNORECASE)


def picked_by(act: Act) -> frozenset[str]:
    """What a control picks from what is offered ("Select Estate", "Choose this room"): stems of its name.

    Dates, places and the like are details of what is wanted, and not picked from what is offered.
    """
    target = act.target
    if target is None or act.action.type not in ("click", "dblclick") or target.role not in _PRESSED:
        return frozenset()
    named = stems(act.name)
    picked = frozenset(named[1:])
    return picked if named[:1] in _PICKS and picked and not picked & _DETAILS else frozenset()


_PRESSED = frozenset({"button", "link", "radio"})
_PICKS = [[stem(word)] for word in "select choose pick".split()]
_DETAILS = frozenset(
    stem(word)
    for word in """date dates day time month year location place city country language currency file photo picture image
        all none option options size colour color seat quantity number pick-up drop-off return departure arrival
        filter category sort""".split()
)


def stems_asked_for(act: Act) -> frozenset[str]:
    """The stems of all things that the goal may ask something on."""
    things = frozenset[str]().union(*(things for _, things in _asked(act.situation.task.goal)))
    return things | _HOTEL if _HOTEL & things else things


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
        pairs = zip(words(head), words(head)[1:], strict=False)
        things |= {stem(kind) for pair in pairs for kind in kinds_of(" ".join(pair))}
        if _HOTEL & things and _NIGHTS.search(clause):
            things |= _HOTEL
        # "Book a flight and a room": what the second clause asks is what the first does.
        also = bool(found) and verb in ("a", "an", "the")
        things |= {stem(match["cart"]) for match in _INTO_CART.finditer(clause)}
        effects = effects_wanted(clause) or (found[-1][0] if also else frozenset[Effect]())
        found.append((effects, frozenset(stems(head)) if also else things))
    return tuple(found)


_INTO_CART = re.compile(r"\b(?:to|in|into) (?:my|the|your|our) (?:shopping )?(?P<cart>cart|bag|basket|trolley)\b")
_NIGHTS = re.compile(
    r"\b(?:nights?|overnight|check-?in|check-?out|from (?:[a-z]+ )?\d[^.]* (?:to|until) )", re.IGNORECASE
)
_HOTEL = frozenset(stem(word) for word in "hotel room".split())
"""A room for nights is a hotel's."""
