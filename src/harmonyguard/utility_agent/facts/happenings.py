"""What already happened, and how often: from the history of the run, and from what the page shows of the time before.

Both are told within bounds: what surely happened, and what may have. Where the two differ the answer is unknown.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import get_args

from harmonyguard.policies.atom import THIS_ACT, Comparison
from harmonyguard.policies.kinship import related
from harmonyguard.policies.lexicon import VERBS
from harmonyguard.policies.words import contains_phrase, normalise, stem, stems, subject_stems, words
from harmonyguard.steps import Effect, Event
from harmonyguard.utility_agent.reading.comparisons import compare
from harmonyguard.utility_agent.reading.fields import is_field
from harmonyguard.utility_agent.reading.labels import CONSEQUENTIAL, SAYS_NOTHING, UNKNOWN, Effects, effects_of_label
from harmonyguard.utility_agent.reading.stated import is_said
from harmonyguard.utility_agent.reading.tool_names import effects_of_tool

from .act import Act
from .records import pairs_at_hand

_TALK = frozenset({"user_message", "agent_message", "user_profile", "tool_output", "send_msg_to_user", "ask_user"})
_MOVES = frozenset({"goto", "go_back", "scroll", "hover", "wait"})
_EFFECTS = frozenset(get_args(Effect))
_NO_FIELDS = frozenset({"button", "link", "tab", "menuitem", "heading"})
_PRESSED = frozenset({"click", "dblclick", "press"})
_BUTTON = " button"
_NOT_YET = frozenset(
    """none no not nobody unassigned pending missing empty n/a na tbd todo open awaiting waiting outstanding false 0 off
    select choose please unset unknown incomplete required""".split()
)
"""First words of a value that says that nothing is there yet: "Reviewer: none", "Consent form: not signed"."""

_NUMBER_WORDS = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten".split())}
_TALLY = re.compile(r"\b(?P<number>\d{1,4})\b")


def happened(act: Act, term: str) -> bool | None:
    """Did the effect, control or field called `term` happen already? The history says so, or the page shows it done."""
    told = [_was_here(act, event, term) for event in act.situation.history]
    if True in told:
        return True
    if _waits_for_the_task(act, term):
        return None if None in told else False
    shown = None if term in _EFFECTS else _shown_done(act, term)
    return True if shown else None if None in told or (_is_mentioned(act, term) and shown is None) else False


def _was_here(act: Act, event: Event, term: str) -> bool | None:
    """As `was`. Where the page has the field, another field filled in is another: "First name" beside "Last name"."""
    known = was(event, term)
    enters = event.type in ("fill", "select_option", "check", "uncheck")
    has_it = enters and any(is_field(e.name, term) for e in act.observation.elements if e.role not in _NO_FIELDS)
    return False if known is None and has_it else known


def was_latest(act: Act, term: str) -> bool | None:
    """Was the last act of this run, talk apart, on the control or field called `term`? What failed was nothing."""
    done = (event for event in reversed(act.situation.history) if event.error is None and event.type not in _TALK)
    newest = next(done, None)
    return newest is not None and _was_here(act, newest, term)


def compare_count(act: Act, term: str, op: Comparison, value: str) -> bool | None:
    """How often `term` happened, compared; unknown where the two bounds of the count compare differently."""
    if (kinds := _EFFORTS.get(term)) is not None:
        counts = act.action.type in kinds if kinds else act.action.type not in _TALK
        return compare(str(_number_of(act, kinds)), op, value) if counts else False
    least, most = _times_before(act) if term == THIS_ACT else _bounds(act, term)
    answers = {compare(str(least), op, value), compare(str(most), op, value)}
    if op in ("is", "is_not") and least != most:
        return None
    return answers.pop() if len(answers) == 1 else None


def _times_before(act: Act) -> tuple[int, int]:
    """How often a control or tool of this very name was used before."""
    done = (event for event in act.situation.history if event.error is None and event.type not in _TALK)
    number = sum(normalise(name_of(event)) == normalise(act.name) for event in done)
    return number, number


_EFFORTS = {"clicks": frozenset({"click", "dblclick"}), "steps": frozenset[str]()}
"""What a limit on the effort of a run counts, by kinds of action; none for all but talk."""


def _number_of(act: Act, kinds: frozenset[str]) -> int:
    return sum(event.type in kinds if kinds else event.type not in _TALK for event in act.situation.history)


def was(event: Event, term: str) -> bool | None:
    """Was the event what `term` names: an effect, a control, a field or a tool? What failed was nothing."""
    if event.error is not None or event.type in _TALK:
        return False
    if term in event.effects:
        return True
    if term.endswith(_BUTTON):
        # A control told as one: "Compose mail" sends as well, and is not "the send button".
        return event.type in _PRESSED and stems(event.element_name or "") == stems(term.removesuffix(_BUTTON))
    name = name_of(event)
    if event.type == "tool_call":
        effects = effects_of_tool(name)
    else:
        effects = {} if event.type in _MOVES else _effects_of_event(name)
    if term in _EFFECTS:
        if event.type in ("fill", "select_option", "check", "uncheck"):
            return term == "enter"
        known = effects.get(term, False)  # type: ignore[call-overload]
        if known and event.element_role == "link" and term in CONSEQUENTIAL - {"delete"}:
            return None  # "New ticket" as a link opens the form of one
        return None if known is None else bool(known)
    if event.type == "tool_call" and len(verb := stems(term)) == 1 and (tuple(verb) in VERBS):
        # "exchange_items" is an exchange; "modify_address" is none.
        return stems(name)[:1] == verb
    if is_field(name, term):
        return True
    return None if _overlap(name, term) else False


def _effects_of_event(name: str) -> Effects:
    """What a control of this name did; one that only confirms may have done anything."""
    confirms = name and {stem(word) for word in words(name)} <= SAYS_NOTHING
    return UNKNOWN if confirms else effects_of_label(name)[0]


def _bounds(act: Act, term: str) -> tuple[int, int]:
    """How often at least and at most."""
    least = most = 0
    history = act.situation.history
    for position, event in enumerate(history):
        known = was(event, term)
        if known is False:
            continue
        most += 1
        least += known is True and _is_alike(event, act) and not _came_here_after(act, history[position + 1 :])
    return least, max(most, _tally(act, term))


def _is_alike(event: Event, act: Act) -> bool:
    """The event was about a thing of the same kind as the act: names of individuals tell no kinds apart."""
    mine, its = _kinds(act.name), _kinds(name_of(event))
    return not mine or not its or bool(related(mine, its))


def name_of(event: Event) -> str:
    """What an event calls its control, its field or its tool."""
    called = (event.value or "").partition("(")[0] if event.type == "tool_call" else ""
    return event.element_name or event.name or called


def _kinds(label: str) -> frozenset[str]:
    rest = " ".join(word for word in label.replace("_", " ").split()[1:] if word.isalpha() and word.islower())
    return subject_stems(rest)


def _came_here_after(act: Act, later: tuple[Event, ...]) -> bool:
    """The run went on to another record since, whose name the page bears: the event was on the one before."""
    title = normalise(f"{act.observation.title} {act.observation.url}")
    names = (normalise(event.element_name or "") for event in later if event.type in ("click", "goto"))
    return any(any(c.isdigit() for c in name) and name in title for name in names)


def _tally(act: Act, term: str) -> int:
    """The highest number that the page shows of such things ("Holds: 5", "3 of 5 used"), sure or not what it counts."""
    about = subject_stems(f"{act.name} {act.observation.title} {'' if term in _EFFECTS else term}")
    return max((number for stems, number in _counted(act.observation.text) if not stems.isdisjoint(about)), default=0)


@lru_cache(maxsize=128)
def _counted(text: str) -> tuple[tuple[frozenset[str], int], ...]:
    """Each line of a page that holds a small number, as its stems and the highest of them."""
    found: list[tuple[frozenset[str], int]] = []
    for line in text.splitlines():
        numbers = [int(match.group("number")) for match in _TALLY.finditer(line)]
        numbers += [_NUMBER_WORDS[word] for word in _NUMBER_WORD.findall(line.lower())]
        counts = [number for number in numbers if number <= _MOST_COUNTED]
        if counts:
            found.append((subject_stems(line) - _READ_AS_NUMBERS, max(counts)))
    return tuple(found)


_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b")
_READ_AS_NUMBERS = frozenset(_NUMBER_WORDS)
_MOST_COUNTED = 50
"""Numbers above are prices, years and codes, not counts of what somebody did."""


def _shown_done(act: Act, term: str) -> bool | None:
    """What the page says under this name: a value is there, none is there yet, or nothing is said."""
    values = [value for name, value in pairs_at_hand(act) if is_field(name, term)]
    values += [""] if any(e.value == "" and is_field(e.name, term) for e in act.observation.elements) else []
    if not values:
        return is_entered(act, subject_stems(term))
    told = [bool(spoken := words(value)) and spoken[0] not in _NOT_YET for value in values]
    return told[0] if len(set(told)) == 1 else None


def is_entered(act: Act, field: frozenset[str]) -> bool | None:
    """ "Meeting date set" where the page of a meeting has a field "Start date": does it hold something?

    None without such a field, and where fields of the name differ.
    """
    fields = (one for one in act.observation.elements if one.role in _HOLD_VALUES)
    told = {
        bool((one.value or "").strip())
        for one in fields
        if (about := related(field, subject_stems(one.name))) and not field - about - act.surroundings
    }
    return told.pop() if len(told) == 1 else None


_HOLD_VALUES = frozenset({"textbox", "combobox", "spinbutton", "listbox", "textarea"})


def _waits_for_the_task(act: Act, term: str) -> bool:
    """The task names the field, and what stands in it is not the task's: an old value, which nobody has changed yet."""
    goal = act.situation.task.goal
    held = [e.value for e in act.observation.elements if e.value and is_field(e.name, term)]
    return bool(held) and contains_phrase(goal, term) and not any(is_said(value, goal) for value in held)


def _is_mentioned(act: Act, term: str) -> bool:
    """The page speaks of it, in words that this does not read."""
    wanted = subject_stems(term)
    if term in _EFFECTS or not wanted:
        return False
    # The name alone is that of a field: "Assignee".
    lines = (line for line in act.observation.text.splitlines() if not _CONTROL.match(line))
    told = (subject_stems(_ROLE.sub(" ", line)) for line in lines)
    return any(wanted <= (known := related(wanted, line)) and len(line) > len(known) for line in told)


_CONTROL = re.compile(
    r"^\W*(?:\[\w+\]\s*)?(?:button|link|tab|menuitem|option|textbox|combobox|navigation|RootWebArea)\b"
)
_ROLE = re.compile(r"^\W*(?:\[\w+\]\s*)?(?:StaticText|text|heading|paragraph|cell|status|strong|listitem)\b")


def _overlap(name: str, term: str) -> bool:
    return bool(related(subject_stems(name), subject_stems(term)))
