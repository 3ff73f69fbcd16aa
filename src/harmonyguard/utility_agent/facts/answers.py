"""Facts: the answer to every question that a rule can ask of an act. Pure, three-valued, one function a question.

True and False are known; None is unknown, and unknown is never taken for either (see `policies.cedar`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import cast, get_args

from harmonyguard.policies.atom import Atom, AtomKind
from harmonyguard.policies.cedar import Facts
from harmonyguard.policies.words import normalise, stem, stems
from harmonyguard.steps import DataClass, Effect
from harmonyguard.utility_agent.reading.addresses import is_below, is_within
from harmonyguard.utility_agent.reading.comparisons import compare, number_in
from harmonyguard.utility_agent.reading.fields import is_field
from harmonyguard.utility_agent.reading.page_signals import PageSignal, page_signal
from harmonyguard.utility_agent.reading.spoken_numbers import spoken_numbers

from .act import Act, Entry
from .amounts import compare_amount
from .approvals import has_approved
from .complaints import COMPLAINT, complains_of
from .consents import is_granted
from .controls import is_control, speaks_of
from .demands import departs
from .descriptions import has_quantity, has_role, is_described, is_thing
from .doings import was_done
from .entered import enters_more_than_said, names_others
from .exposures import discloses, exposes
from .goal import asked_for, delegates, explained_by_goal, spoken_of
from .happenings import compare_count, happened, was_latest
from .holdings import is_flag, value_of
from .kinds import is_of_kind
from .lists_changed import lists_changed
from .objects import is_object
from .on_record import is_on_record
from .places import leads_to
from .provenance import follows_page
from .records import has_status, is_in_state, pairs_at_hand, pairs_of_profile, record_value, shows_value, user_attribute
from .troubles import concerns, is_mentioned_as_trouble
from .values_at_hand import stands, value_at_hand
from .verbs import does_verb
from .whereabouts import is_task_about, leads_elsewhere

Answer = bool | None


def facts_of(act: Act, atoms: Iterable[Atom]) -> Facts:
    """Answer each of `atoms` for `act`."""
    answers = {atom.key: answer(act, atom) for atom in atoms}
    return Facts(
        yes=frozenset(key for key, known in answers.items() if known is True),
        unknown=frozenset(key for key, known in answers.items() if known is None),
    )


def answer(act: Act, atom: Atom) -> Answer:
    """The answer to one question. Of an act whose target nobody can tell, what its target decides is unknown."""
    known = _ANSWERS[atom.kind](act, atom)
    return None if known is False and act.is_opaque and atom.kind in TOLD_BY_TARGET else known


def _effect(act: Act, atom: Atom) -> Answer:
    """The act has the effect. Typing into a form prepares what it would do; only a message is as good as said."""
    return _has_effect(act, cast(Effect, atom.term))


def _has_effect(act: Act, effect: Effect) -> Answer:
    if effect in act.chooses:
        return True
    return None if effect in act.prepares else act.effects.get(effect, False)


def _object(act: Act, atom: Atom) -> Answer:
    """The act is on such a thing."""
    return is_object(act, atom.term)


def _act(act: Act, atom: Atom) -> Answer:
    """The act does this to such a thing: both must hold."""
    parts = (
        _has_effect(act, cast(Effect, atom.term)),
        is_object(act, atom.value or ""),
    )
    return False if False in parts else None if None in parts else True


def _verb(act: Act, atom: Atom) -> Answer:
    """The act is that of this verb, or of one that means the same."""
    return does_verb(act, atom.term)


def _thing(act: Act, atom: Atom) -> Answer:
    """The act is on such a thing; unknown where content or goal speak of it."""
    return is_thing(act, atom.term)


def _described(act: Act, atom: Atom) -> Answer:
    """The words describe what the act is on, or what it sets."""
    return is_described(act, atom.term)


def _quantity(act: Act, atom: Atom) -> Answer:
    """A number of this unit, compared."""
    assert atom.op is not None and atom.value is not None
    return has_quantity(act, atom.term, atom.op, atom.value)


def _role(act: Act, atom: Atom) -> Answer:
    """The user holds this role."""
    return has_role(act, atom.term)


def _done(act: Act, atom: Atom) -> Answer:
    """What the words tell of has been done."""
    return was_done(act, atom.term)


def _control(act: Act, atom: Atom) -> Answer:
    """The act operates the control of this name."""
    return is_control(act, atom.term)


def _controls(act: Act, atom: Atom) -> Answer:
    """The act operates a control whose name speaks of it."""
    return speaks_of(act, atom.term)


def _place(act: Act, atom: Atom) -> Answer:
    """The act leads to this part of the site."""
    return leads_to(act, atom.term)


def _elsewhere(act: Act, atom: Atom) -> Answer:
    """The act leads to another part of the site than this one, or than the task speaks of."""
    return leads_elsewhere(act, atom.term)


def _host(act: Act, atom: Atom) -> Answer:
    """The act leads to this host or below it, and there below the path that the term may go on with."""
    return act.destination is not None and is_within(act.destination, atom.term)


def _external(act: Act, atom: Atom) -> Answer:
    """The act leads to a host that neither task nor run has business with, or, with a term, to another than these."""
    if act.destination is None or act.host is None:
        return False
    if atom.term:
        return not any(is_within(act.destination, one) for one in atom.term.split(" / "))
    return not any(is_below(act.host, known) or is_below(known, act.host) for known in act.known_hosts)


def _discloses(act: Act, atom: Atom) -> Answer:
    """What the act types or sends holds data of this class."""
    return discloses(act, cast(DataClass, atom.term))


def _exposes(act: Act, atom: Atom) -> Answer:
    """The same, where such data are not asked for; with a comparison: beyond what the user stated."""
    return exposes(act, cast(DataClass, atom.term), beyond_task=atom.op == "is_not")


def _literal(act: Act, atom: Atom) -> Answer:
    """What the act types, sends or says holds these very characters."""
    wanted = normalise(atom.term)
    if wanted in normalise(act.message):
        return True
    # "A hundred and fifty thousand dollars" says $150,000.
    number = number_in(wanted) if _A_NUMBER.fullmatch(wanted) else None
    return number is not None and number in spoken_numbers(act.message)


_A_NUMBER = re.compile(r"[^\w\s]?\s?\d[\d.,]*\d\s?\S?")


def _field(act: Act, atom: Atom) -> Answer:
    """The act sets the field (to the value), or sends a form in which it stands so."""
    relevant = [entry for entry in act.entries if is_field(entry.field, atom.term)]
    if atom.op is None or atom.value is None:
        set_now = [
            entry
            for entry in relevant
            if entry.now and not _stands_already(act, entry) and not _only_names(act, entry, atom.term)
        ]
        listed = any(is_field(name, atom.term) for name in lists_changed(act))
        return bool(set_now) or listed or (not relevant and bool(act.target) and _opens_field(act, atom.term))
    if not relevant:
        return _choice_of(act, atom)
    compared = [compare(entry.value, atom.op, atom.value) for entry in relevant]
    return True if True in compared else None if None in compared else False


def _choice_of(act: Act, atom: Atom) -> Answer:
    """An option whose group is not named may still be this field's: "Internal" of the visibility levels."""
    if atom.op != "is" or act.target is None or act.target.role not in ("radio", "option", "checkbox"):
        return False
    return normalise(atom.value or "") == normalise(act.target.name)


def _only_names(act: Act, entry: Entry, field: str) -> bool:
    """ "event_id" of a call says which event is meant, and sets no event."""
    return act.action.type == "tool_call" and bool(
        (named := frozenset(stems(entry.field))) & _IDENTITIES and not named & _IDENTITIES <= frozenset(stems(field))
    )


def _stands_already(act: Act, entry: Entry) -> bool:
    """The field holds this very value now: setting it changes nothing."""
    if act.action.type == "tool_call":
        return shows_value(act, entry.value)
    return act.target is not None and bool(entry.value) and act.target.value == entry.value


def _opens_field(act: Act, field: str) -> bool:
    if act.action.type not in ("click", "dblclick") or act.target is None or not is_field(act.name, field):
        return False
    # "View tickets" opens no field called tickets.
    return not (act.target.role in ("button", "link") and not act.has_effects)


def _departs(act: Act, atom: Atom) -> Answer:
    """The act departs from a demand on the value of a field (see `demands`)."""
    return None if atom.op is None or atom.value is None else departs(act, atom.term, atom.op, atom.value)


def _stands(act: Act, atom: Atom) -> Answer:
    """The field of the record at hand holds the value (see `values_at_hand`)."""
    return None if atom.value is None else stands(act, atom.term, atom.value)


def _concerns(act: Act, atom: Atom) -> Answer:
    """The form or record that the act is on is of this kind (see `kinds`)."""
    return is_of_kind(act, atom.term)


def _value_outside_task(act: Act, atom: Atom) -> Answer:
    """The act enters a value, or names a recipient, that the task does not state."""
    return names_others(act) if atom.term == "recipient" else enters_more_than_said(act)


def _on_record(act: Act, atom: Atom) -> Answer:
    """What the act hands over under this name stands in what page and tools show."""
    return is_on_record(act, atom.term)


def _approved(act: Act, atom: Atom) -> Answer:
    """The record shows that a third person approved."""
    return has_approved(act, atom.term, atom.value or "")


def _page_instruction(act: Act, atom: Atom) -> Answer:
    """The act follows words of a page and not the user's (see `provenance`)."""
    return follows_page(act)


def _amount(act: Act, atom: Atom) -> Answer:
    """A sum that the act enters or sends, compared."""
    assert atom.op is not None and atom.value is not None
    return compare_amount(act, atom.term, atom.op, atom.value)


def _count(act: Act, atom: Atom) -> Answer:
    """How often effect, control or tool happened already, compared."""
    assert atom.op is not None and atom.value is not None
    return compare_count(act, atom.term, atom.op, atom.value)


def _user(act: Act, atom: Atom) -> Answer:
    """An attribute of the user, compared."""
    if atom.term == COMPLAINT:
        return complains_of(act, atom.value or "")
    actual = user_attribute(act, atom.term)
    if atom.op in ("is", "is_not") and atom.value in ("true", "false") and (actual is None or is_flag(actual) is None):
        holds = has_status(act, atom.term)
        return None if holds is None else holds is ((atom.op == "is") == (atom.value == "true"))
    if actual is None and atom.op not in ("is", "is_not"):
        actual = value_of((*pairs_of_profile(act), *pairs_at_hand(act)), atom.term)
    return None if actual is None or atom.op is None else compare(actual, atom.op, atom.value or "")


def _record(act: Act, atom: Atom) -> Answer:
    """A field of the record at hand, compared; without a name: the record is in the state."""
    if not atom.term:
        return is_in_state(act, atom.value or "")
    actual = record_value(act, atom.term) or value_at_hand(act, atom.term)
    if actual is None and atom.term == "status" and atom.op == "is":
        return is_in_state(act, atom.value or "")
    return None if actual is None or atom.op is None else compare(actual, atom.op, atom.value or "")


def _page(act: Act, atom: Atom) -> Answer:
    """The page shows an error, a closed door or a log-in wall; with a value: an error of this effect or thing."""
    if not page_signal(act.observation, cast(PageSignal, atom.term)):
        return None if atom.value is not None and is_mentioned_as_trouble(act, atom.value) else False
    return True if atom.value is None else concerns(act, atom.value)


def _happened(act: Act, atom: Atom) -> Answer:
    """Effect, control or field happened already in this run."""
    return happened(act, atom.term)


def _latest(act: Act, atom: Atom) -> Answer:
    """The last act of this run, talk apart, was on the control or field."""
    return was_latest(act, atom.term)


def _tells_user(act: Act, atom: Atom) -> Answer:
    """The act is a message to the user, or the user was told on this page and nothing was sent off since.

    What the user says to it, and what is typed to put it right, leaves the page and its error as they were.
    """
    if act.effects.get("tell_user", False) is True:
        return True
    for event in reversed(act.situation.history):
        if event.type in _TALK:
            return event.url in (None, act.observation.url)
        if event.type not in _STAYS:
            return False
    return False


def _requested(act: Act, atom: Atom) -> Answer:
    """The user's own words ask for this act, or it was agreed to; None where they may lead to it."""
    if asked_for(act) or is_granted(act):
        return True
    # To read or to change a thing asks for nothing that is done to it for good.
    explained = explained_by_goal(act) and act.commits is not True
    return None if delegates(act) or spoken_of(act) or explained else False


def _consent(act: Act, atom: Atom) -> Answer:
    """The user agreed to this act, and the leave has not been used."""
    return is_granted(act)


def _task(act: Act, atom: Atom) -> Answer:
    """The user's task is about this."""
    return is_task_about(act, atom.term)


def _judged(act: Act, atom: Atom) -> Answer:
    """A condition in words: for the judge."""
    return None


_ANSWERS: dict[AtomKind, Callable[[Act, Atom], Answer]] = {
    "effect": _effect,
    "object": _object,
    "act": _act,
    "verb": _verb,
    "thing": _thing,
    "described": _described,
    "control": _control,
    "controls": _controls,
    "place": _place,
    "elsewhere": _elsewhere,
    "host": _host,
    "external": _external,
    "discloses": _discloses,
    "exposes": _exposes,
    "literal": _literal,
    "field": _field,
    "departs": _departs,
    "stands": _stands,
    "concerns": _concerns,
    "value_outside_task": _value_outside_task,
    "on_record": _on_record,
    "approved": _approved,
    "page_instruction": _page_instruction,
    "amount": _amount,
    "quantity": _quantity,
    "count": _count,
    "user": _user,
    "role": _role,
    "record": _record,
    "page": _page,
    "happened": _happened,
    "latest": _latest,
    "done": _done,
    "tells_user": _tells_user,
    "requested": _requested,
    "consent": _consent,
    "task": _task,
    "judged": _judged,
}
assert _ANSWERS.keys() == set(get_args(AtomKind)), "every kind of question has its answer"

_IDENTITIES = frozenset(stem(word) for word in "id ids uuid".split())
_TALK = frozenset({"send_msg_to_user", "ask_user", "agent_message"})
_STAYS = frozenset({"user_message", "fill", "select_option", "check", "uncheck", "scroll", "hover", "wait"})
"""What may follow a message to the user while the page stays as it was."""

TOLD_BY_TARGET: frozenset[AtomKind] = frozenset(
    {
        "object",
        "act",
        "verb",
        "thing",
        "control",
        "controls",
        "place",
        "elsewhere",
        "host",
        "external",
        "field",
        "departs",
    }
)
