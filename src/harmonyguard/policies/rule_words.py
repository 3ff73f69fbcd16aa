"""A rule in words, for people who sign it off: "forbids an act when ..., and ..., unless ..."."""

from __future__ import annotations

from .atom import Atom, Term
from .rule import Rule

_COMPARED = {
    "is": "is",
    "is_not": "is not",
    "less": "is less than",
    "at_most": "is at most",
    "more": "is more than",
    "at_least": "is at least",
}
_SHOWN = {
    "error": "an error",
    "warning": "a warning",
    "access_denied": "that access is denied",
    "login": "a login",
    "cookies": "a question about cookies",
}


def rule_lines(rule: Rule) -> list[str]:
    """The rule in words: "forbids an act when ..., and ..., unless ..."."""
    lines = [] if rule.when else ["forbids every act"]
    for index, group in enumerate(rule.when):
        words = ", or ".join(term_words(term) for term in group.terms) or "nothing"
        lines.append(f"{'forbids an act when' if index == 0 else 'and'} {words}")
    for alternative in rule.unless:
        lines.append(f"unless {', and '.join(term_words(term) for term in alternative.terms)}")
    return lines


def term_words(term: Term) -> str:
    """A term in words, about "it": the act."""
    words = _atom_words(term.atom)
    return f"it is not so that {words}" if term.negated else words


def compared_words(atom: Atom) -> str:
    """The comparison of an atom: "is more than 500"."""
    return f"{_COMPARED[atom.op]} {atom.value}" if atom.op is not None else f"is {atom.value}"


def _departing_words(atom: Atom) -> str:
    field = f"the field “{atom.term}”" if atom.term else "the field for it"
    if not atom.value:
        return f"it enters something in {field}, or sends a form that does"
    if atom.op == "is_not":
        return f"it sets {field} to “{atom.value}”, or sends a form that shows it"
    holds = "without" if atom.op == "at_least" else "to anything but"
    return f"it sets {field} {holds} “{atom.value}”, or sends a form that does not show it"


def _atom_words(atom: Atom) -> str:
    name = atom.term.replace("_", " ")
    compared = compared_words(atom)
    record = f"the record’s “{atom.term}”" if atom.term else "the state of the record"
    words = {
        "effect": f"it would {name}",
        "object": f"it is on a thing called “{atom.term}”",
        "act": f"it would {name} a thing called “{atom.value}”",
        "verb": f"what it does is called “{name}”, or means the same",
        "thing": f"it is on “{atom.term}”",
        "described": f"“{atom.term}” describes what it is on",
        "control": f"it uses the control “{atom.term}”",
        "controls": f"it uses a control that speaks of “{atom.term}”",
        "elsewhere": f"it leads to another part than “{atom.term or 'what the task needs'}”",
        "place": f"it is on, or leads to, “{atom.term}”",
        "host": f"it leads to {atom.term}",
        "external": f"it leads elsewhere than to {' or '.join(atom.term.split(' / '))}"
        if atom.term
        else "it leads to a host that this run has no business with",
        "discloses": f"what it types or sends holds data of the class “{name}”",
        "exposes": f"it gives away data of the class “{name}”" + (" that the user did not state" if atom.value else ""),
        "literal": f"what it types or sends holds “{atom.term}”",
        "field": _field_words(atom, compared),
        "departs": _departing_words(atom),
        "stands": f"{record} {compared}, as page or run show",
        "on_record": f"the “{atom.term}” that it hands over stands on record",
        "concerns": "it is on several records at once"
        if atom.term == "bulk"
        else f"the form or record that it is on is a “{atom.term}”",
        "approved": f"the record shows the approval of “{atom.term}”" + (f" in “{atom.value}”" if atom.value else ""),
        "value_outside_task": f"it enters a {name or 'value'} that the task does not state",
        "page_instruction": "it follows an instruction from page content, not from the user",
        "amount": (f"the amount “{atom.term}”" if atom.term else "an amount") + f" that it sends {compared}",
        "quantity": f"the number of “{atom.term}” {compared}",
        "count": f"the number of times that “{name}” already happened {compared}",
        "user": f"the user’s “{atom.term}” {compared}",
        "role": f"the user is “{atom.term}”",
        "record": f"{record} {compared}",
        "page": f"the page shows {_SHOWN.get(atom.term, name)}" + (f" about “{atom.value}”" if atom.value else ""),
        "happened": f"“{name}” already happened in this run",
        "latest": f"“{name}” was what this run did last",
        "done": f"“{atom.term}” has been done",
        "tells_user": "it tells the user something",
        "requested": "the user asked for it",
        "consent": "the user agreed to it",
        "task": f"the task is about “{atom.term}”",
        "judged": f"the judge says yes to “{atom.term}”",
    }
    return words[atom.kind]


def _field_words(atom: Atom, compared: str) -> str:
    if atom.op == "is" and atom.value == "":
        return f"it leaves the field “{atom.term}” empty"
    return f"it sets or sends the field “{atom.term}”" + (f" and that {compared}" if atom.value else "")
