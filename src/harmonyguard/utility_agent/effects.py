"""What an act does: from the kind of action, the words on its control, its form and its destination.

Words on pages are the page's claim, not the truth: a label makes an effect true that it names, but a label that
names none leaves the effect of a button unknown, and an unknown effect may be any effect.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from harmonyguard.policies.lexicon import NOUNS, VERBS, match_at
from harmonyguard.policies.words import stem, words
from harmonyguard.steps import EFFECTS, REVERSIBLE_EFFECTS, Action, Effect, Element, Form, Observation

from .addresses import path_of, split_address

Effects = Mapping[Effect, bool | None]
"""Effects that are true, or unknown (None). An effect that is not in the mapping is known to be absent."""

HARMLESS: frozenset[Effect] = frozenset(
    {"read", "navigate", "search", "authenticate", "enter", "ask_user", "tell_user", "download"}
)
"""Effects that leave nothing behind."""

CONSEQUENTIAL: frozenset[Effect] = frozenset(EFFECTS) - HARMLESS
"""Effects that leave something behind."""

UNKNOWN: Effects = dict.fromkeys(CONSEQUENTIAL)

FILLERS = frozenset(
    stem(word)
    for word in """yes ok okay now please my the your a an i i'll ill will want permanently instantly quick all here
    free today more""".split()
)
_CONFIRMATIONS = frozenset(
    stem(word)
    for word in "confirm complete finish finalize finalise place submit proceed process continue make".split()
)
_MAKES = frozenset(stem(word) for word in "add create start begin request schedule renew accept leave write".split())
_BARE_CONFIRMATIONS = _CONFIRMATIONS | frozenset(stem(word) for word in "yes ok okay apply done accept".split())
SAYS_NOTHING = _BARE_CONFIRMATIONS | FILLERS
"""Stems of a label that name neither an act nor a thing: what it does is what the page around says."""

_DISMISSALS = frozenset(
    stem(word) for word in "cancel close dismiss back no later skip previous next menu more".split()
)
_NAMES_A_PLACE = frozenset(
    stem(word)
    for word in """history details detail list lists settings status number summary page tab menu options actions log
    logs guide policy policies help info information overview report reports center centre dashboard panel filter
    filters search results preferences faq terms view notes templates""".split()
)
_ALSO_NOUNS = frozenset(phrase[0] for phrase in NOUNS if len(phrase) == 1) - frozenset(
    stem(word) for word in "edit update change delete remove cancel upload download export attachment".split()
) | frozenset(stem(word) for word in "contact review report file share trade schedule support follow account".split())
"""Verbs that are names as well: "Order history" and "Refund policy" are places, "Delete report" is an act."""

_READERS_CHOICES = frozenset(stem(word) for word in "cookie cookies choices preferences".split())
"""What a reader chooses for himself in banners and dialogs of a page, and can choose again."""

_JOINED = re.compile(r"\s+(?:and|then)\s+|\s*[&+]\s*", re.IGNORECASE)
_ARTICLES = frozenset("a an the my your this our".split())

_VIEW_STATE = frozenset(stem(word) for word in "filter filters sort sorting search selection highlight".split())
"""Things of the reader's own view: taking a filter away changes nothing for anybody."""

_SWITCHES = frozenset(stem(word) for word in "toggle open close turn switch enter exit collapse expand".split())
_INTERFACE = frozenset(
    stem(word)
    for word in """navigation menu sidebar panel dropdown theme mode fullscreen screen tooltip modal dialog popup banner
        map view tab drawer accordion keyboard""".split()
)
"""Parts of the page itself: opening and folding them changes nothing."""

_CHOOSERS = frozenset(
    {"combobox", "listbox", "textbox", "searchbox", "spinbutton", "checkbox", "radio", "option", "tab"}
)
_TYPED_INTO = frozenset({"combobox", "textbox", "searchbox", "spinbutton"})
_ENTERS = frozenset({"enter", "numpadenter", "return", "\n", "\r"})
_PRESSES = frozenset({" ", "space"})
_MOVES = frozenset("escape tab pageup pagedown home end arrowup arrowdown arrowleft arrowright".split())
_EDITS = _MOVES | frozenset("a c v x y z backspace delete".split())
_BROWSES: frozenset[str] = frozenset({"scroll", "hover", "wait", "tab_focus", "tab_close"})
_TYPES: frozenset[str] = frozenset({"fill", "select_option", "check", "uncheck", "upload_file"})


def effects_of(action: Action, target: Element | None, form: Form | None, observation: Observation) -> Effects:
    """The effects of carrying out `action` on this page."""
    match action.type:
        case "goto" | "go_back" | "go_forward" | "new_tab":
            return {"navigate": True, "read": True}
        case "ask_user":
            return {"ask_user": True, "tell_user": True}
        case "send_msg_to_user" | "finish" | "report_infeasible":
            asks: Effects = {"ask_user": True} if "?" in (action.value or "") else {}
            return {**asks, "tell_user": True}
        case "tool_call":
            return _effects_of_tool(action.name or "")
        case "press":
            return _effects_of_key(action, target, form, observation)
        case "click" | "dblclick" | "drag_and_drop":
            return _effects_of_control(target, form, observation)
        case kind if kind in _BROWSES:
            return {"read": True}
        case kind if kind in _TYPES:
            return {"enter": True, **_effects_of_field(action, target)}
    return UNKNOWN


def effects_of_label(label: str) -> tuple[Effects, bool]:
    """What a control's label says the control does, and whether it says anything at all."""
    parts = [part for part in _JOINED.split(label) if part.strip()]
    if len(parts) == 1:
        return _effects_of_phrase(label)
    told = [effects for effects, spoke in map(_effects_of_phrase, parts) if spoke]
    return {effect: True for effects in told for effect in effects}, bool(told)


def _effects_of_phrase(label: str) -> tuple[Effects, bool]:
    tokens = [word for word in words(label) if word not in _ARTICLES]
    stemmed = [stem(word) for word in tokens]
    if len(stemmed) == 1 and tokens[0].endswith("s") and stemmed[0] in _ALSO_NOUNS:
        return {"read": True}, True  # "Messages", "My orders": the place where they are
    while stemmed and stemmed[0] in FILLERS:
        stemmed = stemmed[1:]
    if not stemmed or stemmed[:2] in (["go", "ahead"], ["go", "for"]):
        return {}, False
    if hit := match_at(VERBS, stemmed, 0):
        effects, length = hit
        after = stemmed[length : length + 1]
        if (length == 1 and stemmed[0] in _DISMISSALS and not after) or after[:1] == ["us"]:
            return {"read": True}, True
        if stemmed[0] == stem("copy") and _last_is(stemmed, "link address url code text"):
            return {"read": True}, True
        nouns = _nouns(stemmed[length:]) if stemmed[0] in _CONFIRMATIONS | _MAKES else frozenset()
        last = stemmed[-1:]
        if stemmed[0] != "delet" and len(stemmed) > 1 and last[0] in _VIEW_STATE:
            return {"read": True}, True
        if stemmed[0] in _SWITCHES and len(stemmed) > 1 and last[0] in _INTERFACE:
            return {"read": True}, True
        if last[0] in _READERS_CHOICES and (stemmed[0] in _CONFIRMATIONS or effects <= {"update", "create"}):
            return {"update": True}, True
        if length == 1 and stemmed[0] in _ALSO_NOUNS and after and after[0] in _NAMES_A_PLACE:
            return {"read": True}, True
        return dict.fromkeys(effects | nouns, True), True
    if stemmed[-1] in _READERS_CHOICES and stemmed[0] in _BARE_CONFIRMATIONS | {"reject", "declin", "allow"}:
        return {"update": True}, True
    if stemmed[0] in _CONFIRMATIONS:
        nouns = _nouns(stemmed[1:])
        if nouns:
            return {**dict.fromkeys(nouns, True), "submit": True}, True
        return {"submit": True}, len(stemmed) == 1
    if stemmed[-1] in _NAMES_A_PLACE or stemmed[0] in _DISMISSALS:
        return {"read": True}, True
    if (hit := match_at(NOUNS, stemmed, len(stemmed) - 1)) and len(stemmed) <= 3:
        return dict.fromkeys(hit[0]), True
    return {}, False


def is_irreversible(effects: Effects) -> bool | None:
    """True when some certain effect cannot be undone by the agent, None when that is not known."""
    lasting = {known for effect, known in effects.items() if effect not in REVERSIBLE_EFFECTS}
    if True in lasting:
        return True
    if None in lasting:
        return None
    return False


def _effects_of_control(target: Element | None, form: Form | None, observation: Observation) -> Effects:
    if target is None:
        return UNKNOWN
    label, spoke = effects_of_label(target.name)
    # Roles are the page's word; that the control sends its form is the browser's.
    disguised = form is not None and target.method is not None and target.role != "button"
    if target.role == "link" and target.url and not _is_script(target.url) and not disguised:
        # A link is a GET: it leads somewhere. That the place then acts is possible when the label says so.
        return {**_doubtful(label), "navigate": True, "read": True}
    if target.role in _CHOOSERS and not disguised:
        return {"enter": True, "read": True}
    plain = form is not None and target.input_type in (None, "submit", "image") and target.role == "button"
    sends = plain or disguised
    if form is not None and sends and (target.method or form.method).lower() == "get":
        return {**_doubtful(label), "search": True, "read": True, "navigate": True}
    bare = {stem(word) for word in words(target.name)} <= _BARE_CONFIRMATIONS | FILLERS
    if spoke and not bare:
        return {**label, **({"submit": True} if sends else {})}
    around = _effects_around(target, form, observation) if sends or bare else {}
    if around:
        return {**around, "submit": True}
    return {**UNKNOWN, "read": None, **({"submit": True} if sends else {})}


def _doubtful(label: Effects) -> Effects:
    """What a label says of an act that a GET should not have: possible, not certain."""
    return {effect: None for effect in label if effect in CONSEQUENTIAL}


def _effects_around(target: Element, form: Form | None, observation: Observation) -> Effects:
    """What the dialog, form or page around a bare "Submit" or "OK" says; the nearest that speaks is believed."""
    surroundings = [*reversed(target.path), *([path_of(form.action)] if form and form.action else [])]
    for text in [*surroundings, observation.title]:
        effects, _ = effects_of_label(text.replace("/", " ").replace("-", " ").strip())
        consequences: Effects = {effect: True for effect in effects if effect in CONSEQUENTIAL}
        if consequences:
            return consequences
    return {}


def _effects_of_field(action: Action, target: Element | None) -> Effects:
    """Typing into a search field is searching; a chosen file is on its way."""
    if action.type == "upload_file":
        return {"upload": True}
    searches = target is not None and (target.role == "searchbox" or words(target.name)[:1] == ["search"])
    return {"search": True} if searches else {}


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
    if form is not None and form.method.lower() == "get":
        return {"search": True, "read": True, "navigate": True}
    buttons = [e for e in observation.elements if form and e.form == form.id and e.role == "button" and not e.disabled]
    # Enter presses the form's first submit button (HTML, implicit submission).
    return _effects_of_control(buttons[0], form, observation) if buttons else UNKNOWN


def _only_types(key: str, target: Element | None) -> bool:
    *modifiers, last = key.lower().split("+") if key != "+" else ["+"]
    if target is None or target.role in _CHOOSERS:
        return set(modifiers) <= {"shift"} or (set(modifiers) <= {"control", "shift"} and last in _EDITS)
    return last in _MOVES and set(modifiers) <= {"shift"}


def _effects_of_tool(name: str) -> Effects:
    stemmed = [stem(word) for word in words(name)]
    for position in range(len(stemmed)):
        if hit := match_at(VERBS, stemmed, position):
            return dict.fromkeys(hit[0], True)
    return {**UNKNOWN, "read": None}


def _nouns(stemmed: list[str]) -> frozenset[Effect]:
    found: set[Effect] = set()
    for position in range(len(stemmed)):
        if hit := match_at(NOUNS, stemmed, position):
            found |= hit[0]
    return frozenset(found)


def _last_is(stemmed: list[str], any_of: str) -> bool:
    return stemmed[-1] in {stem(word) for word in any_of.split()}


def _is_script(url: str) -> bool:
    return split_address(url).scheme.lower() not in ("", "http", "https")
