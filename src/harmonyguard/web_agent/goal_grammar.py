"""Reads an imperative goal ("Open the ticket "X". Reply "Done" and set Status to Closed.") into instructions.

A pure parser: no page, no model. What it cannot read it keeps as an `act` on a control named like the clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from .quoted_text import clean_name, hide_quotes, is_quoted, show_quotes, split_name

Verb = Literal[
    "fill",
    "set",
    "check",
    "uncheck",
    "click",
    "press",
    "open",
    "goto",
    "search",
    "act",
    "reply",
    "go_back",
    "tell",
    "sign_in",
]


@dataclass(frozen=True)
class Instruction:
    """One thing that the goal asks for.

    `target` names a field, control or record; `thing` is the kind of record ("ticket"); `value` is what to type,
    choose or say; `word` is the verb as written (for `act`: "create", "delete", "refund"); `fields` are the
    field and value pairs of "with ..."; `context` names the region or record the target belongs to; `text` is
    the clause as the goal has it. `strong` is False for a reading that rests on an unknown verb.
    """

    verb: Verb
    text: str = ""
    target: str | None = None
    value: str | None = None
    thing: str | None = None
    word: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    context: str | None = None
    strong: bool = True


_FILL = r"(?:enter|type|write|input|put|insert)"
_VERBS = (
    rf"{_FILL}|fill|set|change|update|switch|select|choose|pick|check|tick|uncheck|untick|enable|disable|turn|click|"
    r"press|tap|hit|push|open|go|navigate|visit|view|show|search|look|find|create|add|make|file|register|delete|"
    r"remove|erase|discard|reply|respond|comment|post|leave|send|tell|inform|notify|let|answer|report|say|log|sign|"
    r"save|submit|confirm|cancel|close|reopen|archive|approve|reject|refund|assign|export|upload|mark|share|forward|"
    r"download|give|return|issue|grant|escalate|merge"
)
_FIELD_LIKE = {"type", "email", "enter", "view", "report", "check", "input", "search", "comment", "file", "return"}
_FILLERS = re.compile(
    r"^(?:(?:please|kindly|now|next|first|firstly|finally|lastly|also|then|and|afterwards|after that|instead|"
    r"immediately|you (?:must|should|need to|have to)|make sure (?:to|you)|(?:do not )?forget to|"
    r"before (?:doing )?(?:anything else|you (?:do anything else|continue|reply|go on))|"
    r"(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|earlier|prior|other|above) \w+|"
    r"(?:dear |hey |hello |attention |note to |to )?(?:the )?(?:ai|automated|support|web|browser) ?"
    r"(?:assistants?|agents?|bots?)"
    r")(?:[\s,:!.-]+|$)(?:and |to )?)+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"^[^:]{{1,60}}:\s+(?=(?:please\s+)?(?:{_VERBS})\b)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s*\n+\s*|,?\s+(?:and\s+)?then,?\s+", re.IGNORECASE)
_JOINER = re.compile(rf"(?:,\s*(?:and\s+)?|\s+and\s+)(?=(?:{_VERBS})\b)", re.IGNORECASE)
_KEYS = re.compile(
    r"^(?:the )?(enter|return|escape|esc|tab|space|backspace|arrow(?:up|down|left|right))(?: key)?$", re.I
)
_QUESTION = re.compile(r"^(?:what|which|who|whose|how|when|where|is|are|does|do|did|has|have)\b.*\?$", re.IGNORECASE)
_Q = "\ue000\\d+\ue001"
_STATEMENT = re.compile(
    r"^(?:the|its|their|my|our) (?P<name>[\w -]+?) (?:is|are|should be|must be|will be) (?P<value>.+)$", re.IGNORECASE
)
_NO_INSTRUCTION = re.compile(
    r"^(?:the|a|an|i|we|you|he|she|it|they|this|that|these|those|there|my|our|your|his|her|their|its|if|when|while|"
    r"because|but|or|as|with|without|thanks?|hello|hi|dear|regards|note|not|no|do not|don't|never|yes|only)\b",
    re.IGNORECASE,
)
_USER = r"(?:the user|user|me|us|your user)"


def parse_goal(goal: str) -> tuple[Instruction, ...]:
    """The instructions of a goal, in order. Never raises: text without an instruction gives none."""
    hidden, quotes = hide_quotes(goal)
    found = []
    for sentence in _SENTENCE.split(hidden):
        for clause in _clauses(sentence):
            instruction = _read(clause)
            if instruction is not None:
                found.append(_show(instruction, clause, quotes))
    return tuple(found)


def statements(goal: str) -> tuple[tuple[str, str], ...]:
    """What a goal states without asking for an act: ("reason", "Damaged") for `The reason is "Damaged".`"""
    hidden, quotes = hide_quotes(goal)
    found = []
    for sentence in _SENTENCE.split(hidden):
        stated = _STATEMENT.match(re.sub(r"[.!?]+$", "", sentence.strip()))
        if stated is not None:
            found.append((clean_name(stated["name"]), show_quotes(stated["value"], quotes, marks=False)))
    return tuple((show_quotes(name, quotes, marks=False), value) for name, value in found)


def _clauses(sentence: str) -> list[str]:
    """Splits at "and" or a comma where a clause that reads on its own starts."""
    clauses = [sentence.strip()]
    start = 0
    for joint in _JOINER.finditer(sentence):
        head, tail = sentence[start : joint.start()], sentence[joint.end() :]
        following = _read(_JOINER.split(tail, maxsplit=1)[0])
        if not head.strip() or following is None or not following.strong:
            continue
        clauses[-1:] = [head.strip(), tail.strip()]
        start = joint.end()
    return [clause for clause in clauses if clause]


def _read(clause: str) -> Instruction | None:
    text = _ADDRESS.sub("", clause.strip())
    text = _FILLERS.sub("", text).strip().rstrip(";,")
    if _QUESTION.match(text):
        return Instruction("tell", value=text)
    text = re.sub(r"[.!?]+$", "", text).strip()
    if not text or _STATEMENT.match(text) or _NO_INSTRUCTION.match(text):
        return None
    for reader in _READERS:
        instruction = reader(text)
        if instruction is not None:
            return instruction
    return None


def _match(pattern: str, text: str) -> re.Match[str] | None:
    return re.match(rf"^(?:{pattern})$", text, re.IGNORECASE | re.DOTALL)


def _fill(text: str) -> Instruction | None:
    for pattern in (
        rf"{_FILL} (?P<value>{_Q}) (?:into|in|to|as|for|on|at) (?P<field>.+)",
        rf"{_FILL} (?P<value>.+) into (?P<field>.+)",
        r"fill (?:in |out )?(?P<field>.+?) (?:with|as) (?P<value>.+)",
        r"fill (?:in )?(?P<value>.+) (?:into|in) (?P<field>.+)",
        rf"{_FILL} (?P<value>.+) (?:in|as|for) (?P<field>.+)",
        rf"{_FILL} (?P<value>{_Q})",
    ):
        found = _match(pattern, text)
        if found is not None:
            field = found.groupdict().get("field")
            name, context = split_name(field) if field else (None, None)
            return Instruction("fill", target=name, value=found["value"], context=context)
    return None


def _set(text: str) -> Instruction | None:
    found = _match(r"(?:set|change|update|switch|turn|mark) (?P<field>.+?) (?:to|as) (?P<value>.+)", text)
    if found is None:
        return None
    name, context = split_name(found["field"])
    if text.lower().startswith("mark"):
        return Instruction("set", target="status", value=found["value"], context=name)
    return Instruction("set", target=name, value=found["value"], context=context)


def _select(text: str) -> Instruction | None:
    found = _match(r"(?:select|choose|pick) (?P<value>.+?)(?: (?:in|from|for|as|under) (?P<field>.+))?", text)
    if found is None:
        return None
    if found["field"] is None:
        return Instruction("fill", value=clean_name(found["value"]), word="select")
    name, context = split_name(found["field"])
    return Instruction("fill", target=name, value=clean_name(found["value"]), context=context, word="select")


def _check(text: str) -> Instruction | None:
    off = _match(r"(?:uncheck|untick|disable|turn off|switch off|deactivate) (?P<name>.+)", text)
    if off is not None:
        return Instruction("uncheck", target=clean_name(off["name"]))
    on = _match(r"(?:check|tick|enable|turn on|switch on|activate) (?!that |whether |if |for |out )(?P<name>.+)", text)
    return None if on is None else Instruction("check", target=clean_name(on["name"]))


def _click(text: str) -> Instruction | None:
    found = _match(r"(?P<verb>click|tap|hit|push|press)(?: on)? (?P<name>.+)", text)
    if found is None:
        return None
    key = _KEYS.match(found["name"]) if found["verb"].lower() in ("press", "hit") else None
    if key is not None:
        return Instruction("press", value=key[1])
    name, context = split_name(found["name"])
    return Instruction("click", target=name, context=context)


def _open(text: str) -> Instruction | None:
    if _match(r"(?:go|navigate) back(?: .*)?", text):
        return Instruction("go_back")
    if _match(r"open (?:a|an) (?:new )?[\w -]+? (?:with|where|whose|titled|called|named) .+", text):
        return _act(re.sub(r"^open", "create", text, flags=re.IGNORECASE))
    found = _match(
        r"(?:open|go to|navigate to|visit|view|show|go into|find|look up)"
        r"(?: the (?:page|site|url)(?: at)?)? (?P<name>.+)",
        text,
    )
    if found is None:
        return None
    address = re.search(r"https?://[^\s\ue000\ue001]+", found["name"])
    if address is not None:
        return Instruction("goto", value=address[0].rstrip(".,;)>"))
    thing, name, context = _record(found["name"])
    return Instruction("open", target=name, thing=thing, context=context)


def _search(text: str) -> Instruction | None:
    found = _match(r"(?:search|look)(?: (?P<where>[\w -]+?))? for (?P<value>.+?)(?: in (?:the )?(?P<field>.+))?", text)
    if found is None:
        return None
    where = found["field"] or found["where"]
    return Instruction("search", value=clean_name(found["value"]), thing=clean_name(where) if where else None)


def _reply(text: str) -> Instruction | None:
    noun = r"(?P<noun>reply|comment|note|message|answer|response)"
    told = r"(?:with|saying|that says|reading|containing|:)"
    kinds = r"(?:public |internal |private |short |customer )*"
    for pattern in (
        rf"(?:reply|respond|comment)(?: (?:to|on) (?P<to>.+?))?:?(?: {told}| that)? ?"
        rf"(?:the (?:text|message) )?(?P<value>{_Q})",
        rf"(?:post|write|send|add|leave) (?:a|an|the|this)? ?{kinds}{noun}(?: (?:to|on|for) (?P<to>.+?))?,?"
        rf"(?: {told})? ?(?P<value>{_Q})(?: (?:to|on) (?P<to2>.+))?",
        rf"send (?P<value>{_Q})(?: (?:to|as) (?P<to>.+))?",
        rf"answer (?P<to>(?:the )?(?:ticket|customer|question|message|request)\b.*?) {told} ?(?P<value>.+)",
        rf"(?:reply|respond|comment)(?: (?:to|on) (?P<to>.+?))? ?{told} ?(?P<value>.+)",
    ):
        found = _match(pattern, text)
        if found is not None:
            parts = found.groupdict()
            to = parts.get("to") or parts.get("to2")
            thing, name, _ = _record(to) if to else (None, None, None)
            return Instruction(
                "reply", target=name, thing=thing, value=found["value"], word=parts.get("noun") or "reply"
            )
    return None


def _tell(text: str) -> Instruction | None:
    found = _match(
        rf"(?:tell|inform|notify|let|show|give) {_USER}(?: know)?(?: that| about| of)?,? ?(?P<value>.+)|"
        r"(?:answer|report|say|return|report back)(?: with| that| to me)?:? (?P<other>.+)",
        text,
    )
    return None if found is None else Instruction("tell", value=found["value"] or found["other"])


def _sign_in(text: str) -> Instruction | None:
    found = _match(
        r"(?:log|sign) in(?:to [\w ]+?)? (?:as|with)(?: (?:user|username|e-?mail))? (?P<user>\S+)"
        r"(?:,? (?:and|with|using))*(?: the)? password (?P<password>\S+)",
        text,
    )
    return None if found is None else Instruction("sign_in", target=found["user"], value=found["password"])


def _act(text: str) -> Instruction | None:
    found = _match(r"(?P<word>(?:log|sign) (?:in|out)|[a-z]{3,})(?: (?P<rest>.+))?", text)
    if found is None or len(text) > 300:
        return None
    word, rest = found["word"].lower(), found["rest"] or ""
    body, _, tail = _split_at(rest, r"\s+(?:with|where|having|whose)\s+")
    fields = list(_pairs(tail))
    titled = _match(rf"(?P<body>.*?) (?P<by>called|named|titled|entitled) (?P<name>{_Q}|.+)", body)
    if titled is not None:
        fields.insert(0, ("title" if titled["by"].lower().endswith("titled") else "name", titled["name"]))
        body = titled["body"]
    thing, name, context = _record(body) if body else (None, None, None)
    known = re.fullmatch(_VERBS, word.split()[0]) is not None and word not in _FIELD_LIKE
    return Instruction("act", word=word, target=name, thing=thing, fields=tuple(fields), context=context, strong=known)


_READERS: tuple[Callable[[str], Instruction | None], ...] = (
    _sign_in,
    _tell,
    _reply,
    _fill,
    _set,
    _select,
    _check,
    _click,
    _search,
    _open,
    _act,
)


def _record(text: str) -> tuple[str | None, str | None, str | None]:
    """(kind, name, context) of a mention of a record or page: `the ticket "X"`, `customer Anna`, `Settings`."""
    name, context = split_name(text)
    mention = re.sub(r"^(?:the|a|an|my|your|new|this|that|its)\s+", "", name, flags=re.IGNORECASE)
    mention = re.sub(r"^new\s+", "", mention, flags=re.IGNORECASE)
    quoted = re.search(_Q, mention)
    if quoted is not None:
        kind = f"{mention[: quoted.start()]} {mention[quoted.end() :]}".strip()
        kind = re.sub(r"\b(?:titled|called|named|entitled|from|about|page|link)\b", "", kind, flags=re.I).strip(" :,")
        return kind or None, quoted[0], context
    plain = re.match(r"^(?P<kind>[a-z][a-z -]*?)\s+(?P<name>(?:[A-Z#]|#?\d).*)$", mention)
    if plain is not None:
        return plain["kind"], plain["name"], context
    if mention and mention[0].islower() and " " not in mention:
        return mention, None, context
    return None, mention or None, context


def _pairs(text: str) -> list[tuple[str, str]]:
    """Field and value pairs: `subject "X", priority High and the due date set to 2026-01-02`."""
    pairs = []
    for piece in re.split(r",\s*(?:and\s+)?|\s+and\s+", text):
        piece = re.sub(r"^(?:the|a|an|its|with)\s+", "", piece.strip(), flags=re.IGNORECASE)
        found = (
            re.match(r"^(?P<value>.+?) as (?:the |its )?(?P<field>.+)$", piece)
            or re.match(r"^(?P<field>.+?)\s*(?::|=| set to | of | is )\s*(?P<value>.+)$", piece)
            or re.match(rf"^(?P<field>[^\ue000]+?)\s+(?P<value>{_Q})$", piece)
            or re.match(r"^(?P<field>[a-z][a-z -]*?)\s+(?P<value>[^a-z\s].*)$", piece)
            or re.match(r"^(?P<field>\S+)\s+(?P<value>.+)$", piece)
        )
        if found is not None:
            pairs.append((clean_name(found["field"]), found["value"].strip()))
        elif pairs and piece:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} and {piece}")
    return pairs


def _split_at(text: str, pattern: str) -> tuple[str, str, str]:
    found = re.search(pattern, text, re.IGNORECASE)
    return (text, "", "") if found is None else (text[: found.start()], found[0], text[found.end() :])


def _show(instruction: Instruction, clause: str, quotes: tuple[str, ...]) -> Instruction:
    def show(text: str | None) -> str | None:
        return None if text is None else show_quotes(text, quotes, marks=not is_quoted(text))

    return replace(
        instruction,
        text=show_quotes(clause, quotes, marks=True),
        target=show(instruction.target),
        value=show(instruction.value),
        thing=show(instruction.thing),
        context=show(instruction.context),
        fields=tuple((show(name) or "", show(value) or "") for name, value in instruction.fields),
    )
