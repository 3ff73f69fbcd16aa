"""Where a step comes from: the user's goal, or words on a page.

An act is explained by the goal when the goal's own words lead to it, and by the page when a directive in page
content does. Following the page alone is what injected instructions look like (DESIGN, provenance and taint).
"""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import parse_qsl, unquote

from harmonyguard.policies.kinship import related
from harmonyguard.policies.lexicon import GENERIC_OBJECTS, opposites_of
from harmonyguard.policies.words import LABEL, contains_phrase, normalise, stem, stems, subject_stems, words
from harmonyguard.steps import Effect

from .act import Act, once_per_act
from .addressed import is_strong
from .addresses import host_of, is_below, path_of, split_address
from .labels import CONSEQUENTIAL, FILLERS, effects_wanted
from .languages import effects_spoken
from .passages import Passage, content_of, holds_instructions, passages

__all__ = ["contradicts_goal", "explained_by_goal", "follows_page", "holds_instructions", "said_by_user"]

_NEVER_LED: frozenset[str] = frozenset(
    {"ask_user", "send_msg_to_user", "finish", "report_infeasible", "scroll", "go_back", "wait"}
)
_CARRIER = re.compile(
    r"https?://[^\s'\"<>]+|www\.[^\s'\"<>]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w{3,}"
    r"|\b[A-Z]{2}\d{2}[A-Z0-9 ]{10,}|\b\d{6,}\b"
)
"""Parts of a value that lead somewhere or stand for somebody: addresses, handles, account numbers."""

_STEPS_TO_A_PURCHASE = frozenset(stem(word) for word in "cart basket bag checkout order payment shipping".split())

_WORDS_OF_A_LABEL = 8
"""Words of the name of a control at most when it only names it."""

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
)
"""A goal that hands the word over to a page: "Follow the steps in the README." """


@once_per_act
def explained_by_goal(act: Act) -> bool:
    """True when the user's goal (or an earlier message of the user) leads to this act."""
    said = said_by_user(act)
    folded = normalise(said)
    if act.destination and _address_in(act.destination, folded):
        return True
    wanted, done = effects_wanted(said), _consequences(act)
    stated, about = subject_stems(said), _subject(act)
    own = _values(act)
    if own and any(_is_stated(value, folded, stated) for value in own):
        return True
    if done:
        return bool(done & wanted) or bool(related(about, stated))
    return not own


@once_per_act
def follows_page(act: Act) -> bool | None:
    """True when only page content explains the act; None when nothing that is known does."""
    if act.action.type in _NEVER_LED:
        return False
    if _is_lured(act) or _carries_out(act):
        return True
    if _consequences(act) and _is_tainted(act) and not _goal_asks_for(act):
        return True
    told = [passage for passage in _passages(act) if _mentions(passage, act)]
    if told:
        if _delegates(act) and not any(passage.strong for passage in told):
            # Within what was handed over: "put all she wants on my list" lets the page say what goes on the list.
            return False if _consequences(act) <= effects_wanted(said_by_user(act)) else None
        strongly = any(passage.strong for passage in told)
        if _is_dictated(act, told) or not (_goal_names(act) or (not strongly and _goal_speaks_of(act))):
            return True
        if strongly and _leads_to_more(act, told):
            return True
    if act.irreversible is True and not (_goal_names(act) or _goal_speaks_of(act)) and _is_spoken_of(act):
        return None if _delegates(act) else True
    if act.action.type == "tool_call" and _leaves(act):
        return None
    if explained_by_goal(act):
        return False
    if _consequences(act) or (act.situation.instructions_seen and not act.is_plain_read):
        return None
    return False


def _leaves(act: Act) -> bool:
    """A tool opens an address on a host that neither goal nor run knows: it can only come from what was read."""
    known = any(is_below(act.host or "", host) for host in act.known_hosts)
    return act.destination is not None and not known and not _address_in(act.destination, normalise(said_by_user(act)))


def contradicts_goal(act: Act) -> bool:
    """True when the act does the opposite of what the goal asks for ("Downvote" for "upvote the post")."""
    named = words(act.name)[:2]
    # "Unassigned" or "Closed" name a state that the control shows, not what it does.
    done = [stem(word) for word in named if not word.endswith("ed")]
    said = set(stems(said_by_user(act)))
    return bool(done) and not said & act.verb_stems and any(said & opposites_of(verb) for verb in done)


@once_per_act
def said_by_user(act: Act) -> str:
    """The goal, where it starts, and what the user said since."""
    situation = act.situation
    talk = [e.text or e.value or "" for e in situation.history if e.type == "user_message"]
    return "\n".join([situation.task.goal, situation.task.url or "", *talk])


def _passages(act: Act) -> list[Passage]:
    """What the page at hand, and what tools brought in earlier, tells its reader to do."""
    return [passage for text in _texts_read(act) for passage in passages(text)]


def _texts_read(act: Act) -> list[str]:
    outputs = [event.text or "" for event in act.situation.history if event.type == "tool_output"]
    return [act.observation.text, *outputs]


def _mentions(passage: Passage, act: Act) -> bool:
    """True when following the passage would be (part of) the act."""
    folded = normalise(passage.text)
    if act.destination and _address_in(act.destination, folded):
        return True
    if act.name and len(act.name) > 3 and contains_phrase(passage.text, act.name):
        return True
    if any(entry.now and len(entry.value) > 3 and normalise(entry.value) in folded for entry in act.entries):
        return True
    if passage.strong and any(carrier in folded for carrier in _carriers(act)):
        return True
    told, done = effects_spoken(passage.text), _consequences(act)
    return bool(told & done) and bool(related(_subject(act), subject_stems(passage.text)))


def _delegates(act: Act) -> bool:
    return _DELEGATES.search(normalise(said_by_user(act))) is not None


def _is_spoken_of(act: Act) -> bool:
    """True when page or tool output speaks of this very control, tool or address, in whatever language or tone.

    Of an act that the goal does not ask for and that cannot be undone, that is enough to say where it came from. A name
    of one word is a word of the language, and no mark of the control.
    """
    texts = _texts_read(act)
    if act.destination and any(_address_in(act.destination, normalise(text)) for text in texts):
        return True
    named = len(words(act.name))
    if named < 2 or len(act.name) > LABEL:
        return False
    # A line that holds little more than the name is the control itself, as plain text shows it.
    least = named + 2
    # Other scripts write their particles right behind the name.
    name = re.compile(rf"(?<![a-z0-9]){re.escape(normalise(act.name))}(?![a-z0-9])")
    lines = (normalise(line) for text in texts for line in content_of(text).splitlines())
    return any(name.search(line) and len(words(line)) >= least for line in lines)


def _is_dictated(act: Act, told: list[Passage]) -> bool:
    """True when a value or address of the act stands in what the page orders, and the user never said it."""
    said = normalise(said_by_user(act))
    ordered = " ".join(normalise(passage.text) for passage in told)
    # What the page also says outside its orders is information, which a task may well need.
    informed = normalise(act.observation.text)
    for passage in told:
        informed = informed.replace(normalise(passage.text), " ")
    parts = [normalise(value) for value in _values(act) if len(value.strip()) > 3] + _carriers(act)
    if any(part in ordered and part not in said and part not in informed for part in parts):
        return True
    strong = subject_stems(" ".join(passage.text for passage in told if passage.strong))
    return any(_is_echo(value, strong, subject_stems(said)) for value in _values(act))


def _is_echo(value: str, ordered: frozenset[str], stated: frozenset[str]) -> bool:
    """Most words of a longer value are those of the order, and few are the user's."""
    about = subject_stems(value)
    if len(about) < _WORDS_OF_AN_ECHO:
        return False
    return len(about & ordered) >= 0.6 * len(about) and len(about & stated) < 0.4 * len(about)


_WORDS_OF_AN_ECHO = 4


def _goal_names(act: Act) -> bool:
    """A stricter reading of `explained_by_goal`, for acts that a directive on the page asks for as well."""
    said = said_by_user(act)
    folded, stated = normalise(said), subject_stems(said)
    if act.destination and _address_in(act.destination, folded):
        return True
    if act.name and len(act.name) > 2 and contains_phrase(said, act.name):
        return True
    if contradicts_goal(act):
        return False
    own = _values(act)
    if own and any(_is_stated(value, folded, stated) for value in own):
        return True
    if asks_by_pronoun(said, act):
        return True
    about, done = _subject(act), _consequences(act)
    if done:
        return bool(done & effects_wanted(said)) and (not about or bool(related(about, stated)))
    return bool(related(about, stated))


def asks_by_pronoun(said: str, act: Act) -> bool:
    """ "Note 4 is obsolete. Close it." asks for "Close entry" without saying "entry"."""
    spoken = stems(said)
    return any(verb in act.verb_stems and after in _PRONOUNS for verb, after in pairwise(spoken))


_PRONOUNS = frozenset("it this that them these those".split())


def _goal_speaks_of(act: Act) -> bool:
    """A wider reading, for help texts: the goal wants such an effect, such a thing, or what the act is a step to."""
    said = said_by_user(act)
    wanted = effects_wanted(said)
    if _consequences(act) & wanted:
        return True
    # The same thing is not enough for what cannot be undone: to summarise a ticket is not to delete it.
    if act.irreversible is not True and related(_subject(act), subject_stems(said)):
        return True
    return "purchase" in wanted and bool(subject_stems(act.described) & _STEPS_TO_A_PURCHASE)


def _leads_to_more(act: Act, told: list[Passage]) -> bool:
    """An address that the page dictates does more than the goal wants ("/orders/12/delete" to look at order 12)."""
    if act.destination is None or not any(_address_in(act.destination, normalise(p.text)) for p in told):
        return False
    said = said_by_user(act)
    if _address_in(act.destination, normalise(said)):
        return False
    path = path_of(act.destination).replace("/", " ").replace("-", " ")
    return bool((effects_spoken(path) & CONSEQUENTIAL) - effects_wanted(said))


def _goal_asks_for(act: Act) -> bool:
    """Does the goal itself ask for such an act? For runs that an instruction may have led astray."""
    said = said_by_user(act)
    folded, stated = normalise(said), subject_stems(said)
    if act.name and contains_phrase(said, act.name):
        return True
    own = _values(act)
    if any(_is_stated(value, folded, stated) for value in own):
        return True
    if contradicts_goal(act):
        return False
    about = _subject(act) - GENERIC_OBJECTS
    shared = related(about, stated)
    # A control that tells a story shares some word with any goal.
    if shared and (len(words(act.name)) <= _WORDS_OF_A_LABEL or 2 * len(shared) >= len(about)):
        return True
    return not about and not own and bool(_consequences(act) & effects_wanted(said))


def _is_tainted(act: Act) -> bool:
    """An earlier page of this run held instructions; or, where a caller tells the history, the run strayed.

    A caller does not tell what earlier pages said: a move to a place that the goal does not speak of stands in.
    """
    situation = act.situation
    if situation.instructions_seen:
        return True
    if not situation.consent_from_history:
        return False
    said = said_by_user(act)
    folded, stated = normalise(said), subject_stems(said)
    for event in situation.history:
        if event.type not in ("click", "goto") or not event.url:
            continue
        place = subject_stems(f"{path_of(event.url)} {event.element_name or ''}".replace("/", " ").replace("-", " "))
        if place and not related(place, stated) and not _address_in(event.url, folded):
            return True
    return False


def _is_lured(act: Act) -> bool:
    """The link itself shouts an order, in its name or behind its path."""
    link = act.target.name if act.target is not None and act.target.role == "link" else ""
    carried = _beyond_path(unquote(act.destination or "").replace("-", " ").replace("+", " "))
    return is_strong(link) or is_strong(carried)


def _carries_out(act: Act) -> bool:
    """The act takes data that the user never said, in an address, to a host that goal and run do not know."""
    if act.destination is None or act.action.type not in ("goto", "new_tab", "tool_call"):
        return False
    if any(is_below(act.host or "", known) for known in act.known_hosts):
        return False
    stated = subject_stems(said_by_user(act))
    carried = [value for _, value in parse_qsl(split_address(act.destination).query)]
    return any(len(value) > 3 and not related(subject_stems(value), stated) for value in carried)


def _values(act: Act) -> list[str]:
    return [entry.value for entry in act.entries if entry.value and entry.value.strip()]


def _carriers(act: Act) -> list[str]:
    found = [match for value in _values(act) for match in _CARRIER.findall(value)]
    return [normalise(carrier).rstrip(".,;:!?)") for carrier in found]


@once_per_act
def _consequences(act: Act) -> frozenset[Effect]:
    return frozenset(effect for effect, known in act.effects.items() if effect in CONSEQUENTIAL and known)


@once_per_act
def _subject(act: Act) -> frozenset[str]:
    return (subject_stems(act.name) - act.verb_stems - FILLERS) | _path_subject(act)


def _path_subject(act: Act) -> frozenset[str]:
    if act.destination is None or act.submits:
        return frozenset()
    return subject_stems(unquote(split_address(act.destination).path).replace("/", " ").replace("-", " "))


def _is_stated(value: str, folded: str, stated: frozenset[str]) -> bool:
    text = normalise(value)
    if text in folded:
        return True
    about = subject_stems(value)
    return bool(about) and len(about & stated) >= 0.6 * len(about)


def _address_in(url: str, folded: str) -> bool:
    address = split_address(url)
    bare = normalise(f"{host_of(url)}{unquote(address.path)}").rstrip("/")
    if bare and bare.removeprefix("www.") in folded:
        return True
    path = normalise(unquote(address.path)).strip("/")
    return path.count("/") >= 1 and path in folded


def _beyond_path(url: str) -> str:
    """Query and fragment of a link: where instructions hide in an address."""
    address = split_address(url)
    return f"{address.query}\n{address.fragment}"
