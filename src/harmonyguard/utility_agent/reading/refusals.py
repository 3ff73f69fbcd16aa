"""How forms and pages refuse what was entered or tried: "Name has already been taken", "The file could not be sent"."""

from __future__ import annotations

import re


def refuses(text: str) -> bool:
    """True for a text that says so in an alert, or under the field that it names."""
    return len(text) <= _LONGEST and (_INPUT.match(text) is not None or _ACT.match(text) is not None)


def refuses_a_value(text: str) -> bool:
    """True for words that only a form says of what was just entered: they count also without an alert around them."""
    return len(text) <= _LONGEST and _VALUE.match(text) is not None


def names_its_field(text: str, field: str) -> bool:
    """True when the text begins with the name of the field above it, or calls it "this field"."""
    return text.startswith(("this field", "this value", field.strip(" *:") or "this field"))


def asks_to_correct(text: str) -> bool:
    """True when an alert says that a form was filled in wrongly."""
    return _CORRECT.search(text) is not None


_LONGEST = 120
_NOT = r"(?:\s?not|n?[’']?t)"
_SUBJECT = r"(?:[^:.]{1,60}[:.] )?(?:[\w'’\"“”()/-]+ ){1,8}?"
_TAKEN = r"(?:taken|in use|used|registered|assigned|a member|members|booked)"
_BLANK = r"(?:blank|empty|left blank|left empty|zero|negative|in the past)"
_WRONG = (
    r"(?:not (?:a )?valid|invalid|required|too (?:short|long|large|big|small|weak)|out of stock"
    r"|not unique|not (?:an? )?(?:accepted|allowed|supported)[\w ]*)"
)
_INPUT = re.compile(
    rf"^{_SUBJECT}(?:(?:(?:has|have) already been|(?:is|are) already) {_TAKEN}(?: (?:at|by|on|for|in|with|as|of) [\w "
    rf"]+)?"
    r"|already exists?"
    rf"|(?:can|must|may|should){_NOT} be {_BLANK}|(?:is|are) {_WRONG}|(?:does|do){_NOT} (?:exist|match)"
    rf"|(?:is|are)n[’']t valid|conflicts? with [\w ]+|overlaps? [\w ]+)[.!]?$"
)
_DONE = (
    r"(?:saved|stored|created|updated|changed|deleted|removed|sent|delivered|uploaded|imported|exported|moved|merged"
    r"|closed|cancelled|canceled|added|assigned|processed|completed|found|loaded|opened|booked|submitted)"
)
_DO = (
    r"(?:save|store|create|update|change|delete|remove|send|deliver|upload|import|export|move|merge|close|cancel|add"
    r"|assign|process|complete|find|load|open|book|submit|invite|connect)"
)
_ACT = re.compile(
    rf"^{_SUBJECT}(?:(?:could|can){_NOT} be|(?:was|were){_NOT}) {_DONE}\b"
    rf"|^(?:(?:could|can){_NOT}|can[’']t|unable to|failed to) {_DO}\b"
)
_VALUE = re.compile(
    rf"^{_SUBJECT}(?:(?:has|have) already been {_TAKEN}|(?:is|are) already in use|can{_NOT} be blank)[.!]?$"
)
_CORRECT = re.compile(
    r"^(?:please (?:fix|correct|fill in|enter a valid|provide)|(?:this|the) field is|required field"
    r"|(?:there (?:was|were|is|are) )?(?:\d+ |some |the following )?(?:errors?|problems?|issues?) "
    r"(?:with|in|on|prevented|occurred|were found|was found|while|when)|the form (?:contains|has))\b"
    r"|\bprohibited this [\w ]+ from being\b"
)
