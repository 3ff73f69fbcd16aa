"""Reads clauses about form fields: what is typed, chosen, ticked or moved, and where the value comes from."""

from __future__ import annotations

import re

from .clauses import FILL, Q
from .control_phrases import ControlPhrase, read_control
from .instruction import Instruction
from .quoted_text import clean_name, split_name
from .value_sources import read_source

_CASE = re.compile(
    r",? in (?:all )?(?:(?P<upper>upper[ -]?case|capitals?|caps)|(?P<lower>lower[ -]?case))(?: letters| characters)?",
    re.I,
)


def match(pattern: str, text: str) -> re.Match[str] | None:
    """The whole text against a pattern, ignoring case."""
    return re.match(rf"^(?:{pattern})$", text, re.IGNORECASE | re.DOTALL)


def place_of(text: str) -> tuple[str | None, str | None, ControlPhrase]:
    """(name, context, control) of a phrase for a field or control. A phrase of kind and number only has no name."""
    control = read_control(text)
    if control.name is None and control.kind is not None:
        return None, None, control
    name, context = split_name(text)
    return name, context, control if context is None else read_control(name)


def note(text: str) -> Instruction | None:
    """`Find the 4th word in the paragraph`, `Solve for x`: a value for what comes after."""
    found = match(r"(?:find|get|copy|take|read|note(?: down)?) (?P<what>.+)", text)
    if found is None:
        found = match(r"(?:solve|work out|calculate|compute) (?!and\b).+", text)
        return None if found is None else Instruction("note", source=read_source("answer"))
    source = read_source(found["what"])
    return None if source is None else Instruction("note", source=source)


def complete(text: str) -> Instruction | None:
    """`Enter an item that starts with "Egy" and ends with "gypt"`: a suggestion of the field itself."""
    found = match(
        rf"(?:{FILL}|choose|select|pick) (?:an?|the) [\w ]+? (?:that|which) (?:starts|begins) with (?P<start>{Q})"
        rf"(?: and (?:that )?ends with (?P<end>{Q}))?(?: (?:into|in) (?P<field>.+))?",
        text,
    )
    if found is None:
        return None
    name, context, control = place_of(found["field"]) if found["field"] else (None, None, None)
    ends = (("end", found["end"]),) if found["end"] else ()
    return Instruction("complete", target=name, value=found["start"], fields=ends, context=context, control=control)


def slide(text: str) -> Instruction | None:
    """`Select 5 with the slider`, `Set the sliders to the combination [5,11,10]`."""
    found = match(
        r"(?:select|choose|set|pick) (?P<value>-?\d+) (?:with|on|using|in) (?:the )?(?P<kind>slider|spinner)", text
    )
    if found is not None:
        return Instruction("slide", value=found["value"], control=read_control(found["kind"]))
    found = match(
        r"(?:set|move|drag) (?:the )?(?P<kind>sliders?) to (?:the )?(?:\w+ )?\[?(?P<values>[-\d, ]+)\]?", text
    )
    if found is None:
        return None
    return Instruction("slide", value=found["values"].strip(), control=read_control(found["kind"]))


def fill(text: str) -> Instruction | None:
    """`Enter X into Y`, with quoted, stated or pointed-at values."""
    case = _CASE.search(text)
    if case is not None:
        text = text[: case.start()] + text[case.end() :]
    several = _several(text) or _described(text)
    found = several or _entered(text)
    if found is None or case is None:
        return found
    word = "upper" if case["upper"] else "lower"
    return Instruction(
        found.verb, target=found.target, value=found.value, context=found.context, control=found.control, word=word
    )


def _several(text: str) -> Instruction | None:
    """`Enter the username "a" and the password "b" into the text fields`."""
    pair = rf"(?:the )?[a-z][a-z -]*? {Q}"
    found = match(rf"{FILL} (?P<pairs>{pair}(?:(?:,|,? and) {pair})+)(?: (?:into|in) .+)?", text)
    if found is None:
        return None
    fields = re.findall(rf"(?:the )?([a-z][a-z -]*?) ({Q})", re.sub(r"(?:,|,? and) ", "", found["pairs"]), re.I)
    return Instruction("fill", fields=tuple((name.removeprefix("the ").strip(), value) for name, value in fields))


def _described(text: str) -> Instruction | None:
    """`Enter the password "x" into both text fields`: what the value is names its field when nothing else does."""
    found = match(rf"{FILL} (?:the )?(?P<what>[a-z][a-z -]*?) (?P<value>{Q})(?: (?:into|in|to) (?P<field>.+))?", text)
    if found is None:
        return None
    if found["field"]:
        name, context, control = place_of(found["field"])
        if name is None and control.ordinal is None and not control.every:
            name = found["what"]
        return Instruction("fill", target=name, value=found["value"], context=context, control=control)
    return Instruction("fill", target=found["what"], value=found["value"])


def _entered(text: str) -> Instruction | None:
    for pattern in (
        rf"{FILL} (?P<value>{Q}) (?:into|in|to|as|for|on|at) (?P<field>.+)",
        r"enter the value that corresponds (?:with|to) each label(?: (?:into|in) .+)?",
        r"fill (?:in |out )?(?:the |this )?form with the (?:matching|corresponding) values(?: .+)?",
        rf"{FILL} (?P<value>.+) into (?P<field>.+)",
        r"fill (?:in |out )?(?P<field>.+?) (?:with|as) (?P<value>.+)",
        r"fill (?:in )?(?P<value>.+) (?:into|in) (?P<field>.+)",
        rf"{FILL} (?P<value>.+) (?:in|as|for) (?P<field>.+)",
        rf"{FILL} (?P<value>{Q})",
    ):
        found = match(pattern, text)
        if found is None:
            continue
        if "value" not in found.groupdict():
            return Instruction("copy_labelled")
        field = found.groupdict().get("field")
        name, context, control = place_of(field) if field else (None, None, None)
        source = read_source(found["value"])
        value = found["value"] if source is None else None
        return Instruction("fill", target=name, value=value, context=context, control=control, source=source)
    return None


def set_to(text: str) -> Instruction | None:
    """`Set X to Y`, `Mark X as Y`: the value is to hold."""
    found = match(r"(?:set|change|update|switch|turn|mark) (?P<field>.+?) (?:to|as) (?P<value>.+)", text)
    if found is None:
        return None
    name, context = split_name(found["field"])
    if text.lower().startswith("mark"):
        return Instruction("set", target="status", value=found["value"], context=name)
    return Instruction("set", target=name, value=found["value"], context=context)


def select(text: str) -> Instruction | None:
    """`Select X from Y`, `Choose X`, `Select A, B and C`, `Select A > B`."""
    found = match(r"(?:select|choose|pick) (?P<value>.+?)(?: (?:in|from|for|as|under) (?P<field>.+))?", text)
    if found is None:
        return None
    value = clean_name(found["value"])
    if value.casefold() in ("nothing", "none"):
        return Instruction("look_around")
    if re.fullmatch(r"[^<>]+(?:\s?>\s?[^<>]+)+", value) and found["field"] is None:
        return Instruction("choose", value=value, word="path")
    if found["field"] is None:
        control = read_control(found["value"])
        if control.ordinal is not None and control.kind is not None:
            return Instruction("click", target=None, control=control)
        return Instruction("fill", value=value, word="select")
    name, context, control = place_of(found["field"])
    return Instruction("fill", target=name, value=value, context=context, word="select", control=control)


def check(text: str) -> Instruction | None:
    """`Check X`, `Turn off Y`, `Check the 1st radio button`."""
    off = match(r"(?:uncheck|untick|disable|turn off|switch off|deactivate) (?P<name>.+)", text)
    if off is not None:
        return _switched("uncheck", off["name"])
    on = match(r"(?:check|tick|enable|turn on|switch on|activate) (?!that |whether |if |for |out )(?P<name>.+)", text)
    return None if on is None else _switched("check", on["name"])


def _switched(verb: str, phrase: str) -> Instruction:
    control = read_control(phrase)
    name = None if control.name is None and control.kind is not None else clean_name(phrase)
    return Instruction("check" if verb == "check" else "uncheck", target=name, control=control)
