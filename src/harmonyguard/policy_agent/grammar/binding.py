"""Does a word of duty bind whoever the document governs, or only describe something? Pure."""

from __future__ import annotations

import re

from . import vocabulary as words
from .clause_reading import Context
from .mood import FINITE, is_instruction
from .verbs import third_person

RELATIVE = re.compile(r"\b(?:that|which|who|whom)\s+(?:\w+ly\s+)?$", re.I)
EMBEDDED = re.compile(
    r"\b(what|how|why|whether)\b[^,;.]{0,60}$"
    r"|\b(?:who|which|that) (?:\w+ )?(?:require|demand|expect|insist)s? that [^,;]*$"
    r"|\b(?:the|an?) (?:\w+ ){0,2}(?:rule|fact|idea|claim|belief|assumption|notion|impression) that [^,;]*$",
    re.I,
)
ABSTRACT = re.compile(
    r"\b(?:purpose|aim|goal|objective|intent|intention|idea|point|way|step|task|role|job|mission|reason|approach|plan"
    r"|function|option|key|trick|here|this|that|it|what|best|hope|focus|priority|challenge)s?\W*(?:\w+ ){0,2}$",
    re.I,
)
ABSTRACT_HEAD = re.compile(
    r"^(?:the|our|its|this|one|an?)? ?(?:\w+ ){0,2}(?:purpose|aim|goal|objective|intent|intention|idea|point)\b", re.I
)
RELATIVE_AHEAD = re.compile(
    r"\b(?:that|which|who|whom|where|if|when|because|since|although|what)(?: [\w']+){0,4}\s*$", re.I
)
CONDITION_AHEAD = re.compile(r"^(?:if|when|where|once|unless|upon)\b[^,]{1,80}, ", re.I)
RESPONSIBLE = re.compile(
    rf"\b{words.GOVERNED}\s+(?:is|are|remains?)\b|\byou\b"
    rf"|^(?:all |each |every |any )?{words.GOVERNED} (?:who|with|that|in|of|using)\b[^,.;]{{1,80}}"
    r" (?:is|are) responsible",
    re.I,
)
FACT_ABOUT_THINGS = re.compile(
    r"(?:some|most|many|several|not all|not every) [\w ]+ (?:may not|cannot|can't|do not|don't|can)\b"
    r"|[\w ,]+ may not be (?:available|able|possible|visible|suitable|necessary|complete|accurate|compatible"
    r"|supported|enough)\b"
    r"|the (?:tools?|systems?|software|apps?|applications?|services?|site|browser|program|feature|platform|server"
    r"|devices?)"
    r" (?:cannot|can't|does not|do not|doesn't|don't) ",
    re.I,
)
UNHARMED = re.compile(
    r"\s*(?:suffer|lose|be (?:charged|penali[sz]ed|punished|disciplined|blamed|asked|affected))\b", re.I
)
POWERLESS = re.compile(
    r"\s*(?:result|guarantee|be guaranteed|promise|tell|see|know|be sure|find|reach|help|understand|assume"
    r"|be recovered"
    r"|be undone|be reversed|be avoided|happen|work|load|compile)\b",
    re.I,
)
HOLDS = re.compile(
    r"\b(?:has|have|had|includes?|offers?|supports?|provides?|comes? with|contains?|gets?|receives?|carries|carry"
    r"|holds?"
    r"|seats?|lasts?|reaches|costs?)\b[^.;]*$",
    re.I,
)


def forbids(core: str, negative: re.Match[str]) -> bool:
    """True when a word of prohibition forbids; it may only tell which things are meant."""
    return not _embedded(core[: negative.start()]) and not _only_describes(core, negative)


def limits(core: str, limit: re.Match[str]) -> bool:
    """True when a word of limit restricts conduct; "every plan has up to ten lines" tells what there is."""
    if words.POSSIBILITY.search(core):
        return False
    if re.match(r"(?:most|some|many|several) of\b|our\b", core, re.I):
        return False
    said = limit.group(0).casefold()
    if said.startswith("only") and RELATIVE.search(core[: limit.start()]):
        return False  # "a key that only opens the shed" tells which one is meant
    if said == "alone" and not re.search(r"\b(?:may|can|must|shall|should|be)\b", core[: limit.start()], re.I):
        return False  # "She decides alone" tells how it is
    return not (said.startswith("up to") and HOLDS.search(core[: limit.start()]))


def _embedded(before: str) -> bool:
    """True when what follows stands in a question or a report: "tells what drivers ...", "the rule that boats ..."."""
    found = EMBEDDED.search(before)
    if found is None:
        return False
    inside = re.findall(r"[a-z']+", found.group(0).casefold())[1:]
    closed = found.group(1) and any(word in FINITE or third_person(word) for word in inside)
    return not closed


def commits(body: str) -> bool:
    """True for what the governed will do ("Visitors will hand in ..."), and not for what will be done for them."""
    body = CONDITION_AHEAD.sub("", body)
    subject = re.match(
        rf"(?:\w+ ){{0,4}}?(?!teams?\b|systems?\b|departments?\b|models?\b){words.GOVERNED} will"
        r" (?!(?:not )?(?:usually|normally|generally|typically|often|sometimes)\b|not (?:suffer|lose|be)\b"
        r"|(?:\w+ly )?be\b"
        rf"|(?:\w+ly |also |then )?(?:receive|get|see|find|have|automatically|be|contact|help|review|respond"
        rf"|reply)\b)",
        body,
        re.I,
    )
    return (
        subject is not None
        and re.search(
            r"\b(?:team|desk|office|department|support)\b|^the (?:\w+ ){1,3}(?:officer|manager|director)\b"
            r"|^this (?!agent|assistant|bot)",
            subject.group(0),
            re.I,
        )
        is None
    )


def _only_describes(core: str, negative: re.Match[str]) -> bool:
    """True for "accounts that do not belong to you": the negation tells which ones, and forbids nothing."""
    said = negative.group(0).casefold()
    if FACT_ABOUT_THINGS.match(core):
        return True
    if re.match(r"(?:must|shall|may|should) not", said) and (found := RELATIVE.search(core[: negative.start()])):
        return not core[: found.start()].rstrip().endswith(",")
    before, rest = core[: negative.start()], core[negative.end() :]
    if said in {"do not", "don't", "cannot", "can't", "never", "can not", "unacceptable", "inappropriate"}:
        relative = RELATIVE_AHEAD.search(before)
        if relative and "," not in before[relative.start() :]:
            return not is_instruction(core[: relative.start()], is_item=True)
    if said in {"cannot", "can't", "can not"}:
        return POWERLESS.match(rest) is not None
    if said in {"do not", "don't"}:
        return not _addressed(before)
    if re.match(r"(?:is|are) not to ", said):
        return ABSTRACT.search(before) is not None or ABSTRACT_HEAD.match(before) is not None
    if said.startswith("no ") and re.search(r" (?:is|are)$", said):
        return not re.search(r"allowed|permitted|accepted|tolerated|authori", core, re.I)
    if said in {"will not", "will never", "won't"}:
        if UNHARMED.match(rest):
            return True
        return not re.search(
            rf"\b{words.GOVERNED}\b(?: \w+){{0,2}} (?:will not|will never|won't)$", core[: negative.end()], re.I
        )
    return False


def _addressed(before: str) -> bool:
    """True when "do not" is an order to the reader, or said of whom the document governs."""
    subject = re.search(r"(?:^|[,;:(\u2014\u2013]\s*|\s-\s)((?:[\w'-]+ ){0,8})$", before)
    owner = subject.group(1).strip().casefold() if subject else ""
    return (
        owner == ""
        or owner.split()[-1] in {"and", "but", "please", "so", "then", "you", "or"}
        or re.search(words.GOVERNED + "$", owner, re.I) is not None
    )


def binds(core: str, duty: re.Match[str], context: Context) -> bool:
    """True when a word of duty demands something of the governed."""
    said = duty.group(0).casefold()
    before = core[: duty.start()]
    if _embedded(before):
        return False
    if re.search(r"(?:asked|requested|told|reminded) ", said) and re.search(r"\b(?:if|it|when)\b", before, re.I):
        return False
    if said in {"must", "shall", "should"} and (relative := RELATIVE.search(before)):
        return before[: relative.start()].rstrip().endswith(",") and relative.group(0).casefold().startswith("who")
    if said.startswith("require") and re.search(r"\b(?:may|might|can|could)(?: also)? $", before, re.I):
        return False
    if re.match(r"(?:is|are) (?:always |only |also )?to\b", said) and (ABSTRACT.search(before) or not before.strip()):
        return False
    if re.match(r"needs? (?!to\b)", said) and re.search(
        r"\b(?:if|who|that|which|what|when|whatever|as) (?:\w+ ){0,3}$|\bwe $", before, re.I
    ):
        return False
    if said in {"require", "requires", "required"}:
        if re.search(r"\b(?:if|as|when|where|that|which|is not|are not|not|who)\s*(?:\w+\s)?$", before, re.I):
            return False
        return said != "required" or re.search(r"\b(?:is|are|be)\b", before, re.I) is not None
    if said.endswith("responsible for"):
        return RESPONSIBLE.search(core) is not None and not re.search(
            r"\b(?:team|department|officer|manager|committee|office)s?\b", before, re.I
        )
    if said.startswith(("need", "have", "has", "ensure", "make")) and re.match(r"(?:if|to|should)\b", core, re.I):
        conditional = re.match(r"(?:if|to|should)\b[^,]*", core, re.I)
        if conditional and duty.start() < conditional.end():
            return words.OBLIGATION.search(core[conditional.end() :]) is not None or is_instruction(
                core, is_item=context.is_item
            )
    if said in {"ensure", "ensures", "make sure", "makes sure"}:
        return re.search(r"\b(?:to|will|we)\s*$", before, re.I) is None
    if said == "should" and re.match(r"should\b", core, re.I):
        return is_instruction(core, is_item=context.is_item)
    return True
