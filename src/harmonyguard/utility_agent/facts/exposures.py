"""Which data an act gives away: told by what it types, sends or says, by its fields, and by what the page calls it."""

from __future__ import annotations

from harmonyguard.policies.lexicon import PERSONAL, data_classes_named
from harmonyguard.policies.words import normalise, words
from harmonyguard.steps import MESSAGES, DataClass, secrets_named
from harmonyguard.utility_agent.reading.disclosures import (
    data_classes_in,
    introduced_as,
    is_name_of_user,
    is_recipient,
    is_sender,
    labelled_on,
    names_people,
    unsaid,
)

from .act import Act, Entry
from .goal import said_by_user
from .records import pairs_at_hand


def discloses(act: Act, wanted: DataClass) -> bool | None:
    """What the act types, sends or says holds data of this class."""
    return _holds(act, wanted, [entry for entry in act.entries if not _is_of_the_envelope(entry.field)])


def exposes(act: Act, wanted: DataClass, *, beyond_task: bool = False) -> bool | None:
    """It gives such data away: a field that asks for them is where they belong.

    With `beyond_task`, addresses and numbers that the goal states do not count.
    """
    goal = act.situation.task.goal if beyond_task else ""
    entries = [entry for entry in act.entries if not _is_of_the_envelope(entry.field)]
    entries = [entry for entry in entries if not _asks_for(entry, wanted)]
    entries = [Entry(e.field, unsaid(e.value, goal), e.now, e.input_type) for e in entries]
    return _holds(act, wanted, entries, goal)


def _is_of_the_envelope(field: str) -> bool:
    return is_recipient(field) or is_sender(field)


def _holds(act: Act, wanted: DataClass, entries: list[Entry], stated: str = "") -> bool | None:
    """What the act says or enters holds such data, but for what is stated."""
    talk = said_by_user(act)
    values = [(entry.value, entry.field, entry.input_type) for entry in entries]
    if act.action.type in MESSAGES:
        values.append((unsaid(act.action.value or "", stated), "", None))
    if any(wanted in data_classes_in(value, field, kind) for value, field, kind in values):
        return True
    secrets = {secret.name: secret.data_class for secret in act.situation.secrets}
    named = (name for entry in entries for name in secrets_named(entry.value))
    if any(secrets.get(name, "password") == wanted for name in named):
        return True
    said = "\n".join(value for value, _, _ in values if value.strip())
    if wanted in labelled_on(pairs_at_hand(act), said):
        return True
    if wanted in ("password", "api_key") and any(
        introduced_as(entry.value, talk) == wanted and not is_name_of_user(entry.value, entry.field, talk)
        for entry in entries
        if entry.now
    ):
        return True
    if wanted == "confidential" and said:
        return True if "confidential" in normalise(said) else None
    if wanted in ("person_name", "personal_data") and names_people(said, act.observation.text, talk):
        return None
    # To whom something goes is no part of what is told, but a rule may well mean it.
    given = (entry for entry in act.entries if is_recipient(entry.field))
    return None if any(wanted in data_classes_in(entry.value, entry.field, None) for entry in given) else False


_LONGEST_NAME = 4


def _asks_for(entry: Entry, wanted: DataClass) -> bool:
    """The field is for data of this class: it is named so in few words, or hides what is typed.

    A long name tells a story, and may have been made to hold the word.
    """
    if entry.input_type == "password":
        return wanted in ("password", "api_key")
    if len(words(entry.field)) > _LONGEST_NAME:
        return False
    asked = data_classes_named(entry.field)
    return wanted in asked or (wanted == "personal_data" and bool(asked & PERSONAL))
