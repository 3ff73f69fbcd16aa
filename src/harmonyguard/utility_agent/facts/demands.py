"""Is the demand kept that a field hold a value?

A demand ("the stage of a new deal is 'Draft'") is broken by setting another value, and by sending a form that shows
another one or none. It is not broken by filling in other fields, nor by a button that sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from harmonyguard.policies.atom import Comparison
from harmonyguard.policies.synonyms import is_common
from harmonyguard.policies.words import normalise, stem, words
from harmonyguard.steps import Effect, Element
from harmonyguard.utility_agent.reading.field_values import agrees, bare, best_labels, holds, is_yes, names_field
from harmonyguard.utility_agent.reading.labels import CONSEQUENTIAL, effects_of_label
from harmonyguard.utility_agent.reading.page_lines import lines_of

from .act import Act, once_per_act

Answer = bool | None

_FIELDS = frozenset({"textbox", "combobox", "listbox", "spinbutton", "searchbox"})
_ONE_OF = frozenset({"radio", "option", "menuitemradio"})
_TICKED = frozenset({"checkbox", "switch", "menuitemcheckbox"})
_TEXTS = frozenset(
    stem(word) for word in "subject title name description body message text summary heading comment note".split()
)
"""Fields of one text: what is typed is all that they hold."""


def _kept(actual: str, op: Comparison, wanted: str) -> Answer:
    if not wanted:
        return normalise(actual).strip(" .…-–—") in _UNSET
    if op == "is_not":
        return _denied(agrees(actual, wanted))
    return holds(actual, wanted) if op == "at_least" else agrees(actual, wanted)


_UNSET = frozenset(["", "none", "not set", "no date", "never", "no expiration", "no expiration date", "yyyy-mm-dd"])
"""What a field shows that holds nothing."""


def _all_kept(values: Iterable[str], op: Comparison, wanted: str) -> Answer:
    answers = [_kept(value, op, wanted) for value in values]
    if op == "at_least":
        return any(answers)
    return False if False in answers else None if None in answers else True


def _denied(answer: Answer) -> Answer:
    return None if answer is None else not answer


def departs(act: Act, field: str, op: Comparison, wanted: str) -> Answer:
    """Does the act set the field to something else, or send a form that shows something else in it, or nothing?

    Without a field, the one is meant that offers the value, or is called so ("Confidential"). With `at_least`, the
    value must be among what the field holds; with `is_not`, it is forbidden. The value "" demands an empty field.
    """
    if act.action.type == "tool_call":
        given = [entry for entry in act.entries if _names_argument(entry.field, field)]
        if given:
            return _denied(_all_kept((entry.value for entry in given), op, wanted))
        return None if wanted and any(effect in _LASTING for effect in act.effects) else False
    if act.action.type == "drag_and_drop":
        return _departs_by_dropping(act, op, wanted)
    if act.target is not None and act.action.type in ("fill", "select_option"):
        return _departs_by_entry(act, act.target, field, op, wanted)
    if act.target is not None and act.target.role in _TICKED:
        after = _ticked_after(act, act.target)
        kept = _kept_by_tick(act.target, after, field, wanted)
        return (after if holds(act.target.name, wanted) else False) if op == "is_not" else _denied(kept)
    if act.target is not None and act.target.role in _ONE_OF:
        return _departs_by_choice(act, act.target, field, op, wanted)
    if field and (taken := _taken_by(act, field)) is not None:
        return _denied(_kept(taken, op, wanted))
    if op == "is_not" and act.target is not None and act.has_effects and holds(act.target.name, wanted):
        return True
    if (sends := _sends(act)) is False:
        return False
    kept = _kept_by_form(act, field, op, wanted)
    return None if kept is None or (kept is False and sends is None) else not kept


_LASTING: frozenset[Effect] = frozenset({"create", "update", "send", "submit", "purchase", "share", "change_settings"})


def _names_argument(path: str, field: str) -> bool:
    return bool(field) and names_field(path, field)


def _taken_by(act: Act, field: str) -> str | None:
    """The item that a button of its own takes for the field: "Use template" beside "Blog" takes the template Blog."""
    target = act.target
    if target is None or target.role not in ("button", "link") or not target.path:
        return None
    opens, *rest = words(target.name) or [""]
    return target.path[-1] if opens in _TAKES and rest and names_field(" ".join(rest), field) else None


_TAKES = frozenset({"use", "select", "choose", "pick", "apply", "take"})


def _departs_by_dropping(act: Act, op: Comparison, wanted: str) -> Answer:
    """A card dropped on a column may be given what the column is called; which field that is stands nowhere."""
    place = act.observation.element(act.action.to_ref)
    return False if place is not None and _kept(place.name, op, wanted) else None


def _departs_by_entry(act: Act, target: Element, field: str, op: Comparison, wanted: str) -> Answer:
    value = act.action.value or ""
    offered = any(agrees(option, wanted) for option in target.options)
    chosen = op == "is_not" and act.action.type == "select_option"
    if not field and normalise(wanted) in _MARKS and names_field(target.name, "visibility"):
        field = "visibility"
    if not field and act.action.type == "select_option" and not target.options and op == "is":
        return False if agrees(value, wanted) else None  # whether it offers the value is not known
    if not (names_field(target.name, field) if field else offered or chosen or holds(target.name, wanted)):
        return False
    if not field and not offered and op != "is_not":
        return _denied(is_yes(value))
    if op == "at_least" and (target.role != "textbox" or not bare(target.name) & _TEXTS):
        # Another label, another guest: the one demanded may follow.
        return False
    return _denied(_kept(value, op, wanted))


def _departs_by_choice(act: Act, target: Element, field: str, op: Comparison, wanted: str) -> Answer:
    group = _group(act, target)
    label = target.path[-1] if target.path else ""
    offered = any(agrees(one.name, wanted) for one in group)
    if not offered and not (field and names_field(label, field)):
        return False
    if op == "at_least" and target.role == "option":
        return False
    return _denied(_kept(target.name, op, wanted))


def _group(act: Act, target: Element) -> list[Element]:
    """The choices that stand side by side with this one."""
    group: list[Element] = []
    for element in act.observation.elements:
        if element.role == target.role and element.path == target.path:
            group.append(element)
        elif target in group:
            break
        else:
            group = []
    return group if target in group else [target]


def _ticked_after(act: Act, target: Element) -> Answer:
    if act.action.type in ("check", "uncheck"):
        return act.action.type == "check"
    if act.action.type not in ("click", "press"):
        return target.checked
    return _denied(target.checked)


def _kept_by_tick(box: Element, ticked: Answer, field: str, wanted: str) -> Answer:
    """Is the demand kept by a box that is then ticked or not? True for a box of something else."""
    said = is_yes(wanted)
    if said is not None and field:
        return _same(ticked, said) if holds(box.name, field) or names_field(box.name, field) else True
    if not holds(box.name, wanted) or not (not field or holds(box.name, field) or normalise(wanted) in _MARKS):
        return True
    return ticked


_MARKS = frozenset("private public confidential internal secret draft urgent hidden restricted".split())
"""Values that need no field to be understood: a box "Make private" is about the visibility."""


def _same(ticked: Answer, wanted: bool) -> Answer:
    return None if ticked is None else ticked is wanted


@once_per_act
def _sends(act: Act) -> Answer:
    """Does the act send the form that it is about? None for a button of which nobody can tell."""
    target = act.target
    if act.action.type not in ("click", "dblclick", "press") or target is None:
        return False
    if act.action.type == "press" and "submit" in act.effects:
        return act.effects["submit"]
    if act.effects.get("search") or not any(e in act.effects for e in _LASTING) or (target.role == "link"):
        return False
    if not _shown_fields(act) and not any(e.role in _ONE_OF | _TICKED for e in act.observation.elements):
        return None if _changes_at_once(act, target) else False
    opens = next(iter(words(target.name)), "")
    if opens in _COMMITS:
        return True
    spoken, spoke = effects_of_label(target.name)
    if spoke and any(spoken.get(effect) for effect in _LASTING):
        return True
    harmless = spoke and not any(effect in CONSEQUENTIAL for effect in spoken)
    return False if harmless or _opens_a_choice(target.name) else None


def _changes_at_once(act: Act, target: Element) -> bool:
    """A button without a form that may set a field by itself ("Mark as paid"), and not open one ("Edit")."""
    opens = next(iter(words(target.name)), "")
    return opens not in _OPENS and any(act.effects.get(effect) for effect in ("update", "share", "change_settings"))


_OPENS = frozenset("edit update change modify new create add".split())


def _opens_a_choice(name: str) -> bool:
    """ "Assignee", "Label", "Unassigned", "Select a date": a button that stands for a field."""
    told = [stem(word) for word in words(name)]
    return bool(told) and (told[0] in _CHOOSES or all(is_common(one) or one in _ABSENT for one in told))


_CHOOSES = frozenset(stem(word) for word in "select choose pick browse show open expand collapse toggle more".split())
_ABSENT = frozenset(stem(word) for word in "unassigned none date time no any unset due start end".split())
_COMMITS = frozenset("save submit create add send post publish invite update confirm finish done apply ok".split())


def _shown_fields(act: Act) -> dict[str, str]:
    """The fields that the act would send, with what they hold."""
    if act.form is not None:
        return {label: value for label, value in act.form.fields.items() if not label.startswith("hidden:")}
    return {e.name: e.value or "" for e in act.observation.elements if e.role in _FIELDS and e.name}


def _kept_by_form(act: Act, field: str, op: Comparison, wanted: str) -> Answer:
    """Does the form hold the value? None where it shows no such field."""
    target, fields = act.target, _shown_fields(act)
    assert target is not None
    of_box = bool(wanted) and is_yes(wanted) is not None
    if field and not of_box and (labels := best_labels(fields, field)):
        if op == "at_least" and _stands_on_page(act, wanted):
            return True
        return _all_kept((fields[label] for label in labels), op, wanted)
    if not wanted:
        return True
    if op == "is_not" and not field:
        choices = (e for e in act.observation.elements if e.role in _ONE_OF and holds(e.name, wanted))
        if any(choice.checked and len(_group(act, choice)) > 1 for choice in choices):
            return False
        return not any(agrees(value, wanted) for value in fields.values() if len(value) <= _CHOICE)
    around = [e for e in act.observation.elements if e.form == target.form or e.form is None or target.form is None]
    for box in (element for element in around if element.role in _TICKED):
        if (kept := _kept_by_tick(box, box.checked, field, wanted)) is not True:
            return kept
        if box.checked is not None and _is_about(box, field, wanted):
            return True
    for choice in (element for element in around if element.role in _ONE_OF and agrees(element.name, wanted)):
        chosen = [one for one in _group(act, choice) if one.checked]
        if len(_group(act, choice)) > 1:
            return choice.checked or (False if chosen or choice.checked is False else None)
    if not field and any(holds(value, wanted) for value in fields.values() if len(value) <= _CHOICE):
        return True
    return True if op == "at_least" and _stands_on_page(act, wanted) else None


def _is_about(box: Element, field: str, wanted: str) -> bool:
    """A box that decides whether the demand is kept."""
    return _kept_by_tick(box, True, field, wanted) is not _kept_by_tick(box, False, field, wanted)


_CHOICE = 40
"""Characters up to which what a field holds may be a choice and is no prose."""


def _stands_on_page(act: Act, wanted: str) -> bool:
    """A line of the page says the value and no more: a chip, a row of a list."""
    asked = words(wanted)
    return any(words(line.text) == asked for line in lines_of(act.observation) if not line.leads_away)
