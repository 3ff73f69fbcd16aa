"""Reads clauses about everything but form fields: pressing, opening, searching, replying, telling, waiting."""

from __future__ import annotations

import re
from dataclasses import replace

from .clauses import FIELD_LIKE, VERBS, Q
from .control_phrases import read_control
from .extremes import read_extreme
from .field_readers import match, place_of
from .instruction import Instruction
from .quoted_text import clean_name
from .record_phrases import pairs, record, split_at

_KEYS = re.compile(
    r"^(?:the )?(enter|return|escape|esc|tab|space|backspace|arrow(?:up|down|left|right))(?: key)?$", re.I
)
_USER = r"(?:the user|user|me|us|your user)"
_PRONOUN = re.compile(
    r"^(?:it|him|her|them|this|that)(?: (?:e-?mail|message|ticket|person|customer|one))?$", re.IGNORECASE
)


def look_around(text: str) -> Instruction | None:
    """`Switch between the tabs to find`, `Navigate through the file tree`: the way is found without being told."""
    wander = (
        r"(?:switch|browse|look|navigate|flip|page|click|search|scroll) (?:between|through|around|over|across) .+|"
        r"(?:expand|open|use|scroll|switch|search|browse|check) [^\ue000]*?,? to find,?|find|locate|look|search|browse"
    )
    return None if match(wander, text) is None else Instruction("look_around")


def expand(text: str) -> Instruction | None:
    """`Expand the section below`."""
    found = match(r"(?:expand|unfold|uncollapse) (?P<name>.+)", text)
    if found is None:
        return None
    control = read_control(found["name"])
    return Instruction("expand", target=control.name, control=control)


def wait(text: str) -> Instruction | None:
    """`Wait 2 seconds`."""
    found = match(r"wait(?: for)? (?P<number>\d+(?:\.\d+)?) ?(?P<unit>milliseconds|ms|seconds?|secs?|s)", text)
    if found is None:
        return None
    factor = 1 if found["unit"].lower() in ("ms", "milliseconds") else 1000
    return Instruction("wait", value=str(int(float(found["number"]) * factor)))


def scroll(text: str) -> Instruction | None:
    """`Scroll the text area to the bottom`, `Scroll down`."""
    found = match(
        r"scroll (?:(?P<what>.+?) )?to (?:the )?(?P<end>bottom|top|end|start|beginning)(?: of (?P<of>.+))?", text
    )
    if found is not None:
        end = "bottom" if found["end"].lower() in ("bottom", "end") else "top"
        control = read_control(found["what"] or found["of"] or "page")
        return Instruction("scroll", value=end, control=control)
    found = match(r"scroll (?P<way>down|up)(?: .*)?", text)
    return None if found is None else Instruction("scroll", value=found["way"].lower())


def click(text: str) -> Instruction | None:
    """`Click the "OK" button`, `Press Enter`, `Click the 2nd checkbox`, `Focus into the textbox`."""
    found = match(
        r"(?P<verb>click|tap|hit|push|press|focus)(?: (?:on|into|in))? (?P<name>.+?)"
        r"(?P<many> (?:on|for|of|in) (?:all|(?P<count>\d+))(?: the)? [\w ]+? (?:by|of|from|for) (?P<owner>.+))?",
        text,
    )
    if found is None:
        return None
    key = _KEYS.match(found["name"]) if found["verb"].lower() in ("press", "hit") else None
    if key is not None:
        return Instruction("press", value=key[1])
    name, context, control = place_of(found["name"])
    if found["many"]:
        count = int(found["count"]) if found["count"] else None
        return Instruction(
            "click",
            target=name,
            context=found["owner"],
            control=replace(control or read_control(found["name"]), every=True, count=count),
        )
    return Instruction("click", target=name, context=context, control=control)


def pick_extreme(text: str) -> Instruction | None:
    """`Buy the ticket with the shortest duration`, `Choose the cheapest room`."""
    found = match(r"(?P<word>buy|book|order|choose|select|pick|click|take|get|open|reserve)(?: on)? (?P<rest>.+)", text)
    extreme = None if found is None else read_extreme(found["rest"])
    if found is None or extreme is None:
        return None
    thing, which = extreme
    return Instruction("click", word=found["word"].lower(), thing=thing, extreme=which)


def open_record(text: str) -> Instruction | None:
    """`Open the ticket "X"`, `Go to Settings`, `Go to https://...`, `Go back`, `Find Anna in the list`."""
    if match(r"(?:go|navigate) back(?: .*)?", text):
        return Instruction("go_back")
    if match(r"open (?:a|an) (?:new )?[\w -]+? (?:with|where|whose|titled|called|named) .+", text):
        return act(re.sub(r"^open", "create", text, flags=re.IGNORECASE))
    found = match(
        r"(?:open|go to|navigate to|visit|view|show|go into|find|locate|look up)"
        r"(?: the (?:page|site|url)(?: at)?)? (?P<name>.+)",
        text,
    )
    if found is None:
        return None
    address = re.search(r"https?://[^\s\ue000\ue001]+", found["name"])
    if address is not None:
        return Instruction("goto", value=address[0].rstrip(".,;)>"))
    control = read_control(found["name"])
    if control.ordinal is not None and control.kind in ("result", "link", "tab", "any"):
        return Instruction("click", control=control)
    place = re.compile(r"(?<=[\w\ue001]) (?:in|from) (?:the|my|your) [a-z]+(?: [a-z]+)?$")
    thing, name, context = record(place.sub("", found["name"]))
    return Instruction("open", target=name, thing=thing, context=context)


def search(text: str) -> Instruction | None:
    """`Search for X`, `Search the customers for X`."""
    found = match(r"(?:search|look)(?: (?P<where>[\w -]+?))? for (?P<value>.+?)(?: in (?:the )?(?P<field>.+))?", text)
    if found is None:
        return None
    where = found["field"] or found["where"]
    return Instruction("search", value=clean_name(found["value"]), thing=clean_name(where) if where else None)


def reply(text: str) -> Instruction | None:
    """`Reply to the ticket "X" with "Y"`, `Send a message to Anna saying "hi"`, `Comment "Done"`."""
    noun = r"(?P<noun>reply|comment|note|message|answer|response)"
    told = r"(?:with|saying|that says|reading|containing|:)"
    kinds = r"(?:public |internal |private |short |customer )*"
    for pattern in (
        rf"(?:reply|respond|comment)(?: (?:to|on) (?P<to>.+?))?:?(?: {told}| that)? ?"
        rf"(?:the (?:text|message) )?(?P<value>{Q})",
        rf"(?:post|write|send|add|leave) (?:a|an|the|this)? ?{kinds}{noun}(?: (?:to|on|for) (?P<to>.+?))?,?"
        rf"(?: {told})? ?(?P<value>{Q})(?: (?:to|on) (?P<to2>.+))?",
        rf"send (?P<value>{Q})(?: (?:to|as) (?P<to>.+))?",
        rf"answer (?P<to>(?:the )?(?:ticket|customer|question|message|request)\b.*?) {told} ?(?P<value>.+)",
        rf"(?:reply|respond|comment)(?: (?:to|on) (?P<to>.+?))? ?{told} ?(?P<value>.+)",
    ):
        found = match(pattern, text)
        if found is not None:
            parts = found.groupdict()
            to = parts.get("to") or parts.get("to2")
            thing, name, _ = record(to) if to and not _PRONOUN.match(to) else (None, None, None)
            return Instruction(
                "reply", target=name, thing=thing, value=found["value"], word=parts.get("noun") or "reply"
            )
    return None


def forward(text: str) -> Instruction | None:
    """`Forward that email to Brooke`, `Send it to Frankie`, `Send to Neille the email you got from Helena`."""
    mail = r"(?:e-?mail|message|mail|note)"
    sender = r"(?:you|i|we)? ?(?:got|have|received|sent)? ?(?:by|from|of)"
    for pattern in (
        rf"(?:forward|send|pass|email|give)(?: on)? (?:the |my )?(?P<what>(?:it|that|this)(?: {mail})?|"
        rf"{mail} {sender} (?P<of>\S+)|(?P<whose>[\w]+)'s {mail})(?: on| along)? to (?P<to>[\w.@-]+)",
        rf"(?:forward|send|pass|email|give)(?: on)?(?: to)? (?P<to>[A-Z][\w.@-]*) (?:the |my )?(?P<what>{mail}) "
        rf"{sender} (?P<of>\S+)",
        rf"forward (?:to )?(?P<to>[A-Z][\w.@-]*) (?P<what>{mail}) (?:from|by) (?P<of>\S+)",
    ):
        found = match(pattern, text)
        if found is not None:
            parts = found.groupdict()
            of = parts.get("of") or parts.get("whose")
            return Instruction("forward", target=of, thing="email" if of else None, value=found["to"], word="forward")
    return None


def tell(text: str) -> Instruction | None:
    """`Tell me the total`, `Report the status`."""
    found = match(
        rf"(?:tell|inform|notify|let|show|give) {_USER}(?: know)?(?: that| about| of)?,? ?(?P<value>.+)|"
        r"(?:answer|report|say|return|report back)(?: with| that| to me)?:? (?P<other>.+)",
        text,
    )
    return None if found is None else Instruction("tell", value=found["value"] or found["other"])


def sign_in(text: str) -> Instruction | None:
    """`Log in as anna with the password X`."""
    found = match(
        r"(?:log|sign) in(?:to [\w ]+?)? (?:as|with)(?: (?:user|username|e-?mail))? (?P<user>\S+)"
        r"(?:,? (?:and|with|using))*(?: the)? password (?P<password>\S+)",
        text,
    )
    return None if found is None else Instruction("sign_in", target=found["user"], value=found["password"])


def act(text: str) -> Instruction | None:
    """Any other verb with its object and its fields: `Create a ticket with priority High`, `Delete "Bob"`."""
    found = match(r"(?P<word>(?:log|sign) (?:in|out)|[a-z]{3,})(?: (?P<rest>.+))?", text)
    if found is None or len(text) > 300:
        return None
    word, rest = found["word"].lower(), found["rest"] or ""
    body, _, tail = split_at(rest, r"\s+(?:with|where|having|whose)\s+")
    fields = list(pairs(tail))
    titled = match(rf"(?P<body>.*?) (?P<by>called|named|titled|entitled) (?P<name>{Q}|.+)", body)
    if titled is not None:
        fields.insert(0, ("title" if titled["by"].lower().endswith("titled") else "name", titled["name"]))
        body = titled["body"]
    thing, name, context = record(body) if body and not _PRONOUN.match(body) else (None, None, None)
    known = re.fullmatch(VERBS, word.split()[0]) is not None and word not in FIELD_LIKE
    return Instruction("act", word=word, target=name, thing=thing, fields=tuple(fields), context=context, strong=known)
