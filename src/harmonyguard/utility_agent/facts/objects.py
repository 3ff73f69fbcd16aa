"""Is the act on such a thing? Told by what control, tool and fields name, and by what stands around them."""

from __future__ import annotations

import re
from functools import lru_cache

from harmonyguard.policies.lexicon import GENERIC_OBJECTS, objects_implied
from harmonyguard.policies.words import LABEL, stem, stems

from .act import Act, once_per_act
from .asked_things import asks_for_another, asks_for_it, asks_for_it_here, is_sought, stems_asked_for
from .record_kinds import is_record_of


def is_object(act: Act, name: str) -> bool | None:
    """The act is on such a thing: its control, tool or fields name it, or, when they name nothing, its page does.

    Where that stays open, the thing is that of which the user's goal asks such an act ("Find a job and apply for it").
    """
    wanted = [s for s in stems(name) if s not in GENERIC_OBJECTS]
    if not wanted:
        return True
    if wanted == _FORM and _hands_in(act):
        return True
    if (sought := is_sought(act, frozenset(wanted))) is not None:
        return sought
    known = _named_object(act, wanted)
    if known is None and act.names_no_thing and asks_for_another(act, frozenset(wanted)):
        return False
    asked = asks_for_it if known is None else asks_for_it_here
    return True if known is not True and asked(act, frozenset(wanted)) else known


_FORM = [stem("form")]


def _hands_in(act: Act) -> bool:
    """ "Submit" alone hands in the form that it stands under."""
    bare = act.target is not None and stems(act.name) == [stem("submit")]
    return bare and act.effects.get("submit") is True and not act.effects.get("search")


def _named_object(act: Act, wanted: list[str]) -> bool | None:
    own, around = _named_stems(act), _surrounding_stems(act)
    if own.issuperset(wanted):
        return True
    if wanted[-1] in own and (own | around).issuperset(wanted):
        return True  # "Save card" on a page for payments
    if not around.issuperset(wanted):
        if len(wanted) > 1 and not (own | around).isdisjoint(wanted):
            return is_record_of(act, frozenset(wanted))
        # A bare "Delete" names no thing: the content of the page may.
        return None if act.names_no_thing and content_stems(act).issuperset(wanted) else False
    return True if not _other_object(act) else None


@once_per_act
def _named_stems(act: Act) -> frozenset[str]:
    """What control, tool and fields name."""
    now = (entry.field for entry in act.entries if entry.now)
    return frozenset(stems(" ".join([act.name, objects_implied(act.name), *now, *_kinds_of_files(act)])))


def _kinds_of_files(act: Act) -> list[str]:
    """ "budget.xlsx" is a file, whether or not the control says so."""
    given = [act.name, *(entry.value for entry in act.entries if entry.now and len(entry.value) <= LABEL)]
    return ["file document"] if any(_FILE_NAME.search(text) for text in given) else []


_FILE_NAME = re.compile(
    r"\b[\w-]+\.(?:docx?|xlsx?|pptx?|pdf|txt|md|csv|odt|ods|rtf|jpe?g|png|gif|svg|mp[34]|zip|ai|psd|key|json|html?)\b",
    re.IGNORECASE,
)


@once_per_act
def _surrounding_stems(act: Act) -> frozenset[str]:
    """What stands around the target: headings, title and address."""
    path = " ".join(act.target.path) if act.target else ""
    return frozenset(stems(f"{path} {act.title} {_path(act)}"))


def stems_of_things(act: Act) -> frozenset[str]:
    """What may name the thing acted on beside labels, title and address (see `clues`)."""
    content = content_stems(act) if act.names_no_thing else frozenset()
    form = frozenset(_FORM) if _hands_in(act) else frozenset()
    return content | stems_asked_for(act) | frozenset(stems(" ".join(_kinds_of_files(act)))) | form


def content_stems(act: Act) -> frozenset[str]:
    """What page content and tool output speak of."""
    outputs = (event.text or "" for event in act.situation.history if event.type == "tool_output")
    return frozenset().union(*(_stems_of_content(text) for text in (act.observation.text, *outputs)))


@lru_cache(maxsize=128)
def _stems_of_content(text: str) -> frozenset[str]:
    return frozenset(stems(text))


@once_per_act
def _other_object(act: Act) -> bool:
    """The control names a thing of its own, so the page's thing is only possibly what it acts on."""
    return not act.names_no_thing


def _path(act: Act) -> str:
    return " ".join(" ".join(segment) for segment in act.place_words) + " " + act.observation.url.replace("/", " ")
