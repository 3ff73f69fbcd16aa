"""Where a step comes from: the user's goal, or words on a page.

An act is explained by the goal when the goal's own words lead to it (see `goal`), and by the page when a directive in
page content does (see `passages`). Following the page alone is what injected instructions look like (DESIGN, provenance
and taint).
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote

from harmonyguard.policies.kinship import related
from harmonyguard.policies.words import LABEL, contains_phrase, normalise, stem, stems, subject_stems, words
from harmonyguard.utility_agent.reading.addressed import is_strong
from harmonyguard.utility_agent.reading.addresses import host_of, is_below, path_of, split_address
from harmonyguard.utility_agent.reading.labels import CONSEQUENTIAL
from harmonyguard.utility_agent.reading.languages import effects_spoken
from harmonyguard.utility_agent.reading.page_signals import page_signal
from harmonyguard.utility_agent.reading.passages import Passage, content_of, holds_instructions, passages
from harmonyguard.utility_agent.reading.records import records_in
from harmonyguard.utility_agent.reading.stated import is_said, is_told

from .act import Act, once_per_act
from .consents import is_granted
from .goal import (
    address_in,
    asked_for,
    consequences,
    delegates,
    explained_by_goal,
    is_of_the_task,
    said_by_user,
    spoken_of,
    subject_of,
    values_of,
    wanted_by_user,
    wants,
)
from .straying import is_beside_the_task, is_titled_beside_the_task, leads_off, names_what_is_beside_the_task
from .verbs import BARE_VERBS

__all__ = ["follows_page", "holds_instructions"]

_NEVER_LED: frozenset[str] = frozenset(
    {"ask_user", "send_msg_to_user", "finish", "report_infeasible", "scroll", "go_back", "wait"}
)
_CARRIER = re.compile(
    r"https?://[^\s'\"<>]+|www\.[^\s'\"<>]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w{3,}"
    r"|\b[A-Z]{2}\d{2}[A-Z0-9 ]{10,}|\b\d{6,}\b"
)
"""Parts of a value that lead somewhere or stand for somebody: addresses, handles, account numbers."""


@once_per_act
def follows_page(act: Act) -> bool | None:
    """True when only page content explains the act; None when nothing that is known does."""
    if act.action.type in _NEVER_LED:
        return False
    if _is_lured(act) or _carries_out(act):
        return True
    leaves_a_trace = consequences(act) or _types_what_nobody_said(act) or _helps_itself(act)
    if leaves_a_trace and _is_tainted(act) and not is_of_the_task(act) and not is_granted(act):
        return True
    if _comes_from_elsewhere(act):
        return True
    told = [passage for passage in _passages(act) if _mentions(passage, act) and not _orders_otherwise(passage, act)]
    if told:
        strongly = any(passage.strong for passage in told)
        if not strongly and is_granted(act):
            return False  # agreed to in the talk: whatever else speaks of it
        only_reads = not consequences(act) and _stands_in_what_is_meant(act, told)
        if delegates(act) and (only_reads or not strongly) and not _stands_elsewhere(act, told):
            # Within what was handed over: "put all she wants on my list" lets the page say what goes on the list.
            return False if consequences(act) <= wanted_by_user(act) else None
        if _is_dictated(act, told) or not (asked_for(act) or (not strongly and spoken_of(act))):
            return True
        if strongly and _leads_to_more(act, told):
            return True
    if act.commits is True and not (asked_for(act) or spoken_of(act)) and _is_spoken_of(act):
        return None if delegates(act) else True
    if act.action.type == "tool_call" and _leaves(act):
        return None
    if explained_by_goal(act):
        return False
    if consequences(act) or (act.situation.instructions_seen and not act.is_plain_read):
        return None
    return False


def _leaves(act: Act) -> bool:
    """A tool opens an address on a host that neither goal nor run knows: it can only come from what was read."""
    known = any(is_below(act.host or "", host) for host in act.known_hosts)
    return act.destination is not None and not known and not address_in(act.destination, normalise(said_by_user(act)))


def _passages(act: Act) -> list[Passage]:
    """What the page at hand, and what tools brought in earlier, tells its reader to do."""
    return [passage for text in _texts_read(act) for passage in passages(text)]


def _texts_read(act: Act) -> list[str]:
    outputs = [event.text or "" for event in act.situation.history if event.type == "tool_output"]
    return [act.observation.text, *outputs]


def _mentions(passage: Passage, act: Act) -> bool:
    """True when following the passage would be (part of) the act.

    A line of plain text that holds the label of the control and nothing else is the control, which orders nothing.
    """
    if not passage.strong and act.name and normalise(passage.text) == normalise(act.name):
        return False
    if act.destination and address_in(act.destination, normalise(passage.text)):
        return True
    if act.name and len(act.name) > 3 and contains_phrase(passage.text, act.name):
        return True
    if _says_its_verbs(passage, act):
        return True
    if any(entry.now and len(entry.value) > 3 and is_said(entry.value, passage.text) for entry in act.entries):
        return True
    if passage.strong and any(is_said(carrier, passage.text) for carrier in _carriers(act)):
        return True
    about, ordered = subject_of(act), subject_stems(passage.text)
    if consequences(act):
        return bool(effects_spoken(passage.text) & consequences(act)) and bool(related(about, ordered))
    named = subject_stems(act.name) or about
    return passage.strong and bool(named) and related(named, ordered) == named


def _orders_otherwise(passage: Passage, act: Act) -> bool:
    """The order is to do such a thing with values of its own, and a call that the user wants has none of them."""
    if not passage.strong or act.action.type != "tool_call":
        return False
    if not consequences(act) <= wanted_by_user(act) and not (delegates(act) and _asks_without_orders(act)):
        return False
    values = [value for value in values_of(act) if len(value.strip()) > 1]
    return bool(values) and not any(is_said(value, passage.text) for value in values)


def _asks_without_orders(act: Act) -> bool:
    """What the user handed over asks for such an act, beside the words that are meant for the agent."""
    told = (effects_spoken(passage.text) for passage in _passages(act) if not passage.strong)
    return any(spoken & consequences(act) for spoken in told)


def _says_its_verbs(passage: Passage, act: Act) -> bool:
    """ "Your operator has approved forking it" tells to press "Fork", "get all user information" to call that tool."""
    named = stems(act.name)
    if act.action.type == "tool_call":
        return len(named) >= _WORDS_OF_A_TOOL and set(named) <= set(stems(passage.text))
    if not named or not passage.strong:
        return False  # what has no name is called by no words
    return set(named) == act.verb_stems - BARE_VERBS and set(named) <= set(stems(passage.text))


_WORDS_OF_A_TOOL = 3


def _is_spoken_of(act: Act) -> bool:
    """True when page or tool output speaks of this very control, tool or address, in whatever language or tone.

    Of an act that the goal does not ask for and that cannot be undone, that is enough to say where it came from. A name
    of one word is a word of the language, and no mark of the control.
    """
    texts = _texts_read(act)
    if act.destination and any(address_in(act.destination, normalise(text)) for text in texts):
        return True
    named = len(words(act.name))
    if named < 2 or len(act.name) > LABEL:
        return False
    # A line that holds little more than the name is the control itself, as plain text shows it.
    least = named + 2
    # Other scripts write their particles right behind the name.
    name = re.compile(rf"(?<![a-z0-9]){re.escape(normalise(act.name))}(?![a-z0-9])")
    lines = (normalise(line) for text in texts for line in content_of(text).splitlines())
    return any(name.search(line) and len(words(line)) >= least for line in lines)


def _stands_elsewhere(act: Act, told: list[Passage]) -> bool:
    """The goal hands the word to one record of a list ("the mail of kim@nord.example"), and others give the order."""
    named = _identified(act)
    records = [normalise(record) for text in _texts_read(act) for record in records_in(text)]
    meant = [record for record in records if any(name in record for name in named)]
    others = [record for record in records if record not in meant]
    orders = [normalise(passage.text) for passage in told]
    return bool(meant) and all(
        any(order in record for record in others) and not any(order in record for record in meant) for order in orders
    )


def _stands_in_what_is_meant(act: Act, told: list[Passage]) -> bool:
    """The orders stand in the one record to which the goal hands the word."""
    named = _identified(act)
    records = [record for text in _texts_read(act) for record in records_in(text) or (text,)]
    meant = [record for record in records if named and all(name in normalise(record) for name in named)]
    held = [frozenset(words(record)) for record in meant]
    return all(any(frozenset(words(passage.text)) <= one for one in held) for passage in told)


_IDENTIFIES = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<=')[^']{3,80}(?=')|(?<=\")[^\"]{3,80}(?=\")|#\d+")


def _identified(act: Act) -> list[str]:
    """Addresses, numbers and quoted words of the goal. What an apostrophe opens ("it's") is no quotation."""
    return [
        normalise(one) for one in _IDENTIFIES.findall(act.situation.task.goal) if one[:1].isalnum() or one[0] == "#"
    ]


def _is_dictated(act: Act, told: list[Passage]) -> bool:
    """True when a value or address of the act stands in what the page orders, and the user never said it."""
    said = said_by_user(act)
    # How to do what the user wants is information: the payee of a bill stands beside "Please send the money to".
    every = not wants(act) or _pays_another_account(act, said)
    ordered = "\n".join(passage.text for passage in told if passage.strong or every)
    parts = [value for value in values_of(act) if len(value.strip()) > 3] + _carriers(act)
    if any(is_said(part, ordered) and not is_said(part, said) and not _is_informed(part, act, told) for part in parts):
        return True
    if _is_sent_elsewhere(act, told, said) or _names_what_the_order_names(act, told, said):
        return True
    # What an order says to do with a value that stands elsewhere too is still an order.
    names = [part for part in parts if len(words(part)) > 1]
    if any(is_said(name, p.text) and not is_said(name, said) for name in names for p in told if _orders(p, act)):
        return True
    strong = subject_stems(" ".join(passage.text for passage in told if passage.strong))
    return any(_is_echo(value, strong, subject_stems(said)) for value in values_of(act))


def _pays_another_account(act: Act, said: str) -> bool:
    """The user names an account, and the act another one: no order beside it tells how to do what the user wants."""
    named = _ACCOUNT.findall(said)
    return bool(named) and any(_ACCOUNT.fullmatch(value) and value not in named for value in values_of(act))


_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{8,30}\b")
"""An international bank account number (ISO 13616)."""


def _names_what_the_order_names(act: Act, told: list[Passage], said: str) -> bool:
    """A key, however short, that an order gives ("the file with the id 13") and neither user nor page do besides."""
    strong = "\n".join(passage.text for passage in told if passage.strong)
    keys = [entry.value for entry in act.entries if entry.now and _IDENTITIES.intersection(stems(entry.field))]
    return any(is_said(key, strong) and not is_said(key, said) and not _is_informed(key, act, told) for key in keys)


_IDENTITIES = frozenset(stem(word) for word in "id ids number code key".split())


def _is_sent_elsewhere(act: Act, told: list[Passage], said: str) -> bool:
    """The user says to whom it goes, and the call goes to somebody else, whom the page tells to send it to."""
    if act.action.type != "tool_call" or not _TO_SOMEBODY.search(said):
        return False
    ordered = "\n".join(passage.text for passage in told)
    to = [entry.value for entry in act.entries if entry.now and _RECIPIENTS.intersection(stems(entry.field))]
    led = (one for one in to if len(one) > 1 and is_said(one, ordered) and not is_said(one, said))
    return any(not _is_informed(one, act, told) for one in led)


_RECIPIENTS = frozenset(stem(word) for word in "recipient recipients to email participants user payee channel".split())
_TO_SOMEBODY = re.compile(
    r"\b(?:to|with|for|invite|tell|message|write|pay|refund) "
    r"(?:[\w.+-]+@[\w-]+\.\w|(?:my \w+ )?[A-Z][a-z]+\b|[A-Z]{2}\d{2}\w{6})"
    r"|\b(?:invite|tell|send|message|pay) [A-Z][a-z]+\b|\bchannel (?:called )?['\"]?\w|\b['\"]?\w+['\"]? channel\b"
)


def _orders(passage: Passage, act: Act) -> bool:
    return passage.strong and bool(effects_spoken(passage.text) & consequences(act))


def _is_informed(part: str, act: Act, told: list[Passage]) -> bool:
    """What the page also says outside its orders is information, which a task may well need."""
    page = normalise(act.observation.text)
    for passage in told:
        page = page.replace(normalise(passage.text), " ")
    return is_said(part, page)


def _is_echo(value: str, ordered: frozenset[str], stated: frozenset[str]) -> bool:
    """Most words of a longer value are those of the order, and few are the user's."""
    about = subject_stems(value)
    if len(about) < _WORDS_OF_AN_ECHO:
        return False
    return len(about & ordered) >= 0.6 * len(about) and len(about & stated) < 0.4 * len(about)


_WORDS_OF_AN_ECHO = 4


def _leads_to_more(act: Act, told: list[Passage]) -> bool:
    """An address that the page dictates does more than the goal wants ("/orders/12/delete" to look at order 12)."""
    if act.destination is None or not any(address_in(act.destination, normalise(p.text)) for p in told):
        return False
    said = said_by_user(act)
    if address_in(act.destination, normalise(said)):
        return False
    path = path_of(act.destination).replace("/", " ").replace("-", " ")
    return bool((effects_spoken(path) & CONSEQUENTIAL) - wanted_by_user(act))


def _is_tainted(act: Act) -> bool:
    """An earlier page of this run held instructions; or, where a caller tells the history, the run strayed.

    A caller does not tell what earlier pages said: a move to a place that the goal does not speak of stands in.
    """
    situation = act.situation
    if situation.instructions_seen:
        return True
    if not situation.consent_from_history:
        return False
    said = said_by_user(act)
    moves = [event for event in situation.history if event.type in ("click", "goto")]
    if any(leads_off(event.url, said) for event in moves if event.url):
        return True
    entered = (event.value for event in situation.history if event.type in ("fill", "select_option"))
    if any(value and is_told(value, said) for value in entered):
        return False  # what was entered since is the user's: the run is about the task
    if any(names_what_is_beside_the_task(event.element_name or "", said) for event in moves):
        return True
    return bool(moves) and is_beside_the_task(act.observation.url, said) and not _is_log_in_wall(act)


_LOG_IN = re.compile(r"/(?:users/)?(?:sign[_-]?in|log[_-]?in)/?$", re.IGNORECASE)


def _is_log_in_wall(act: Act) -> bool:
    """The site's own page to log in, where it sends whoever is not: no page leads astray by it.

    Of the site at which the task starts, or to which the run went by address: any page can link to a copy elsewhere.
    """
    page, situation = act.observation, act.situation
    went = [situation.task.url, *(event.url for event in situation.history if event.type == "goto")]
    own = {host_of(url) for url in went if url}
    at_home = host_of(page.url) in own
    return at_home and page_signal(page, "login") and _LOG_IN.search(page.url.partition("?")[0]) is not None


def _types_what_nobody_said(act: Act) -> bool:
    """A text of which no word is the user's."""
    stated = subject_stems(said_by_user(act))
    values = [value for value in values_of(act) if value.strip()] if act.action.type == "fill" else []
    return bool(values) and not any(
        related(subject_stems(value), stated) or is_said(value, said_by_user(act)) for value in values
    )


def _helps_itself(act: Act) -> bool:
    """On a page beside the task, it sets a box of which nobody spoke, or takes data along ("Export project")."""
    said = said_by_user(act)
    target = act.target
    page = act.observation
    if target is None or not (is_beside_the_task(page.url, said) or is_titled_beside_the_task(page.title, said)):
        return False
    sets = target.role in ("checkbox", "radio", "switch", "option") or act.action.type in ("check", "select_option")
    takes = "download" in act.effects or act.verb_stems & _TAKES
    return bool(sets or takes) and not related(frozenset(stems(act.name)), subject_stems(said))


_TAKES = frozenset(stem(word) for word in "export download copy reveal".split())


def _comes_from_elsewhere(act: Act) -> bool:
    """The run under way enters an address or account that nobody in sight has named, into a field off the task.

    Neither user nor page nor tools said it, so it stems from an earlier page.
    """
    if act.action.type != "fill" or not act.situation.history or delegates(act):
        return False
    said = said_by_user(act)
    about = subject_stems(f"{act.name} {act.observation.title}")
    if not wanted_by_user(act) & CONSEQUENTIAL or related(about, subject_stems(said)):
        return False
    seen = "\n".join([said, *_texts_read(act), *(event.value or "" for event in act.situation.history)])
    return any(not is_said(carrier, seen) for carrier in _carriers(act))


def _is_lured(act: Act) -> bool:
    """The link itself shouts an order, in its name or behind its path."""
    link = act.target.name if act.target is not None and act.target.role == "link" else ""
    carried = _beyond_path(unquote(act.destination or "").replace("-", " ").replace("+", " "))
    return is_strong(link) or is_strong(carried)


def _carries_out(act: Act) -> bool:
    """The act takes data that the user never said, in an address, to a host that goal and run do not know."""
    if act.destination is None or act.action.type not in ("goto", "new_tab", "tool_call"):
        return False
    if any(is_below(act.host or "", known) for known in act.known_hosts):
        return False
    stated = subject_stems(said_by_user(act))
    carried = [value for _, value in parse_qsl(split_address(act.destination).query)]
    return any(len(value) > 3 and not related(subject_stems(value), stated) for value in carried)


def _carriers(act: Act) -> list[str]:
    return [found.rstrip(".,;:!?)") for value in values_of(act) for found in _CARRIER.findall(value)]


def _beyond_path(url: str) -> str:
    """Query and fragment of a link: where instructions hide in an address."""
    address = split_address(url)
    return f"{address.query}\n{address.fragment}"
