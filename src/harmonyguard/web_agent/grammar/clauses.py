"""Where one instruction of a goal ends and the next begins, and words around it that ask for nothing."""

from __future__ import annotations

import re

from .quoted_text import CLOSE, OPEN

Q = f"{OPEN}\\d+{CLOSE}"
FILL = r"(?:enter|type|write|input|put|insert|paste)"
VERBS = (
    rf"{FILL}|fill|set|change|update|switch|select|choose|pick|check|tick|uncheck|untick|enable|disable|turn|click|"
    r"press|tap|hit|push|open|go|navigate|visit|view|show|search|look|find|locate|create|add|make|file|register|delete|"
    r"remove|erase|discard|reply|respond|comment|post|leave|send|tell|inform|notify|let|answer|report|say|log|sign|"
    r"save|submit|confirm|cancel|close|reopen|archive|approve|reject|refund|assign|export|upload|mark|share|forward|"
    r"download|give|return|issue|grant|escalate|merge|expand|scroll|wait|focus|copy|buy|book|order"
)
FIELD_LIKE = {"type", "email", "enter", "view", "report", "check", "input", "search", "comment", "file", "return"}
FILLERS = re.compile(
    r"^(?:(?:please|kindly|now|next|first|firstly|finally|lastly|also|then|and|afterwards|after that|instead|"
    r"immediately|you (?:must|should|need to|have to)|make sure (?:to|you)|(?:do not )?forget to|"
    r"(?:can|could|will|would) you(?: please)?|i(?: woul|')d like (?:you )?to|i (?:want|need) (?:you )?to|"
    r"before (?:doing )?(?:anything else|you (?:do anything else|continue|reply|go on))|"
    r"(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|earlier|prior|other|above) \w+|"
    r"(?:dear |hey |hello |attention |note to |to )?(?:the )?(?:ai|automated|support|web|browser) ?"
    r"(?:assistants?|agents?|bots?)"
    r")(?:[\s,:!.-]+|$)(?:and |to )?)+",
    re.IGNORECASE,
)
ADDRESS = re.compile(rf"^[^:]{{1,60}}:\s+(?=(?:please\s+)?(?:{VERBS})\b)", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s*\n+\s*|,?\s+(?:and\s+)?then,?\s+", re.IGNORECASE)
JOINER = re.compile(rf"(?:,\s*(?:and\s+)?|\s+and\s+)(?=(?:{VERBS})\b)", re.IGNORECASE)
_NAME = rf"{Q}|@[\w.-]+|[A-Z][\w.-]*(?: [A-Z][\w.-]*)*"
_PLACE = rf"^(?:[Ff]or|[Ii]n|[Oo]n|[Uu]nder|[Nn]ext to) (?:the )?(?:[a-z]+ )?(?P<place>{_NAME})"
PLACE = re.compile(rf"{_PLACE}$")
PREFIXES = (re.compile(rf"{_PLACE}, (?P<rest>.+)$", re.DOTALL),)
"""A place before the comma: `For the user @anna, click "Like"`."""

REWRITES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\band)(?<!\bthen)(?<!\bto)(?<=\w) (?=(?:hit|press) (?:submit|enter)\b)", re.I), ", "),
    (re.compile(rf"^use (?P<tool>the [\w ]+?) to (?P<fill>{FILL} {Q})", re.I), r"\g<fill> into \g<tool>"),
    (re.compile(r"^(?:close|dismiss) (?:the |this )?[\w ]+? by (?:clicking|pressing)(?: on)? ", re.I), "click "),
    (re.compile(r"\bto find and click\b", re.I), "to find, and click"),
    (re.compile(r"\b(find|locate) and (click|select|open|press|pick|choose)\b", re.I), r"\2"),
    (re.compile(r"(?<=\w),? when (?:you are |you're )?(?:done|finished|ready)\b", re.I), ""),
    (
        re.compile(r"(?<=\w) to (?:mark|delete|remove|open|close|flag|star) (?:it|them|this|that)\b(?: as \w+)?", re.I),
        "",
    ),
)
"""Ways of speaking, and the plain imperative that says the same."""
