"""Is the act that of a verb? Told by what control and tool are called, and by what they do."""

from __future__ import annotations

from harmonyguard.policies.lexicon import effects_named, opposites_of
from harmonyguard.policies.senses import senses_in
from harmonyguard.policies.synonyms import is_common
from harmonyguard.policies.words import stem, stems, words
from harmonyguard.steps import Effect

from .act import Act
from .changed_numbers import changed_numbers

Answer = bool | None


def does_verb(act: Act, verb: str) -> Answer:
    """Is the act that of this verb (or of one that means the same)?"""
    wanted, named = stems(verb), stems(act.name)
    sense, shown = senses_in(verb), senses_in(act.name)
    if act.unticks and (_holds(named, wanted) or sense & shown):
        return False
    if _holds(named, wanted) or sense & shown:
        return True
    now = [entry.value for entry in act.entries if entry.now]
    if any(sense & senses_in(value) or (len(value) < _LABEL and _holds(stems(value), wanted)) for value in now):
        return True
    if sense and any(sense & senses_in(one) for one in act.deleted_along):
        return True
    if (changed := _changes_number(act, wanted)) is not None:
        return changed
    if any(opposite in named for one in wanted for opposite in opposites_of(one)):
        return False
    if _says_it(act, wanted, named):
        return True
    if sense & senses_in(_begun(act)) or (wanted and wanted[0] in _ANY_WAY):
        return None
    if sense and shown and not _near(sense, shown):
        return False
    meant = effects_named(verb)
    if stem("draft") in named and meant and meant <= _HANDS_IN:
        return False
    known = [act.effects.get(effect, False) for effect in meant]
    if wanted != named[:1] and _adds_to_a_form(act, named):
        return False if not sense & shown else None
    if True in known and sense and shown and shown <= _PUT_OFF and not sense & _PUT_OFF:
        return None
    if True in known and (not sense or meant <= _NARROW):
        # To return or exchange goods is an act of its own: whether a rule on changes means it, a judge tells.
        return None if not sense and act.action.type == "tool_call" and _is_of_its_own(named, shown) else True
    if _page_says(act, wanted, sense, meant):
        return True
    if not meant and not sense and not shown and (act.action.type == "tool_call" or act.commits is True):
        return None  # of a verb that nothing is known of, no other name tells that it is not meant
    carried = _carries_out(act, meant) and any(act.effects.get(effect, False) is not False for effect in _CARRIERS)
    return None if carried or any(one is not False for one in known) else False


def _says_it(act: Act, wanted: list[str], named: list[str]) -> bool:
    """ "Comment" on a button is to post a comment: the label names what is said, and that it is said goes without."""
    return len(wanted) == 1 and wanted[0] in _SAYING and named[:1] in _SAID and act.effects.get("send") is True


def _adds_to_a_form(act: Act, named: list[str]) -> bool:
    """ "Add Rosa Wyss" in a form that "Save" sends off puts her on a list, and does not yet do what the form does."""
    if named[:1] != _ADDS_ONE or len(named) == 1 or any(map(is_common, named[1:])):
        return False
    others = (one for one in act.observation.elements if one.role == "button" and one != act.target)
    return any(set(stems(one.name)) & _SENDS_OFF for one in others)


_ADDS_ONE = [stem("add")]
_SENDS_OFF = frozenset(stem(word) for word in "save submit create schedule send publish".split())


_SAYING = frozenset(stem(word) for word in "post send submit add leave write make publish".split())
_SAID = [[stem(word)] for word in "comment reply respond".split()]


def _begun(act: Act) -> str:
    """What was pressed last, for an act that picks one of those that it offered ("Link existing", "Select Rosa")."""
    picks = act.target is not None and act.action.type in ("click", "dblclick") and stems(act.name)[:1] in _PICKS
    if not picks:
        return ""
    pressed = (event for event in reversed(act.situation.history) if event.type in ("click", "dblclick"))
    return next((event.element_name or "" for event in pressed), "")


_PICKS = [[stem(word)] for word in "select choose pick use".split()]


def _page_says(act: Act, wanted: list[str], sense: frozenset[str], meant: frozenset[Effect]) -> bool:
    """A bare "Save" on a page "Create note" or "Log call" does what page, region or heading open with."""
    if not act.submits or not (named := stems(act.name)) or not all(one in BARE_VERBS for one in named):
        return False
    headings = [element.name for element in act.observation.elements if element.role == "heading"]
    for text in [*reversed(act.target.path if act.target else ()), *headings, act.observation.title]:
        opens = words(text)[:1]
        if opens and (said := effects_named(opens[0])):
            return stems(opens[0]) == wanted or bool(sense & senses_in(opens[0])) or (not sense and bool(said & meant))
    return False


_HANDS_IN: frozenset[Effect] = frozenset({"submit", "send", "share"})
"""Effects that a draft is saved to put off."""


def _is_of_its_own(named: list[str], shown: frozenset[str]) -> bool:
    return bool(shown & _OF_THEIR_OWN) or named[:1] == ["return"]


def _changes_number(act: Act, wanted: list[str]) -> Answer:
    """To set a number lower than the record shows is to take away, and to set it higher is to add.

    None where the act sets no number that the record shows under the same name, or the verb is another. On a page,
    a lower number in a field only lowers: what is removed from there, its other controls say.
    """
    of_calls = act.action.type == "tool_call"
    takes = bool((_LOWERS | _TAKES if of_calls else _LOWERS) & set(wanted))
    adds = bool((_RAISES | _ADDS if of_calls else _RAISES) & set(wanted))
    changes = {one.change for one in changed_numbers(act)} - {0}
    if takes == adds or not changes:
        return None
    return any((change < 0) == takes for change in changes)


_LOWERS = frozenset(stem(word) for word in "reduce decrease lower cut".split())
_TAKES = frozenset(stem(word) for word in "remove drop take".split())
_RAISES = frozenset(stem(word) for word in "increase raise".split())
_ADDS = frozenset(stem(word) for word in "add".split())


def _carries_out(act: Act, meant: frozenset[Effect]) -> bool:
    """True for a name that says that something is carried out and not what: "Continue"; of changes also "Save"."""
    named = stems(act.name)
    if not named or named[0] in _COMMITS:
        return True
    return (not meant or bool(meant & _CHANGES)) and (named[0] in _SAVES or all(one in BARE_VERBS for one in named))


_COMMITS = frozenset(stem(word) for word in "submit confirm finish complete proceed continue place ok yes".split())
_SAVES = frozenset(stem(word) for word in "save set apply".split())
_CHANGES: frozenset[Effect] = frozenset({"update", "create", "change_settings", "enter"})

_LABEL = 40
"""Characters up to which a value may be a choice ("Closed") and no prose."""

_ANY_WAY = frozenset(stem(word) for word in "use used using involve involved handle handled".split())
"""What many acts do, each by a verb of its own: a voucher is used to pay."""

_PUT_OFF = senses_in("deactivate")
"""What is switched off is gone to some sites, and can be had back on others."""

_OF_THEIR_OWN = senses_in("exchange")
_NARROW: frozenset[Effect] = frozenset({"delete"})
"""Effects that nearly all their verbs share: another verb of this effect does the same."""

_CARRIERS: tuple[Effect, ...] = ("update", "submit")
"""What "Save" and "Continue" say, whatever it is that they carry out."""

BARE_VERBS = frozenset(
    stem(word) for word in "save submit confirm apply ok continue next done update edit send create add".split()
)
"""Verbs that say nothing of the thing: what page and goal do not speak of is not meant by them."""

_NEAR = tuple(
    frozenset(group.split())
    for group in (
        "cancel delete withdraw deactivate",
        "buy book pay subscribe donate transfer enrol",
        "publish reply comment forward",
        "archive hide delete",
        "close archive lock",
        "replace move reschedule reorder",
        "approve sign",
        "mark label star",
        "transfer pay refund",
        "refund compensate",
    )
)
"""Senses that one act may well have together: another verb does not tell that it is none of these."""


def _near(sense: frozenset[str], shown: frozenset[str]) -> bool:
    return any(sense & group and shown & group for group in _NEAR)


def _holds(whole: list[str], part: list[str]) -> bool:
    return bool(part) and any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))
