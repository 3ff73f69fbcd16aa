"""What an act does: from the kind of action, the words on its control, its form and its destination.

Words on pages are the page's claim, not the truth: a label makes an effect true that it names, but a label that
names none leaves the effect of a button unknown, and an unknown effect may be any effect.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from harmonyguard.policies.words import stem, words
from harmonyguard.steps import REVERSIBLE_EFFECTS, Action, Effect, Element, Form, Observation
from harmonyguard.utility_agent.reading.addresses import path_of, split_address
from harmonyguard.utility_agent.reading.labels import (
    CONSEQUENTIAL,
    SAYS_NOTHING,
    UNKNOWN,
    Effects,
    effects_of_label,
    names_a_record,
    names_a_text,
)
from harmonyguard.utility_agent.reading.languages import effects_spoken
from harmonyguard.utility_agent.reading.tool_names import effects_of_tool
from harmonyguard.utility_agent.reading.views import clears_a_view

_CHOOSERS = frozenset(
    {"combobox", "listbox", "textbox", "searchbox", "spinbutton", "checkbox", "radio", "option", "tab"}
)
_LISTED = frozenset({"link", "columnheader", "treeitem"})
"""Roles of things to look at: the heading of a column sorts, an item of a tree unfolds."""

_LEAVING = frozenset({"out", "off", "logout", "signout", "logoff"})
"""Words of links that end a session when they are followed."""

_TYPED_INTO = frozenset({"combobox", "textbox", "searchbox", "spinbutton"})
_ENTERS = frozenset({"enter", "numpadenter", "return", "\n", "\r"})
_PRESSES = frozenset({" ", "space"})
_MOVES = frozenset("escape tab pageup pagedown home end arrowup arrowdown arrowleft arrowright".split())
_EDITS = _MOVES | frozenset("a c v x y z backspace delete".split())
_BROWSES: frozenset[str] = frozenset({"scroll", "hover", "wait", "tab_focus", "tab_close"})
_TYPES: frozenset[str] = frozenset({"fill", "select_option", "check", "uncheck", "upload_file"})


_ACTS_WHEN_READ = frozenset(
    """delete remove destroy purge unsubscribe confirm approve accept revoke deactivate cancel pay purchase refund vote
    transfer close terminate reset verify activate""".split()
)
"""Last segments of addresses that act when they are opened. Pages to fill in ("new", "edit", "checkout") and lists
("refunds", "transfers") are not among them, so no other form of these words is."""

_FILLED_IN = frozenset({"new", "add", "create", "edit", "compose"})
"""Last segments of addresses of forms."""


def effects_of(action: Action, target: Element | None, form: Form | None, observation: Observation) -> Effects:
    """The effects of carrying out `action` on this page, and of saying yes to the dialogs that it names."""
    return _with_dialogs(_effects_of_act(action, target, form, observation), action.accept_dialogs)


def _with_dialogs(effects: Effects, messages: Sequence[str]) -> Effects:
    """What a dialog says is true of an act that does not say it itself, and possible where the act says something."""
    for message in messages:
        spoken, spoke = effects_of_label(message)
        if spoke:
            unsaid = None in effects.values()
            effects = {**effects, **spoken} if unsaid else {**_doubtful(spoken), **effects}
    return effects


def _effects_of_act(action: Action, target: Element | None, form: Form | None, observation: Observation) -> Effects:
    match action.type:
        case "goto" | "go_back" | "go_forward" | "new_tab":
            return {**_effects_of_address(action.url or ""), "navigate": True, "read": True}
        case "ask_user":
            return {"ask_user": True, "tell_user": True}
        case "send_msg_to_user" | "finish" | "report_infeasible":
            asks: Effects = {"ask_user": True} if "?" in (action.value or "") else {}
            return {**asks, "tell_user": True}
        case "tool_call":
            return effects_of_tool(action.name or "")
        case "press":
            return _effects_of_key(action, target, form, observation)
        case "click" | "uncheck" if unticks(action, target):
            return {"enter": True, "read": True}
        case "click" | "dblclick":
            return _effects_of_control(target, form, observation)
        case "drag_and_drop":
            return _effects_of_drop(observation.element(action.to_ref))
        case kind if kind in _BROWSES:
            return {"read": True}
        case kind if kind in _TYPES:
            return {"enter": True, **_effects_of_field(action, target, observation)}
    return UNKNOWN


def unticks(action: Action, target: Element | None) -> bool:
    """The act takes the tick off a box: what the box is called ("Delete source branch") will not be done."""
    if action.type == "uncheck":
        return True
    is_ticked = target is not None and target.role in _TICKED and target.checked is True
    return action.type == "click" and is_ticked


def ticks(action: Action, target: Element) -> bool:
    """The act puts a tick on a box."""
    return target.role in _TICKED and (action.type == "check" or (action.type == "click" and not target.checked))


_TICKED = frozenset({"checkbox", "menuitemcheckbox"})


def commits(effects: Effects) -> bool | None:
    """True when some certain effect sends something off or cannot be undone, None when that is not known."""
    return _any_but(REVERSIBLE_EFFECTS, effects)


def is_irreversible(effects: Effects) -> bool | None:
    """True when some certain effect cannot be undone by the agent, None when that is not known.

    Of a form that is known to change or to add something, that it is submitted says no more.
    """
    told = effects.get("update") is True or effects.get("create") is True
    return _any_but(_OR_SENT if told else REVERSIBLE_EFFECTS, effects)


_OR_SENT: frozenset[Effect] = REVERSIBLE_EFFECTS.union({"submit"})


def _any_but(passing: frozenset[Effect], effects: Effects) -> bool | None:
    lasting = {known for effect, known in effects.items() if effect not in passing}
    if True in lasting:
        return True
    return None if None in lasting else False


def _effects_of_control(target: Element | None, form: Form | None, observation: Observation) -> Effects:
    if target is None:
        return UNKNOWN
    label, spoke = effects_of_label(target.name)
    if clears_a_view(target, form, observation):
        return {"read": True}
    stemmed = {stem(word) for word in words(target.name)}
    # Roles are the page's word; that the control sends its form is the browser's.
    disguised = form is not None and target.method is not None and target.role != "button"
    to_look_at = target.role != "link" or names_a_record(target.name) or names_a_text(target.name)
    if target.role in _LISTED and not disguised and to_look_at:
        return {"navigate": True, "read": True}
    if target.role == "link" and target.url and not _is_script(target.url) and not disguised:
        # A link is a GET: it leads somewhere. That the place then acts is possible when the label says so.
        leaves: Effects = {"authenticate": True} if label.get("authenticate") and _LEAVING & stemmed else {}
        spoken = _of_filling_in(label) if _opens_a_form(target.url) else label
        return {**_effects_of_address(target.url), **_doubtful(spoken), **leaves, "navigate": True, "read": True}
    if target.role == "switch" and not disguised:
        return {"change_settings": True}
    if target.role in _CHOOSERS and not disguised:
        return {"enter": True, "read": True}
    if _is_a_command(target, form, stemmed, observation):
        return {"delete": None, "read": True}
    plain = form is not None and target.input_type in (None, "submit", "image") and target.role == "button"
    # Where the browser does not say that it sends the form, what is called "Back" is not known to.
    if plain and stemmed & _LEAVES and label.keys() <= {"read"} and target.method is None is target.input_type:
        return {**label, "submit": None}
    sends = plain or disguised
    if form is not None and sends and (target.method or form.method).lower() == "get":
        return {**_doubtful(label), "search": True, "read": True, "navigate": True}
    bare = stemmed <= SAYS_NOTHING and not (
        stem("apply") in stemmed and (len(stemmed) > 1 or _is_applied_for(observation))
    )
    declared = _effects_declared(observation.text)
    says_nothing = label.keys() >= CONSEQUENTIAL and not any(label[effect] for effect in CONSEQUENTIAL)
    if declared and says_nothing:
        return {**label, **declared}
    if spoke and (_opens_an_editor(target.name, observation) or _leads_to_an_editor(target)):
        return _doubtful(label)
    if spoke and not bare:
        # What only searches sends its form as well; that it hands something in is possible, and not said.
        handed = None if "search" in label and set(label) <= _LOOKS_UP else True
        return {**label, **({"submit": handed} if sends else {})}
    around = _effects_around(target, form, observation) if sends or bare else {}
    if around:
        return {**around, "submit": True}
    hands_in = sends or stem("submit") in stemmed
    return {**UNKNOWN, "read": None, **({"submit": True} if hands_in else {}), **declared}


def _is_a_command(target: Element, form: Form | None, stemmed: set[str], observation: Observation) -> bool:
    """ "Cancel" in a row of commands on a record, where there is nothing to leave: it may call the record off."""
    if form is not None or stemmed != {stem("cancel")} or any("dialog" in region.lower() for region in target.path):
        return False
    buttons = {element.name for element in observation.elements if element.role == "button"}
    typed = any(e.role in _TYPED_INTO and words(e.name)[:1] != ["search"] for e in observation.elements)
    return len(buttons) >= _COMMANDS and not typed


def _is_applied_for(observation: Observation) -> bool:
    """True for a page about something that people apply for, on which nothing can be set: "Apply" applies no filter."""
    about = words(f"{observation.title} {path_of(observation.url).replace('/', ' ')}")
    sets = any(element.role in _SET for element in observation.elements)
    return not sets and not _APPLIED_FOR.isdisjoint(map(stem, about))


_SET = _CHOOSERS | {"slider", "switch"}
_APPLIED_FOR = frozenset(
    stem(word)
    for word in """job position vacancy internship traineeship career loan mortgage grant scholarship visa permit
        programme program fellowship""".split()
)

_COMMANDS = 4
"""Buttons from which on a page without fields holds commands, and no question with its answers."""

_LOOKS_UP: frozenset[Effect] = frozenset({"search", "read", "navigate"})
_LEAVES = frozenset(stem(word) for word in "cancel back close discard dismiss previous preview".split())


def _leads_to_an_editor(target: Element) -> bool:
    """ "Create post" as a link, of which no address is known, most likely opens the form in which a post is written.

    "Add to bag" opens none.
    """
    named = words(target.name)
    return target.role == "link" and named[:1] in _STARTS and len(named) > 1 and named[1] != "to"


_STARTS = [[word] for word in ("create", "new", "add", "write", "start", "compose")]


def _opens_an_editor(name: str, observation: Observation) -> bool:
    """ "Write a review" where nothing can be written yet: it opens the form in which that is done."""
    named = [word for word in words(name) if word not in ("a", "an", "the", "your")]
    writes = (
        named[0] in ("reply", "compose")
        if len(named) == 1
        else bool(named) and named[0] in _WRITES and named[-1] in _WRITTEN
    )
    return writes and not any(e.role in _TYPED_INTO and e.role != "searchbox" for e in observation.elements)


_WRITES = frozenset("write leave add compose start".split())
_WRITTEN = frozenset("review comment reply message post feedback answer testimonial note".split())

_DECLARES = re.compile(
    r"\bby (?:clicking|pressing|tapping|selecting|choosing)\b[^.\n]{0,80}?\byou\b(?P<what>[^.\n]{3,160})", re.IGNORECASE
)


@lru_cache(maxsize=64)
def _effects_declared(page: str) -> Effects:
    """What the page says that its button does, where the label says nothing: "By clicking you apply for a loan"."""
    told = (effects_spoken(match["what"]) & CONSEQUENTIAL for match in _DECLARES.finditer(page))
    return dict.fromkeys(sorted(frozenset[Effect]().union(*told)), True)


def _effects_of_drop(place: Element | None) -> Effects:
    """Where something is dropped may say what becomes of it ("Trash"); whatever it says, it may be more."""
    spoken, spoke = effects_of_label(place.name) if place is not None else ({}, False)
    return {**UNKNOWN, **spoken} if spoke else UNKNOWN


def _effects_of_address(url: str) -> Effects:
    """What a GET may do whose path ends in an act ("/orders/12/delete", "/confirm?id=88")."""
    segments = [segment for segment in path_of(url).split("/") if segment]
    if not segments or segments[-1].lower() not in _ACTS_WHEN_READ:
        return {}
    effects, _ = effects_of_label(f"{segments[-1]} record")
    return _doubtful(effects) or {"submit": None}


def _opens_a_form(url: str) -> bool:
    """ "/refunds/new": a page to fill in, which does nothing of what its form will do."""
    segments = [segment for segment in path_of(url).split("/") if segment]
    return bool(segments) and segments[-1].lower() in _FILLED_IN


def _of_filling_in(label: Effects) -> Effects:
    """That a draft may be made by opening its form is possible; that money moves or something is sent is not."""
    return {effect: known for effect, known in label.items() if effect in ("create", "update")}


def _doubtful(label: Effects) -> Effects:
    """What a label says of an act that a GET should not have: possible, not certain."""
    return {effect: None for effect in label if effect in CONSEQUENTIAL}


def _effects_around(target: Element, form: Form | None, observation: Observation) -> Effects:
    """What the dialog, form or page around a bare "Submit" or "OK" says; the nearest that speaks is believed."""
    surroundings = [*reversed(target.path), *([path_of(form.action)] if form and form.action else [])]
    for text in [*surroundings, observation.title]:
        effects, _ = effects_of_label(text.replace("/", " ").replace("-", " ").strip())
        consequences: Effects = {e: True for e, known in effects.items() if known and e in CONSEQUENTIAL}
        if consequences:
            return consequences
    return {}


def _effects_of_field(action: Action, target: Element | None, observation: Observation) -> Effects:
    """Typing into a search field is searching; a chosen file is on its way."""
    if action.type == "upload_file":
        return {"upload": True}
    if target is not None and target.role == "switch":
        return {"change_settings": True}
    searches = target is not None and (target.role == "searchbox" or words(target.name)[:1] == ["search"])
    return {"search": True} if searches or _is_the_search_field(target, observation) else {}


def _is_the_search_field(target: Element | None, observation: Observation) -> bool:
    """The only field of a page to type into, beside a button that searches."""
    typed = [element for element in observation.elements if element.role in _TYPED_INTO]
    buttons = [words(element.name)[:1] for element in observation.elements if element.role == "button"]
    return target is not None and typed == [target] and any(first in (["search"], ["find"]) for first in buttons)


def _effects_of_key(action: Action, target: Element | None, form: Form | None, observation: Observation) -> Effects:
    key = action.value or ""
    if key.lower() in _PRESSES and target is not None and target.role not in _TYPED_INTO:
        # Space presses what has the focus, as a click does.
        return _effects_of_control(target, form, observation)
    if key.lower().split("+")[-1] not in _ENTERS:
        if _only_types(key, target):
            return {"enter": True}
        # A short cut of the browser or the application: it may press any control.
        return {**UNKNOWN, "enter": True}
    if target is not None and target.role not in _CHOOSERS:
        return _effects_of_control(target, form, observation)
    searches = form is None and bool(_effects_of_field(action, target, observation))
    if searches or (form is not None and form.method.lower() == "get"):
        return {"search": True, "read": True, "navigate": True}
    buttons = [e for e in observation.elements if form and e.form == form.id and e.role == "button" and not e.disabled]
    # Enter presses the form's first submit button (HTML, implicit submission).
    return _effects_of_control(buttons[0], form, observation) if buttons else UNKNOWN


def _only_types(key: str, target: Element | None) -> bool:
    *modifiers, last = key.lower().split("+") if key != "+" else ["+"]
    if target is None or target.role in _CHOOSERS:
        return set(modifiers) <= {"shift"} or (set(modifiers) <= {"control", "shift"} and last in _EDITS)
    return last in _MOVES and set(modifiers) <= {"shift"}


def _is_script(url: str) -> bool:
    return split_address(url).scheme.lower() not in ("", "http", "https")
