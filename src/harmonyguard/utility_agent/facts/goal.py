"""What the user's own words explain: the goal, and what was said since.

Three readings, from narrow to wide. The goal *asks for* an act whose verb, thing and values are its own: also where a
page asks for the same. It *speaks of* an act that is a step to what it wants: enough beside help texts. It *explains*
an act that its words lead to in any way: the sign of progress.

An address in the goal, or the page where the task starts, explains going there. What is done there it does not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from harmonyguard.policies.kinship import related
from harmonyguard.policies.lexicon import GENERIC_OBJECTS, opposites_of
from harmonyguard.policies.senses import senses_in
from harmonyguard.policies.words import contains_phrase, normalise, stem, stems, subject_stems, words
from harmonyguard.steps import Effect
from harmonyguard.utility_agent.reading.addresses import host_of, split_address
from harmonyguard.utility_agent.reading.labels import CONSEQUENTIAL, FILLERS, SAYS_NOTHING, effects_wanted
from harmonyguard.utility_agent.reading.stated import is_told

from .act import Act, once_per_act

WORDS_OF_A_LABEL = 8
"""Words of the name of a control at most when it only names it."""

_STEPS_TO_A_PURCHASE = frozenset(stem(word) for word in "cart basket bag checkout order payment shipping".split())
_PRONOUNS = frozenset("it this that them these those".split())
_DELEGATES = re.compile(
    r"\b(?:follow|carry out|complete|do|perform|execute|implement|handle"
    r"|resolve|apply|fulfil+|act on|answer|work through"
    r"|go through|take care of|deal with|according to"
    r"|as (?:described|requested|instructed|stated|listed|asked|given|told))"
    r"\b[^.]*\b(?:instructions?|steps?|guides?|readme|requests?|to-?dos?|checklists?|tasks?|directions|e-?mails?|mails?"
    r"|tickets?|issues?|descriptions?|notes?|lists?|recipes?|comments?|messages?|letters?|briefs?|plans?)\b"
    r"|\b(?:everything|whatever|anything|all|what|the things?|those|as)\b(?: that)?(?: [\w'-]+){1,3}? "
    r"(?:wants?|asks?|asked|needs?|says?|said|requests?|requested|lists?|listed|mentions?|describes?|suggests?|tells?"
    r"|recommends?|requires?|wrote|writes|proposes?|proposed)\b"
    r"|\b(?:instructions?|steps?|requests?|to-?dos?|tasks?|actions?|checklists?)\b.*"
    r"\b(?:do|perform|complete|carry out|execute|follow|handle|work through|take care of)\b[^.]{0,20}"
    r"\b(?:them|these|those|it|all|so)\b|\baccordingly\b"
)
"""A goal that hands the word over to a page: "Follow the steps in the README." """


@once_per_act
def said_by_user(act: Act) -> str:
    """The goal, where it starts, and what the user said since."""
    situation = act.situation
    talk = [e.text or e.value or "" for e in situation.history if e.type == "user_message"]
    return "\n".join([situation.task.goal, situation.task.url or "", *talk])


@once_per_act
def explained_by_goal(act: Act) -> bool:
    """True when the user's goal (or an earlier message of the user) leads to this act."""
    said = said_by_user(act)
    wanted, done = wanted_by_user(act), consequences(act)
    if not done and act.destination and address_in(act.destination, normalise(said)):
        return True
    if any(is_told(value, said) for value in values_of(act)):
        return True
    if done:
        return bool(done & wanted) or bool(related(subject_of(act), subject_stems(said)))
    return not values_of(act)


@once_per_act
def asked_for(act: Act) -> bool:
    """The narrow reading, for acts that a page asks for as well: verb, thing and values are the goal's own."""
    said, done = said_by_user(act), consequences(act)
    if not done and act.destination and address_in(act.destination, normalise(said)):
        return True
    if act.name and len(act.name) > 2 and contains_phrase(said, act.name):
        return True
    if contradicts_goal(act):
        return False
    if asks_by_pronoun(said, act):
        return True
    told = any(is_told(value, said) for value in values_of(act))
    about, stated = subject_of(act), subject_stems(said)
    if not done:
        return told or bool(related(about, stated))
    wants_it = wants(act)
    if told:
        return wants_it or says_no_act(act)
    return wants_it and (not about or bool(related(about, stated)))


@once_per_act
def spoken_of(act: Act) -> bool:
    """A wider reading, for help texts: the goal wants such an effect, such a thing, or what the act is a step to."""
    said = said_by_user(act)
    wanted = wanted_by_user(act)
    if wants(act):
        return True
    # The same thing is not enough for what cannot be undone: to summarise a ticket is not to delete it.
    if act.commits is not True and related(subject_of(act), subject_stems(said)):
        return True
    return "purchase" in wanted and bool(subject_stems(act.described) & _STEPS_TO_A_PURCHASE)


@once_per_act
def is_of_the_task(act: Act) -> bool:
    """Some word of the goal leads to this act, or the goal wants such an act and the act names nothing else.

    For runs that may have been led astray on an earlier page.
    """
    said = said_by_user(act)
    if act.name and contains_phrase(said, act.name):
        return True
    if any(is_told(value, said) for value in values_of(act)):
        return True
    if contradicts_goal(act):
        return False
    if makes_unasked(act):
        return False
    about = subject_of(act) - GENERIC_OBJECTS
    shared = related(about, subject_stems(said))
    # A control that tells a story shares some word with any goal.
    if shared and (len(words(act.name)) <= WORDS_OF_A_LABEL or 2 * len(shared) >= len(about)):
        return True
    return not about and not values_of(act) and bool(consequences(act) & wanted_by_user(act))


@once_per_act
def delegates(act: Act) -> bool:
    """The goal hands the word over to a page or a person ("Do what the ticket asks for")."""
    said = normalise(said_by_user(act))
    return _DELEGATES.search(said) is not None and not _QUESTION.fullmatch(normalise(act.situation.task.goal))


def contradicts_goal(act: Act) -> bool:
    """True when the act does the opposite of what the goal asks for ("Downvote" for "upvote the post")."""
    named = words(act.name)[:2]
    # "Unassigned" or "Closed" name a state that the control shows, not what it does.
    done = [stem(word) for word in named if not word.endswith("ed")]
    said = set(stems(said_by_user(act)))
    return bool(done) and not said & act.verb_stems and any(said & opposites_of(verb) for verb in done)


def asks_by_pronoun(said: str, act: Act) -> bool:
    """ "Note 4 is obsolete. Close it." asks for "Close entry" without saying "entry"."""
    spoken = stems(said)
    return any(verb in act.verb_stems and after in _PRONOUNS for verb, after in pairwise(spoken))


@once_per_act
def wants(act: Act) -> bool:
    """The goal has a verb for what the act does; where many verbs do the same, one of the same sense."""
    said = said_by_user(act)
    shared = consequences(act) & wanted_by_user(act)
    mine, asked = senses_in(act.name), senses_in(said)
    if consequences(act) and not wanted_by_user(act) & CONSEQUENTIAL:
        return False
    if mine & asked or shared - _COARSE:
        return True
    return bool(shared) and not (mine and asked)


_COARSE: frozenset[Effect] = frozenset({"submit", "update", "create", "change_settings"})
"""Effects of many verbs that have nothing else in common."""


@once_per_act
def goes_beyond(act: Act) -> bool:
    """The act does for good what the goal has no word for, though it is plain what the goal asks for.

    To send, share, pay or delete is no step to anything else. The user said nothing since that may have asked for it.
    """
    said, goal = said_by_user(act), act.situation.task.goal
    lasting = consequences(act) & _NO_STEPS
    if not lasting or any(event.type == "user_message" for event in act.situation.history) or delegates(act):
        return False
    wanted = wanted_by_user(act)
    if (
        wants(act)
        or wanted & act.effects.keys() & CONSEQUENTIAL
        or not (wanted & CONSEQUENTIAL or only_asks_to_know(goal))
    ):
        return False
    if any(is_told(value, said) for value in values_of(act)):
        # Said values explain an act of the same page ("Add kim as owner": "Invite"), not another tool.
        return act.action.type == "tool_call" and only_asks_to_know(goal)
    return not related(subject_of(act) | subject_stems(act.observation.title), subject_stems(said)) or bool(
        lasting - {"change_settings"}
    )


_NO_STEPS: frozenset[Effect] = frozenset({"delete", "send", "share", "purchase", "upload", "change_settings"})


@once_per_act
def wanted_by_user(act: Act) -> frozenset[Effect]:
    """What the user's words ask to be done. Who only asks to know something names orders and mails as things."""
    said, goal = _without_things_at_hand(said_by_user(act)), act.situation.task.goal
    if only_asks_to_know(goal) and not any(event.type == "user_message" for event in act.situation.history):
        return effects_wanted(said) - CONSEQUENTIAL
    return effects_wanted(said)


def _without_things_at_hand(said: str) -> str:
    """The words without nouns that are verbs as well: "reply to issue 90" issues nothing, "the post" posts nothing."""
    return _AT_HAND_NOUN.sub(" ", said)


_AT_HAND_NOUN = re.compile(
    r"(?<![\w'-])(?:(?:the|this|that|these|those) (?:[\w-]+ )?|given |(?<=to )|(?<=on )|(?<=of )|(?<=in ))"
    r"(?:issues?(?! (?:an?|the|my|his|her|refunds?|new)\b)|(?:posts?|comments?|reviews?|messages?|e-?mails?|mails?)"
    r"(?! (?:an?|it|them|this|that|the|my)\b))(?![\w'-])",
    re.IGNORECASE,
)
"""Things that goals speak of as being there."""


@lru_cache(maxsize=1024)
def only_asks_to_know(goal: str) -> bool:
    """True for a question, and for a task whose clauses all look, find and tell the user."""
    asked = normalise(goal)
    if _QUESTION.fullmatch(asked):
        return True
    clauses = [clause for clause in _CLAUSE.split(asked) if clause.strip()]
    return all(_TO_KNOW.match(clause) for clause in clauses) and not any(map(_WRITES_DOWN.search, clauses))


_CLAUSE = re.compile(r"[.,;:!?]\s+|\s+(?:and|then|or|so)\s+(?:then\s+)?|\n+")
_WRITES_DOWN = re.compile(
    r"^(?:please )?(?:tell|show)\b (?!me\b|us\b|the user\b)\w+"
    r"|\b(?:in|into|as|by|via) (?:an?|one)\b (?:[\w-]+ ){0,3}"
    r"(?:comments?|messages?|e-?mails?|notes?|posts?|repl(?:y|ies)|tickets?|issues?|files?|documents?|reports?"
    r"|events?)\b"
    r"|\b(?:by|via) (?:e-?mail|message|chat|sms)\b"
)
"""What is found out is to be told to somebody else, or put down somewhere."""

_QUESTION = re.compile(
    r"(?:what|when|where|who|whose|whom|which|why|how|is|are|does|do|did|has|have|was|were)\b[^.?!]*\?"
)
"""A single question. That it speaks of orders or posts orders nothing."""

_TO_KNOW = re.compile(
    r"(?:please |can you |could you )*(?:what|when|where|who|which|why|how|find|tell|show|list|read|summari[sz]e|sum up"
    r"|search|look|check|display|count|compare|explain|describe|identify|view|see|browse)\b"
)


def makes_unasked(act: Act) -> bool:
    """The act makes a thing of a kind of which the goal has one at hand ("Create issue" for "close the issue")."""
    made = act.object_stems[-1:]
    return bool(made) and "create" in consequences(act) and is_at_hand(said_by_user(act), made[0])


def is_at_hand(said: str, thing: str) -> bool:
    """The words speak of a thing of this kind (a stem), and only of one that is there: "the issue", "reply to issue 9".

    "Open an issue" asks for a new one, and "Comment on it" has the word as a verb.
    """
    spoken = words(said)
    places = [place for place, word in enumerate(spoken) if stem(word) == thing]
    return bool(places) and all(map(_is_there, (spoken[max(0, place - _BETWEEN) : place] for place in places)))


def _is_there(before: list[str]) -> bool:
    told = next((word for word in reversed(before) if word in _AT_HAND or stem(word) in _MAKERS), "")
    return told in _AT_HAND


_BETWEEN = 5
"""Words that may stand between "create" and the thing: "create a new private and empty board"."""

_MAKERS = frozenset(
    stem(word)
    for word in """create creating open file raise report submit add make start new post write draft compose generate
        import fork another register log enter schedule plan book set up upload invite send leave publish
        """.split()
)
_AT_HAND = frozenset("the this that these those given my its our to on for in of from at about with".split())


def says_no_act(act: Act) -> bool:
    """The control of a form only confirms or saves: what is done is in the fields."""
    return act.action.type != "tool_call" and act.submits and consequences(act) <= _WRITES


_WRITES: frozenset[Effect] = frozenset({"submit", "update", "create"})


def values_of(act: Act) -> list[str]:
    """What the act types or sends."""
    return [entry.value for entry in act.entries if entry.value and entry.value.strip()]


@once_per_act
def consequences(act: Act) -> frozenset[Effect]:
    """What the act leaves behind for certain."""
    return frozenset(effect for effect, known in act.effects.items() if effect in CONSEQUENTIAL and known)


@once_per_act
def subject_of(act: Act) -> frozenset[str]:
    """What tells this act from others: the words of its control, and of its address those that are not of the page."""
    named = subject_stems(act.name) - act.verb_stems - FILLERS - SAYS_NOTHING
    return named | _new_on_the_way(act)


def _new_on_the_way(act: Act) -> frozenset[str]:
    if act.destination is None or act.submits:
        return frozenset()
    there, here = path_words(act.destination), path_words(act.observation.url)
    return (there - here) or there


def path_words(url: str) -> frozenset[str]:
    """The stems of the words of an address's path."""
    return subject_stems(unquote(split_address(url).path).replace("/", " ").replace("-", " "))


def address_in(url: str, folded: str) -> bool:
    """True when the normalised text holds the address, or its path."""
    address = split_address(url)
    bare = normalise(f"{host_of(url)}{unquote(address.path)}").rstrip("/")
    if bare and bare.removeprefix("www.") in folded:
        return True
    path = normalise(unquote(address.path)).strip("/")
    return path.count("/") >= 1 and path in folded
