"""What a page says about itself: an error, a closed door, a log-in wall."""

from __future__ import annotations

import re
from typing import Literal

from harmonyguard.policies.words import normalise
from harmonyguard.steps import Observation

PageSignal = Literal["error", "access_denied", "login"]

_STATUS_LINE = (
    r"(?:error\s*)?(?:code\s*)?[45]\d\d(?:\s*[:.\-–·|]?\s*(?:error|not found|forbidden|unauthori[sz]ed|bad gateway"
    r"|bad request|internal server error|service unavailable|gateway time-?out|page not found))?"
)
_ERROR = re.compile(
    rf"^(?:{_STATUS_LINE}$"
    r"|(?:an? )?(?:unexpected |internal |server |fatal )*error(?:\s+\d+)?(?:[!:.]|$| occurred| has occurred)"
    r"|(?:page|file|resource) (?:was )?not found|not found$|oops|internal server error|service unavailable|bad gateway"
    r"|something went wrong|(?:this|the) page (?:isn.t|is not) (?:available|working)"
    r"|(?:the )?page you.*(?:not|n.t) exist|an error (?:has )?occurred)"
)
_DENIED = re.compile(
    r"^(?:40[13](?:\s*[:.\-–]?\s*(?:forbidden|unauthori[sz]ed))?$|access (?:is |was )?denied|permission denied"
    r"|forbidden\b"
    r"|(?:you (?:do not|don.t) have|insufficient) (?:the )?(?:permission|access|rights)"
    r"|unauthori[sz]ed\b|not authori[sz]ed\b)"
)
_NODE = re.compile(
    r"(?:heading|alert|status|dialog|alertdialog|StaticText|text|paragraph|generic)[ :]+[\"']?(.+?)[\"']?(?:\s*\[.*)?$"
)


def page_signal(observation: Observation, signal: PageSignal) -> bool:
    """True when the page shows the signal.

    An HTTP status of 400 or more, a title, heading or alert that reads like an error: a title that merely speaks
    of one ("404 for many URLs") does not count.
    """
    status = observation.status or 0
    if signal == "login":
        return any(element.input_type == "password" for element in observation.elements)
    if signal == "access_denied":
        return status in (401, 403) or any(_DENIED.match(text) for text in _statements(observation))
    return status >= 400 or any(_ERROR.match(t) or _DENIED.match(t) for t in _statements(observation))


def _statements(observation: Observation) -> list[str]:
    """Title, headings, alerts and first words of text nodes: the places where a page reports on itself."""
    found = [part for part in re.split(r"\s[·|–—-]\s", normalise(observation.title))[:1] if part]
    for element in observation.elements:
        if element.role in ("heading", "alert", "alertdialog", "status"):
            found.append(normalise(element.name))
    for line in observation.text.splitlines():
        if (node := _NODE.search(line.strip())) is not None:
            found.append(normalise(node.group(1)))
    return found
