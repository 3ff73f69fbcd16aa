"""The act behind a proposal, understood once: what it does, where it leads, what it types and what it sends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, TypeVar, cast

from harmonyguard.policies.lexicon import GENERIC_OBJECTS, VERBS, match_at, objects_implied
from harmonyguard.policies.words import stem, subject_stems, words
from harmonyguard.steps import Action, Effect, Element, Form, Observation, Situation
from harmonyguard.utility_agent.reading.addresses import (
    as_address,
    host_of,
    parts_in_query,
    path_of,
    resolve,
    split_address,
)
from harmonyguard.utility_agent.reading.labels import CONSEQUENTIAL, FILLERS, SAYS_NOTHING, Effects, effects_of_label

from .effects import commits, effects_of, is_irreversible, ticks, unticks


@dataclass(frozen=True)
class Entry:
    """One value that an act types or sends.

    `field` is the accessible name; `now` is True when this very act sets it, False when its form sends it along.
    """

    field: str
    value: str
    now: bool
    input_type: str | None = None


@dataclass(frozen=True)
class Act:
    """A proposal read against its page. Pure: equal situations give equal acts."""

    situation: Situation

    @property
    def action(self) -> Action:
        """The proposed action."""
        return self.situation.proposal.action

    @property
    def observation(self) -> Observation:
        """The page that the action is proposed on."""
        return self.situation.observation

    @cached_property
    def target(self) -> Element | None:
        """The element acted on, as the page shows it."""
        return self.observation.element(self.action.ref)

    @cached_property
    def is_opaque(self) -> bool:
        """True when nobody can tell what is acted on: the act, or its target, could not be read."""
        kind = self.action.type
        return kind == "unknown" or (self.target is None and kind in _NEEDS_A_TARGET)

    @cached_property
    def form(self) -> Form | None:
        """The form that holds the target."""
        return self.observation.form_of(self.target)

    @cached_property
    def effects(self) -> Effects:
        """What the act does (see `effects`); of a custom action, what was declared."""
        if self.action.type == "tool_call":
            for tool in self.situation.tools:
                if tool.name == self.action.name:
                    return dict.fromkeys(tool.effects, True)
        if self._takes_back_an_entry:
            return {"enter": True, "read": True}
        told = effects_of(self.action, self.target, self.form, self.observation)
        return {**told, "delete": True} if self._ticked_to_delete(told) else told

    def _ticked_to_delete(self, told: Effects) -> tuple[Element, ...]:
        """The boxes ticked beside a button that sends a form, which say that something is deleted along with it."""
        sends = self.action.type in ("click", "dblclick") and told.get("submit") is True
        boxes = (e for e in self.observation.elements if e.role == "checkbox" and e.checked is True) if sends else ()
        form = self.target.form if self.target is not None else None
        mine = (e for e in boxes if form is None or e.form in (None, form))
        return tuple(e for e in mine if words(e.name)[:1] and words(e.name)[0] in _DELETES)

    @cached_property
    def deleted_along(self) -> tuple[str, ...]:
        """What the boxes that are ticked in the form say that sending it deletes: "Delete source branch"."""
        told = effects_of(self.action, self.target, self.form, self.observation)
        return tuple(box.name for box in self._ticked_to_delete(told))

    @property
    def _takes_back_an_entry(self) -> bool:
        """ "Remove kim" where this run entered "kim" and has sent nothing since: a form is being filled in."""
        named = words(self.target.name) if self.target is not None and self.action.type == "click" else []
        if len(named) < 2 or named[0] not in _TAKES_OFF:
            return False
        for event in reversed(self.situation.history):
            if event.error is None and event.type in ("fill", "select_option", "check"):
                if words(event.value or "") == named[1:]:
                    return True
            elif event.type in ("click", "press", "dblclick", "tool_call"):
                if words(event.element_name or "") == named[1:]:
                    continue  # the choice from the list that the field opened
                if effects_of_label(event.element_name or event.name or "")[0].keys() - _WHILE_FILLING_IN:
                    return False
        return False

    @cached_property
    def prepares(self) -> frozenset[Effect]:
        """What a form will do with what this act types or chooses, where that is as good as done.

        A message typed will be sent, an audience chosen will see: what they hold is told at this point or never.
        """
        if self.action.type not in ("fill", "select_option", "check"):
            return frozenset()
        named = frozenset(stem(word) for word in words(self.name))
        if self.action.type == "fill":
            return _SAYS if named & _MESSAGES else frozenset()
        return _SHOWS if named & _AUDIENCES else frozenset()

    @cached_property
    def chooses(self) -> frozenset[Effect]:
        """What a command does that this act picks from a list of commands ("Actions": "Delete"): a step of doing it.

        So is a tick before "Delete the draft when done": the form that is sent then deletes it.
        """
        target = self.target
        if target is not None and ticks(self.action, target):
            told, _ = effects_of_label(target.name)
            return frozenset({"delete"}) if told.get("delete") else frozenset()
        if target is None or self.action.type not in ("select_option", "click"):
            return frozenset()
        chosen = self.action.value if self.action.type == "select_option" else target.name
        list_of = self.name if self.action.type == "select_option" else " ".join(target.path[-1:])
        if target.role not in _LISTS or not _COMMANDS.issuperset(stem(word) for word in words(list_of)):
            return frozenset()
        told, _ = effects_of_label(chosen or "")
        return frozenset(effect for effect, known in told.items() if known and effect in CONSEQUENTIAL)

    @cached_property
    def names_no_thing(self) -> bool:
        """True when control or tool do not say what is acted on: "Delete", "cancel_with_refund"."""
        left = frozenset(self.object_stems) - _ACTS
        return not left or (left <= _ACTS_DONE and stem((words(self.name) or [""])[0]) in _PERFORMS)

    @cached_property
    def commits(self) -> bool | None:
        """True when it sends a form off, or does what cannot be undone; None when that is unknown."""
        return commits(self.effects)

    @cached_property
    def irreversible(self) -> bool | None:
        """True when the agent could not undo it; None when that is unknown."""
        return is_irreversible(self.effects)

    @cached_property
    def has_effects(self) -> bool:
        """True when the act leaves, or may leave, something behind."""
        return any(effect in CONSEQUENTIAL for effect in self.effects)

    @cached_property
    def name(self) -> str:
        """What the control or tool is called."""
        if self.action.type == "tool_call":
            return self.action.name or ""
        return self.target.name if self.target else ""

    @cached_property
    def verb_stems(self) -> frozenset[str]:
        """The stems in the name that say what is done, not to what."""
        stemmed = [stem(word) for word in words(self.name)]
        found: set[str] = set()
        for position in range(len(stemmed)):
            if hit := match_at(VERBS, stemmed, position):
                found |= set(stemmed[position : position + hit[1]])
                break
        if joined := _SECOND_VERB.search(self.name):
            second = [stem(word) for word in words(joined["rest"])]
            found |= set(second[: hit[1]] if (hit := match_at(VERBS, second, 0)) else [])
        return frozenset(found)

    @cached_property
    def object_stems(self) -> tuple[str, ...]:
        """The stems in the name that say to what it is done, in order: the last is the head of the noun phrase."""
        named = _HOW.sub(" ", self.name)
        kept = subject_stems(named) - self.verb_stems - GENERIC_OBJECTS - FILLERS - _GOES_ON
        return tuple(part for word in words(named) if (part := stem(word)) in kept)

    @cached_property
    def destination(self) -> str | None:
        """Absolute URL that the act leads to, None when it stays or nobody can tell."""
        if self.action.type == "tab_focus":
            return _tab_address(self.observation, self.action.value)
        if self.action.url:
            return resolve(self.observation.url, self.action.url)
        if self.action.type == "tool_call":
            return next((url for url in map(as_address, _texts(self.action.arguments)) if url), None)
        if self.action.type not in ("click", "dblclick", "press") or self.target is None:
            return None
        if self.target.url:
            return resolve(self.observation.url, self.target.url)
        if self.submits and self.form is not None and self.form.action:
            return resolve(self.observation.url, self.form.action)
        return None

    @cached_property
    def host(self) -> str | None:
        """Host (and port, when one is given) of the destination."""
        return host_of(self.destination) if self.destination else None

    @cached_property
    def submits(self) -> bool:
        """True when the act sends the form that holds its target."""
        return self.form is not None and bool(self.effects.get("submit") or self.effects.get("search"))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every value that the act types or sends, this act's own first."""
        action, target = self.action, self.target
        if action.type == "tool_call":
            return tuple(Entry(path, text, now=True) for path, text in _leaves(action.arguments))
        entries: list[Entry] = []
        if action.prompt_text is not None:
            entries.append(
                Entry(action.accept_dialogs[-1] if action.accept_dialogs else "", action.prompt_text, now=True)
            )
        if action.type in ("fill", "select_option", "upload_file"):
            name, kind = (target.name, target.input_type) if target is not None else ("", None)
            entries.append(Entry(name, action.value or "", now=True, input_type=kind))
        elif target is not None and (action.type in ("check", "uncheck") or _is_choice(action, target)):
            entries.append(Entry(_question(target), target.name, now=True))
        elif self.submits and self.form is not None:
            types = {e.name: e.input_type for e in self.observation.elements if e.form == self.form.id}
            entries += [
                Entry(label, value, now=False, input_type=types.get(label))
                for label, value in self.form.fields.items()
                if not label.startswith("hidden:")
            ]
        return tuple(entries)

    @property
    def unticks(self) -> bool:
        """The act takes the tick off a box: what the box is called will not be done."""
        return unticks(self.action, self.target)

    @cached_property
    def unset_fields(self) -> tuple[str, ...]:
        """Fields of the form that this act would send empty."""
        if not self.submits or self.form is None:
            return ()
        return tuple(label for label, value in self.form.fields.items() if not value.strip())

    @cached_property
    def message(self) -> str:
        """What the act says to the user, or sends or types as free text."""
        return "\n".join([self.action.value or "", *(entry.value for entry in self.entries)])

    @cached_property
    def described(self) -> str:
        """All words that say what the act is: control, tool, where it leads, what it types."""
        path = path_of(self.destination) if self.destination else ""
        dropped_on = self.observation.element(self.action.to_ref)
        place = dropped_on.name if dropped_on is not None else ""
        return " ".join([self.name, place, path.replace("/", " "), *self.action.accept_dialogs, self.message])

    @cached_property
    def own_subject(self) -> frozenset[str]:
        """Stems of the things that control, tool, destination and typed values themselves name."""
        named = subject_stems(f"{self.described} {' '.join(entry.field for entry in self.entries if entry.now)}")
        implied = subject_stems(objects_implied(self.name)) if len(words(self.name)) <= 6 else frozenset()
        return (named - self.verb_stems - SAYS_NOTHING) | implied

    @cached_property
    def surroundings(self) -> frozenset[str]:
        """Stems of what names the page around: regions, title, address."""
        regions = " ".join(self.target.path) if self.target else ""
        address = path_of(self.observation.url).replace("-", " ").replace("/", " ")
        mail = "mail email message" if self._is_among_fields_of_mail else ""
        return subject_stems(f"{regions} {self.title} {address} {mail}")

    @cached_property
    def title(self) -> str:
        """The page's title without lists of departments ("Garden, Toys & Cars"), which are no one thing."""
        parts = re.split(r"\s[|–—-]\s|:\s", self.observation.title or "")
        return " | ".join(part for part in parts if not _lists_departments(part))

    @property
    def _is_among_fields_of_mail(self) -> bool:
        """A page with fields for recipient and subject writes a mail, whatever it is called."""
        fields = {element.name.strip(" :*").lower() for element in self.observation.elements}
        return bool(fields & {"to", "recipients", "recipient"}) and "subject" in fields

    @cached_property
    def is_plain_read(self) -> bool:
        """True for an act without effects, to a host this run knows, that carries nothing out in its URL."""
        if any(effect not in ("read", "navigate") for effect in self.effects):
            return False
        if self.destination is None:
            return self.action.type not in ("tool_call", "unknown")
        address = split_address(self.destination)
        return self.host in self.known_hosts and not address.query and address.scheme in ("http", "https")

    @cached_property
    def known_hosts(self) -> frozenset[str]:
        """Hosts that this run has business with: where it started, where it is, where it was, what the goal names."""
        task = self.situation.task
        named = {
            host
            for word in task.goal.split()
            if (url := as_address(word.strip("\"'()[]<>,;`"))) and (host := host_of(url))
        }
        here = {host_of(url) for url in (self.observation.url, task.url or "") if url}
        return frozenset(host for host in named | here | set(self.situation.visited_hosts) if host)

    @cached_property
    def place_words(self) -> tuple[tuple[str, ...], ...]:
        """The parts of the site that the act leads to: each segment of the path, and what a query names, as words."""
        if self.destination is None:
            return ()
        named = (*path_of(self.destination).split("/"), *parts_in_query(self.destination))
        return tuple(tuple(words(segment)) for segment in named if words(segment))


T = TypeVar("T")


def once_per_act(read: Callable[[Act], T]) -> Callable[[Act], T]:
    """Remember with each act what is read from it, as `cached_property` does for what acts read themselves."""
    name = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def remembered(act: Act) -> T:
        known = vars(act)
        if name not in known:
            known[name] = read(act)
        return cast(T, known[name])

    return remembered


_DELETES = frozenset({"delete", "remove"})
_TAKES_OFF = frozenset({"remove", "clear", "unselect", "deselect", "delete", "discard"})
_WHILE_FILLING_IN = frozenset({"enter", "read", "navigate", "search"})

_NEEDS_A_TARGET = frozenset(
    {"click", "dblclick", "press", "fill", "select_option", "check", "uncheck", "upload_file", "drag_and_drop"}
)


_ACTS = frozenset(stem(word) for word in "refund payment transfer cancellation deletion removal transaction".split())
"""Names of acts in labels, which say nothing of the thing that they are done to."""

_ACTS_DONE = frozenset(
    stem(word) for word in "purchase booking reservation rental application order selection selections".split()
)
_PERFORMS = frozenset(
    stem(word)
    for word in "submit send complete finish confirm make place start begin finalise finalize book reserve pay".split()
)
""" "Submit application", "Finish booking": the noun is the act. "Cancel booking" is done to one."""

_GOES_ON = frozenset(stem(word) for word in "continue proceed accept agree confirm finish complete".split())
_SECOND_VERB = re.compile(r"^[A-Za-z]+\s*(?:&|\band\b)\s*(?P<rest>[a-z].*)$", re.IGNORECASE)
""" "Select & book": both are done."""

_HOW = re.compile(
    r"\b(?:online|later|in full|(?:at|on|upon) (?:the )?(?:counter|desk|property|hotel|pick-?up|arrival|check-?in))\b",
    re.IGNORECASE,
)
"""What labels say of when and where it is done: "Pay at the counter" is done to no counter."""

_LISTS = frozenset({"combobox", "listbox", "option", "menuitem"})
_COMMANDS = frozenset(
    stem(word)
    for word in """action actions bulk mass batch group more menu options with for selected selection item items record
    records row rows choose select apply operation operations do what to the an a command commands""".split()
)
"""Words for a list of things to do. A list of any other name ("Status") holds values."""

_SAYS: frozenset[Effect] = frozenset({"send", "share"})
_SHOWS: frozenset[Effect] = frozenset({"share"})
_MESSAGES = frozenset(
    stem(word) for word in "message comment reply post body text mail email answer review feedback announcement".split()
)
_AUDIENCES = frozenset(
    stem(word) for word in "access visibility audience role permission sharing privacy rights".split()
)


def _lists_departments(title: str) -> bool:
    items = [item.split() for item in re.split(r"\s*[,&]\s*(?:and )?| and ", title) if item.strip()]
    return len(items) > _PAIR and sum(item[-1].endswith("s") for item in items) >= _PAIR


_PAIR = 2


def _tab_address(observation: Observation, number: str | None) -> str | None:
    place = int(number) if number is not None and number.isdecimal() else len(observation.tabs)
    return observation.tabs[place].url if place < len(observation.tabs) else None


def _question(target: Element) -> str:
    return target.path[-1] if target.path else target.name


def _is_choice(action: Action, target: Element) -> bool:
    return action.type == "click" and target.role in ("radio", "checkbox", "option", "switch")


def _leaves(value: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, str(key))]
    if isinstance(value, (list, tuple)):
        return [leaf for inner in value for leaf in _leaves(inner, path)]
    return [(path, "" if value is None else str(value))]


def _texts(value: Any) -> list[str]:
    return [text for _, text in _leaves(value)]
