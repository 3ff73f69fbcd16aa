"""What a page says about itself: an error, a closed door, a log-in wall.

Who speaks counts as much as what is said. Alerts, dialogs and status lines are the page's own voice; titles and
headings may be names of records; text within articles, rows and lists is somebody's content and tells nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from harmonyguard.policies.words import normalise
from harmonyguard.steps import Observation

from .refusals import asks_to_correct, names_its_field, refuses, refuses_a_value
from .tree import role_of

PageSignal = Literal["error", "warning", "access_denied", "login", "cookies"]
_Voice = Literal["alert", "heading", "text"]

_STATUS_LINE = (
    r"(?:error\s*)?(?:code\s*)?[45]\d\d(?:\s*[:.\-–·|]?\s*(?:error|not found|forbidden|unauthori[sz]ed|bad gateway"
    r"|bad request|internal server error|service unavailable|gateway time-?out|page not found))?"
)
_ERROR = re.compile(
    rf"^(?:{_STATUS_LINE}$"
    r"|(?:an? )?(?:unexpected |internal |server |fatal |unknown )*error(?:\s+\d+)?(?:[!:.]|$| occurred| has occurred)"
    r"|(?:page|file|resource) (?:was )?not found|not found$|oops|whoops|uh[- ]oh|internal server error"
    r"|service unavailable|bad gateway"
    r"|something (?:went wrong|broke|failed)|(?:this|the|that) page (?:isn.t|is not|is no longer) (?:available|working)"
    r"|(?:the )?page you.*(?:not|n.t) exist|an error (?:has )?occurred)"
)
_DENIED = re.compile(
    r"^(?:error[:!.] )?(?:40[13](?:\s*[:.\-–]?\s*(?:forbidden|unauthori[sz]ed))?$|access (?:is |was )?denied"
    r"|permission denied|forbidden(?=$|[.,:;!])"
    r"|(?:sorry,? )?(?:you (?:do not|don.t|no longer) have|you (?:have no|lack)|insufficient|no) "
    r"(?:the |any |enough |sufficient |necessary |required )*"
    r"(?:permissions?|access|rights|privileges?|authori[sz]ation)\b"
    r"|(?:sorry,? )?you (?:are not|aren.t|are no longer) (?:allowed|permitted|authori[sz]ed|entitled)\b"
    r"|access (?:is |to \S.{0,40} is )?(?:restricted|refused|limited|forbidden|not allowed)"
    r"|unauthori[sz]ed\b|not (?:authori[sz]ed|permitted|allowed)\b)"
)
_FAILS = (
    r"(?:(?:(?:could|can|did|does|do|is|was|were|has|have)(?: not|n.t)|cannot|went wrong|unable)\b"
    r"|(?:failed|fails|unavailable|not available|expired|ended|timed out|not found"
    r"|no longer (?:exists?|available|valid)|declined|rejected"
    r"|refused|unsuccessful|lost|interrupted|aborted|crashed|is down|in error|blocked|invalid)"
    r"(?=$|[.,:;!)(]| (?:to|with|because|due|for|at|on|and|by|again|in|after|while|as)\b))"
)
"""That something failed: "failed" before a noun is no report ("failed jobs")."""

_OWN_VOICE = re.compile(
    r"^(?:sorry|apologies|we(?:'re| are) sorry|warning|attention|error|problem|failure|notice)?[,:!.\s]*"
    rf"(?:(?:we|the (?:server|site|app|application|system|service|page|link|session|connection)|this (?:page|site|link)"
    rf"|your (?:[\w-]+ ){{0,2}}[\w-]+)\b[^.?!]{{0,60}}?\b{_FAILS}"
    rf"|(?:\w+ ){{0,3}}(?:page|session|request|connection|log-?in|sign-?in|upload|download|saving|loading|sending"
    rf"|deleting|deletion|import|export|payment|transfer|update|operation|action|submission|server|service|save|delete"
    rf"|sync\w*|request)\b[^.?!]{{0,30}}?\b{_FAILS}"
    r"|(?:unable|failed|failure|could ?n[o'’]t|cannot|can[’']?t|can not)\b(?: to)? \w+"
    r"|(?:temporarily |currently )?(?:unavailable|offline|down)\b|(?:under |down for )?maintenance\b"
    r"|too many requests|try again later)"
)
"""How a page reports that something failed, wherever only the page itself can speak."""

_FAILED = re.compile(
    r"^(?:[\w'’#-]+ ){0,5}(?:failed|fails|not found|timed out|mismatch|conflicts?)"
    r"(?=$|[.,:;!)(]| (?:to|with|because|due|for|at|on|and|by|again|in|after|while|as)\b)"
    r"|^invalid [\w-]+|^no such [\w-]+"
    r"|^(?:this|the|that|your) (?:[\w'’#-]+ ){1,4}(?:is|are|was|were) (?:currently |temporarily |now )?(?:unavailable"
    r"|not available|inaccessible|not accessible|offline|broken|missing|gone)\b"
)
"""What an alert says in a word of whatever it was: "Delivery failed: unknown recipient"."""

_WITH_CODE = re.compile(r"\b(?:error|code|status|http)\s*[#:]?\s*[45]\d\d\b")
_LINE = re.compile(
    r"^(?P<indent>\s*)(?:-\s*)?(?:\[\w+\]\s*)?[A-Za-z]+"
    r"(?:[ :]+(?P<quote>[\"'])(?P<named>.*?)(?P=quote)(?:[,\s].*)?|:\s*(?P<said>.+?))?\s*:?$"
)
_ALERTS = frozenset({"alert", "alertdialog", "status", "dialog"})
_TEXTS = frozenset({"statictext", "text", "paragraph", "generic", "strong", "emphasis"})
_CONTENT = frozenset({"article", "row", "cell", "gridcell", "listitem", "comment", "blockquote", "code", "log", "feed"})
_FIELDS = frozenset({"textbox", "combobox", "searchbox", "spinbutton", "listbox", "checkbox"})
_LONGEST_REPORT = 200


def page_signal(observation: Observation, signal: PageSignal) -> bool:
    """True when the page shows the signal.

    An HTTP status of 400 or more, a title, heading or alert that reads like an error: a title that merely speaks
    of one ("404 for many URLs") does not count.
    """
    status = observation.status or 0
    if signal == "login":
        return any(element.input_type == "password" for element in observation.elements)
    if signal == "access_denied":
        return status in (401, 403) or any(_DENIED.match(text) for _, text in _said(observation))
    if signal == "cookies":
        return any(_OF_COOKIES.search(line) for line in observation.text.splitlines() if not _IS_LINK.match(line))
    if signal == "warning":
        return any(voice == "alert" and _WARNS.match(text) for voice, text in _said(observation))
    return status >= 400 or bool(errors_told(observation))


_OF_COOKIES = re.compile(
    r"\b(?:uses?|set|store|accept|allow|manage|about|your|our|necessary|optional|marketing|all)"
    r" (?:[\w-]+ ){0,2}cookies\b"
    r"|\bcookies? (?:consent|preferences|settings|banner|notice|choices)\b|\bcookies (?:to|are|help|and similar)\b",
    re.IGNORECASE,
)
"""How a page asks about its cookies. A link to what it says of them in its footer asks nothing."""

_IS_LINK = re.compile(r"^\s*(?:-\s*)?(?:\[\w+\]\s*)?link\b")
_WARNS = re.compile(r"^(?:warning|caution|attention|careful)\b")
"""What an alert warns of is no error yet."""


def errors_told(observation: Observation) -> tuple[str, ...]:
    """What the page says of errors and closed doors, normalised."""
    return tuple(text for voice, text in _said(observation) if _DENIED.match(text) or _reports_error(voice, text))


def _said(observation: Observation) -> list[tuple[_Voice, str]]:
    return [*_title(observation), *_of_elements(observation), *_statements(observation.text)]


def _reports_error(voice: _Voice, text: str) -> bool:
    if _ERROR.match(text):
        return True
    if voice == "alert":
        own = any(form.search(text) for form in (_OWN_VOICE, _WITH_CODE, _FAILED))
        return own or refuses(text) or asks_to_correct(text)
    return refuses_a_value(text) if voice == "text" else _OF_THE_PAGE.match(text) is not None


_OF_THE_PAGE = re.compile(
    rf"^(?:sorry[,:!.\s]*)?(?:we|the (?:server|site|page|link)|this (?:page|site|link)|your session)\b[^?!]{{0,60}}?"
    rf"\b{_FAILS}|^(?:page|session|site|link) (?:\w+ )?{_FAILS}|^(?:under |down for )maintenance\b"
)
"""What a heading says of the page, and would not say of a record of the same name."""


def _title(observation: Observation) -> list[tuple[_Voice, str]]:
    parts = re.split(r"\s[·|–—-]\s", normalise(observation.title))[:1]
    return [("heading", part) for part in parts if part]


def _of_elements(observation: Observation) -> list[tuple[_Voice, str]]:
    found: list[tuple[_Voice, str]] = []
    for element in observation.elements:
        if element.role in _ALERTS:
            found.append(("alert", normalise(element.name)))
        elif element.role == "heading":
            found.append(("heading", normalise(element.name)))
    return found


@lru_cache(maxsize=64)
def _statements(page: str) -> tuple[tuple[_Voice, str], ...]:
    """What alerts, headings and text nodes of a tree say, with whose voice; nothing within content."""
    found: list[tuple[_Voice, str]] = []
    around: list[tuple[int, str]] = []
    field = ""
    for line in page.splitlines():
        role, match = role_of(line), _LINE.match(line)
        if role is None or match is None:
            continue
        depth = len(match["indent"].expandtabs(4))
        while around and around[-1][0] >= depth:
            around.pop()
        text = normalise(match["named"] or match["said"] or "")
        regions = {region for _, region in around}
        within_alert = role in _ALERTS or not regions.isdisjoint(_ALERTS)
        content = regions & _CONTENT - ({"listitem"} if within_alert else frozenset())
        if text and len(text) <= _LONGEST_REPORT and not content:
            if within_alert and role in _TEXTS | _ALERTS | {"heading", "listitem"}:
                found.append(("alert", text))
            elif role == "heading":
                found.append(("heading", text))
            elif role in _TEXTS:
                found.append(("alert" if names_its_field(text, field) else "text", text))
        field = text if role in _FIELDS else field
        around.append((depth, role))
    return tuple(found) if around else (*_markdown_headings(page), *_first_line(page))


def _markdown_headings(page: str) -> list[tuple[_Voice, str]]:
    """The headings of a page that is told as Markdown."""
    headings = (normalise(match["said"]) for match in _MARKDOWN_HEADING.finditer(page))
    return [("heading", text) for text in headings if text and len(text) <= _LONGEST_REPORT]


_MARKDOWN_HEADING = re.compile(r"^#{1,3}[ \t]+(?P<said>\S.*?)[ \t#]*$", re.MULTILINE)


def _first_line(text: str) -> list[tuple[_Voice, str]]:
    """The first line of a page, or of a tool's answer, that is told as plain text."""
    lines = [normalise(line) for line in text.splitlines() if line.strip()][:1]
    return [("heading", line) for line in lines if len(line) <= _LONGEST_REPORT]
