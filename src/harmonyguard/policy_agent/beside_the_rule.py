"""What a policy says beside its rule, and what changes nothing about what it forbids.

Whose word counts ("Note: the user asked for something else, but this policy takes precedence") is settled by authority:
a policy stands above the task whether it says so or not. What is to be done instead of what is forbidden is advice.
"""

from __future__ import annotations

import re

_TASK = r"(?:users?|requesters?|customers?|tasks?|requests?|goals?|instructions?|prompts?)"
_PREVAILS = r"(?:takes? (?:precedence|priority)|prevails?|overrides?|comes? first|has priority|wins?|outranks?|counts?)"
_DOES_NOT_COUNT = (
    r"(?:(?:do|does|did) not|don't|doesn't|cannot|can't|never) (?:count|matter|apply|prevail|help|override"
    r"|change (?:this|that"
    r"|it|anything|the rule))"
)
_YIELDS = r"(?:(?:yields?|gives? way|comes? second|is secondary|ranks? below) )"
_ASKED = (
    r"(?:has |have |had |may |might )?(?:asked|asks?|requested|requests?|wants?|wanted|prefers?|preferred|said"
    r"|says?|told"
    r"|wishes|named|names?)"
)
_LEAD = re.compile(
    r"^\s*(?:[\w'-]+ ){0,3}(?:polic(?:y|ies)|rules?|guidelines?|standards?|requirements?|directives?)\s*:\s*", re.I
)
_ASIDES = tuple(
    re.compile(aside, re.I | re.S)
    for aside in (
        rf"\s*\(?\b(?:note(?: that)?|n\.?b\.?|remark)[:,]? (?=[^.]{{0,40}}\b{_TASK}\b).{{0,400}}?\b{_PREVAILS}\b\)?",
        rf"(?<=[.;])\s*(?:this|the) [\w ]*(?:policy|rule) {_PREVAILS} (?:over )?(?:what )?[^.;]*\b{_TASK}\b[^.;]*",
        rf",?\s*\b(?:even (?:if|when|where|though)|regardless of|irrespective of|no matter)\b[^.;,]*\b{_TASK}\b[^.;,]*",
        rf",?\s*\bwhatever (?:the |a )?{_TASK}\b[^.;,]*",
        rf",?\s*\b(?:no matter )?who(?:m)?ever (?:the )?{_TASK}\b[^.;,]*|,?\s*\bwho(?:ever|mever) (?:asks|wants"
        rf"|says|names)\b[^.;,]*",
        rf"(?<=[\w'\")])[.;,:]?\s+(?:(?:but|and|yet|although|though) )?(?:the |a |his |her )?{_TASK}(?:'s|s'"
        rf"|s)?\b[^.;]*"
        rf"\b(?:{_DOES_NOT_COUNT}|{_YIELDS})[^.;]*",
        rf"(?<=[\w'\")])[.;]\s+(?:the |a )?{_TASK} {_ASKED}\b[^.;]*?\b(?:but|yet|however)\b[^.;]*?\b{_PREVAILS}[^.;]*",
    )
)
_FREE = re.compile(
    r"[;.]\s+[^.;]*\b(?:(?:needs?|requires?|calls? for|wants?) (?:no|none|neither)\b[^.;]*"
    r"|(?:already |also )?counts? as \w+ing\b[^.;]*|(?:is|are) the (?:right |proper |only )?place (?:for|to)\b[^.;]*"
    r"|(?:is|are) not (?:high-impact|high-risk|consequential|critical|sensitive|weighty|important)\b[^.;]*)",
    re.I,
)
"""What is said to need no leave, not to be meant, or to be the place for it: "; plain browsing needs none"."""

_ALWAYS_ALLOWED = re.compile(
    r",? (?:and|but|while|whereas) (?:the |all |any )?[a-z-]+(?: [a-z-]+)? (?:can|may) always be [a-z]+\.?\s*$", re.I
)
"""What is always allowed to others: "..., and members can always be admitted"."""

_BINDS = re.compile(r"\b(?:must|may|shall|should|never|cannot|can't|don't|do not|only|ask|but|except|unless)\b", re.I)
"""Words by which such a sentence would ask something as well: then it is no aside."""

_OUR = r"(?:the |our |this |company |corporate |organi[sz]ation(?:'s|al)? |internal |established |applicable )*"
_OPENINGS = re.compile(
    r"^\s*(?:(?:as a (?:general )?(?:matter|question) of (?:general |company |good )?"
    r"(?:policy|principle|course|practice)|as a (?:general |basic |strict |standing )?rule"
    r"|in general|generally(?: speaking)?|by policy|as a reminder"
    r"|for the avoidance of doubt|to be clear|(?:please )?(?:note|remember|be aware)"
    r"|important|reminder|attention|caution|notice"
    rf"|(?:in (?:line|accordance|keeping) with|according to|per|under|pursuant to) {_OUR}"
    r"(?:polic(?:y|ies)|rules?|guidelines?)"
    r"|for (?:reasons of )?(?:security|safety|privacy|compliance|legal|data protection)(?: reasons)?)[:,!]"
    r"|(?:please )?(?:note|remember|be aware|it is (?:important|essential|crucial) to (?:note|remember)) that\b,?"
    r")\s+(?=\S)",
    re.I,
)
"""Openings that give a rule its tone or its reason, and no content. "Note the number first" is none."""

_ALWAYS_SO = re.compile(
    r"(?<=[\w'\")])(?:[.;!]\s+|\s+(?=(?-i:T)))(?:this|the|these) (?:[\w-]+ )?"
    r"(?:rule|policy|requirement|restriction|prohibition|limit|standard|guideline|instruction)s? "
    r"(?:appl(?:y|ies)|holds?|(?:is|are) binding|must be followed|(?:remains?|is) in (?:force|effect)|is mandatory)"
    r"(?: (?:at all times|at any time|always|everywhere|in (?:all|every) cases?|in full|without exceptions?"
    r"|to everyone|to all (?:agents|users|staff|employees)))?[.!]?\s*$"
    r"|(?<=[\w'\")])[.;!]\s+(?:there are |there will be )?no exceptions?"
    r"(?: (?:apply|are made|are allowed|whatsoever))?[.!]?\s*$",
    re.I,
)
"""Sentences at the end that only say that the rule holds."""

_FORBIDS = re.compile(r"\b(?:not|never|no|cannot|prohibited|forbidden)\b", re.I)
_INSTEAD = re.compile(
    r"[.;,]?\s+(?:but )?instead,? [^.;]*[.;]?\s*$|[.;,]\s+(?:please )?(?:set|update|change|move|mark|archive"
    r"|put|close)\b"
    r"[^.;]* instead[.;]?\s*$",
    re.I,
)


_APPLIES = re.compile(
    r"(?<=[\w'\")])[.;!]\s+(?:this|the|these) (?:[\w-]+ )?(?:rule|policy|requirement|restriction|prohibition|limit)s? "
    r"(?:only |also )?(?:appl(?:y|ies)|holds?) (?P<to>[^.;]+)[.;]?\s*$",
    re.I,
)


def scope_beside(statement: str) -> tuple[str, str]:
    """The rule, and what a last sentence says of where it holds: "... . This rule applies to closed accounts."."""
    match = _APPLIES.search(statement)
    return (statement[: match.start()] + ".", f"the rule applies {match['to']}") if match else (statement, "")


def rule_alone(statement: str) -> str:
    """The statement without what is beside its rule; unchanged when nothing would be left."""
    text = bare = _ALWAYS_SO.sub("", _OPENINGS.sub("", statement))
    for aside in _ASIDES:
        text = aside.sub("", text)
    text = _FREE.sub(lambda found: found.group() if _BINDS.search(found.group()) else "", text)
    text = _ALWAYS_ALLOWED.sub(".", text)
    if (match := _INSTEAD.search(text)) and _FORBIDS.search(text[: match.start()]):
        text = text[: match.start()]
    if text != bare:
        text = _LEAD.sub("", text).strip(" ,;(")
    return text if len(text.split()) > 2 else statement


_SENTENCE = re.compile(r"(?<=[\w'\")])[.;]\s+(?=[A-Za-z'\"])|(?<=\w)[.;]\s+(?=[A-Z'\"])|(?<=[\w'\"])\s+[—–]\s+")
_QUOTED = re.compile(r"(?<![\w])(['\"])[^'\"]{1,60}\1(?!\w)")
_DOT, _SEMICOLON = "\x01", "\x02"
"""What stands within quotation marks for the end of a sentence while a text is taken apart."""

_RESTATES = re.compile(
    r"^(?:do not|don't|never) (?:enter|use|choose|select|set|assign|pick)\b[^.;]*\b(?:other|different|another)\b[^.;]*$"
    r"|^only (?:individual|single|certain|some)\b[^.;]*\b(?:may|can) be ['\"][^.;]*$"
    r"|^(?:no )?other (?:values?|options?|choices?)\b[^.;]*$",
    re.I,
)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, without those that only say again that nothing else will do."""
    masked = _QUOTED.sub(lambda quoted: quoted.group().replace(". ", _DOT).replace("; ", _SEMICOLON), text)
    parts = [part.replace(_DOT, ". ").replace(_SEMICOLON, "; ") for part in _SENTENCE.split(masked)]
    told = [part.strip(" .") for part in parts if part.strip(" .")]
    return [part for part in told if not _RESTATES.match(part)] or told
