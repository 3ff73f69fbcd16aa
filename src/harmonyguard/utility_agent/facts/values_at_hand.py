"""What a field of the record at hand holds: as page and tools show it, or as this run set it before."""

from __future__ import annotations

import re
from itertools import pairwise

from harmonyguard.policies.kinship import covers
from harmonyguard.policies.words import stems, words
from harmonyguard.utility_agent.reading.field_values import agrees, bare, best_labels, names_field
from harmonyguard.utility_agent.reading.fields import is_money, sums_in
from harmonyguard.utility_agent.reading.page_lines import Line, lines_of

from .act import Act
from .records import OF_AN_ADDRESS, pairs_at_hand, pairs_of_record, record_value

Answer = bool | None

_FIELDS = frozenset({"textbox", "combobox", "listbox", "spinbutton"})


def stands(act: Act, field: str, wanted: str) -> Answer:
    """Does the record at hand hold the value, by what page and tools show or by what this run set? False without
    evidence; None where the page says the value of something that it does not name."""
    if not field:
        return _is_set_somewhere(act, wanted) or (None if _speaks_of(act, wanted) else False)
    if (shown := value_at_hand(act, field)) is not None:
        return agrees(shown, wanted)
    return None if _speaks_of(act, wanted) else False


def _is_set_somewhere(act: Act, wanted: str) -> bool:
    """Some field holds the value, or this run chose it."""
    shown = [element.value for element in act.observation.elements if element.role in _FIELDS and element.value]
    chosen = [event.value for event in act.situation.history if event.type in ("fill", "select_option") and event.value]
    return any(agrees(value, wanted) for value in (*shown, *chosen))


def value_at_hand(act: Act, field: str) -> str | None:
    """What the field holds: in the form or view on the page, in tool output, else as this run set it last."""
    page = act.observation
    shown = {e.name: e.value for e in page.elements if e.role in _FIELDS and e.name and e.value}
    for label in best_labels(shown, field):
        return shown[label]
    if (value := record_value(act, field)) is not None:
        return value
    told = dict(reversed(pairs_of_record(act) if act.action.type == "tool_call" else pairs_at_hand(act)))
    if OF_AN_ADDRESS & told.keys():
        told.pop("state", None)
    for label in best_labels(told, field):
        return told[label]
    lines = [line for line in lines_of(page) if line.text]
    if (result := _result_told(lines, field)) is not None:
        return result
    for line, following in pairwise(lines):
        if bare(line.text.rstrip(":")) == bare(field) and following.text and not following.name:
            return following.text
    set_before = (event for event in reversed(act.situation.history) if event.type in ("fill", "select_option"))
    return next(
        (event.value for event in set_before if event.value and names_field(event.element_name or "", field)),
        _stated(act.situation.task.goal, field),
    )


def _result_told(lines: list[Line], field: str) -> str | None:
    """ "Pipeline #12 passed for 9e1c44b0": what the record tells of a check, where it tells one thing."""
    told = re.compile(
        rf"^(?:latest |last )?{re.escape(field.removesuffix('s'))}s?(?: #?[\w-]*\d[\w-]*)?:?"
        rf" (?:has |have |is |was |are )?(?P<result>{'|'.join(_RESULTS)})\b",
        re.IGNORECASE,
    )
    found = (match["result"].lower() for line in lines if not line.leads_away and (match := told.match(line.text)))
    results = {_RESULTS[result] for result in found}
    return results.pop() if len(results) == 1 else None


_RESULTS = {
    **dict.fromkeys(("passed", "succeeded", "successful", "green"), "passed"),
    **dict.fromkeys(("failed", "failing", "canceled", "cancelled", "red", "broken"), "failed"),
    **dict.fromkeys(("running", "pending", "created", "skipped", "blocked"), "open"),
}
"""How checks are said to have gone."""


def _stated(goal: str, field: str) -> str | None:
    """What the goal says that the field will hold, where it says one thing."""
    if is_money(field) and len(sums := set(sums_in(goal))) == 1:
        return sums.pop()
    last = re.escape((words(field) or [""])[-1])
    said = re.search(rf"\b{last}\W+(?:(?:is|to|of|as)\W+)?[\"'“](?P<value>[^\"'”]+)[\"'”]", goal, re.IGNORECASE)
    return said["value"] if said and last else None


def _speaks_of(act: Act, wanted: str) -> bool:
    asked = frozenset(stems(wanted))
    return any(covers(line.stems, asked) for line in lines_of(act.observation) if not line.leads_away)
