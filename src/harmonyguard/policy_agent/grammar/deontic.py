"""Is a clause a rule for the people or the agent that the document governs? Pure: words in, a reading out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from . import headings as titles
from . import vocabulary as words
from .asides import ABOUT_DOCUMENT, CONSEQUENCE, CONTACT, aside, owner_acts
from .binding import binds, commits, forbids, limits
from .clause_reading import Context, Modality, Reading
from .indicative import TELLS_A_FACT, tells_practice, told_rule
from .mood import is_instruction, opens_with_verb
from .verbs import VERBS, third_person

__all__ = ["Context", "Modality", "Reading", "is_code_of_rules", "read"]

BIDDING = re.compile(
    r"\b(?:must|shall|may not|never|do not|don't|prohibited|forbidden|not (?:allowed|permitted)|(?:is"
    r"|are) (?:required|to)"
    r"|may only|only|requires?|needs?|at least|at all times)\b",
    re.I,
)
CLAUSE_NUMBER = re.compile(r"(?:[A-Z]{1,4}[-.])?\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\s")
RULES_PREVAIL = 1 / 4
LONGEST = 2_000
"""Characters of a clause that are read: no sentence is longer, and a hostile text must not cost more."""
EXAMPLE_LABEL = re.compile(r"^(?:tips?|hints?|examples?|for example|e\.g\.)$", re.I)
MARKS = re.compile(r"^[^\w\"'“\u2018(<\[]+")
STEM_LABEL = re.compile(
    r"^(?:\W*)(?:never|don't|do not|must not|not (?:allowed|permitted)|prohibited|forbidden|banned|disallowed"
    r"|always|must|do|required|mandatory|ask (?:first|before)|only (?:after|with) \w+|needs? \w+|requires? \w+)\W*$",
    re.I,
)
ENUMERATOR = re.compile(
    r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|(?:[A-Z]{1,4}[-.])?\d{1,2}(?:\.\d{1,2})+[.)]?(?:\([a-z0-9]\))?)\s+"
)
EXPECTED_OF_OWNER = re.compile(
    r"\b(?:expect|allow|permit|authori[sz]e|enable|want|trust) us to\b|\bexpect from us\b", re.I
)
RELAXED = re.compile(
    r"\bwithout (?:\w+ ){0,2}(?:approval|permission|consent|authori[sz]ation|restrictions?|requirements?|limits?"
    r"|controls?|notice|charge)\b",
    re.I,
)
"""What is allowed "without approval" is allowed without a condition."""
DASH_LABEL = re.compile(r"^(?P<label>[A-Z][\w/&'-]*(?: [\w/&'-]+){0,3}) [-\u2013\u2014] (?=[a-z])")
CAPITAL_DASH_LABEL = re.compile(r"^(?P<label>[A-Z][\w/&'-]*(?: [\w/&'-]+){0,3}) [-\u2013\u2014] (?=[A-Z])")
OWN_RULES = re.compile(
    r"\bwe (?:\w+ )?(?:follow|use|observe|have|keep|apply) (?:these|the following|a few|some|several) (?:\w+ ){0,2}"
    r"(?:practices|rules|conventions|guidelines|principles|standards|patterns)\b",
    re.I,
)
ORDER = re.compile(r"(?:do not|don't) \w", re.I)
CONDITIONS_STEM = re.compile(
    r"\b(?:if|when|where|once|provided|unless|only|until)\b[^:]*\b(?:following|conditions?|criteria|hold|holds|met"
    r"|apply|true)\b"
    r"[^:]*:?$",
    re.I,
)
BARE_SUBJECT = re.compile(rf"^(?:the |each |every |all |any |an? )?(?:[\w'-]+ ){{0,4}}?{words.GOVERNED}:$", re.I)
ADDRESSED_STEM = re.compile(r"(?:\b(?:that|which|when|while|where)|,) you:$", re.I)
"""A stem that breaks off before what the reader does: "... means activities in which you:", "When testing, you:"."""
DECLARING_STEM = re.compile(
    r"\b(?:you|I|we) (?:also |hereby |further )*(?:certify|confirm|declare|attest|affirm|represent|warrant|promise"
    r"|agree)"
    r"(?:,? (?:and|or) (?:certify|confirm|declare|attest|affirm|represent|warrant|promise|agree))*(?: that|,)?:$",
    re.I,
)
"""A stem whose items are what the reader vouches for: "By submitting a patch, you certify that:"."""
VOUCHED_FOR = re.compile(
    r"\b(?:as is|without warrant\w+|no warrant\w+|(?:may|might|can|could|will) (?:not )?be)\b", re.I
)
"""What the reader puts up with, rather than vouches for."""
FILLING_STEM = re.compile(
    r"^(?!to )(?:[^:]*(?:, |\b(?:please|and|then|also|must|should) ))?(?:please )?(?:also )?"
    r"(?:include|provide|supply|attach|enclose|mention|specify|state|describe|give(?: us)?|tell us|send(?: us)?|confirm"
    r"|verify|collect|gather|obtain|record|document)\b"
    r"(?: [^:.]*)?:$",
    re.I,
)
"""A stem whose items are what the reader has to give: "When you report a fault, please include:"."""
CASES_STEM = re.compile(r"\b(?:when|whenever|if|unless|where|in (?:these|the following) cases)\b[^:]{0,150}:$", re.I)
"""A stem whose items are the cases of what it orders: "Hand over to a colleague when:"."""
STEPS_STEM = re.compile(
    r"^to (?:request|report|nominate|apply|install|set up|enable|configure|get|create|reset|register|enrol|sign"
    r"|submit"
    r"|obtain|change|cancel|unsubscribe|connect|use|run|start|build|deploy|open|add|join|contribute)\b[^:]*:$",
    re.I,
)
QUOTATION = re.compile(r"([\"“])[^\"”]{12,}([\"”])")
CONSEQUENCE_OF_BREACH = re.compile(
    r"\b(?:violat\w+|breach|disciplin\w+|fail(?:ure|s|ing)?)\b.*\b(?:result|subject|lead)", re.I
)


def read(text: str, context: Context) -> Reading:
    """The reading of one clause."""
    text = text[:LONGEST].replace("\u2019", "'")
    label = words.LABEL.match(text) or DASH_LABEL.match(text) or _label_of_an_order(text)
    if label is None or len(label.group("label").split()) > 6:
        return _unlabelled(text, context)
    if EXAMPLE_LABEL.match(label.group("label")):
        return Reading(None, "a tip or an example", normative=False)
    core = text[label.end() :]
    if BARE_SUBJECT.match(f"{label.group('label')}:") and _tells_a_role(core, context):
        return Reading("obligation", "says what falls to the role that it names")
    stem = _labelling_stem(label.group("label"))
    if stem is not None and (completed := _completed(_bare(core), replace(context, lead_in=stem))) is not None:
        return completed
    reading = _unlabelled(core, context)
    if reading.modality is None and not reading.normative and opens_with_verb(_bare(text)):
        return _unlabelled(text, context)  # "Keep changes small: one concern each": no label, but what is asked
    return reading


def _label_of_an_order(text: str) -> re.Match[str] | None:
    """ "Kind words - Use ...": after a dash a capital may open another name, so that only an order shows a label."""
    found = CAPITAL_DASH_LABEL.match(text)
    return found if found is not None and opens_with_verb(text[found.end() :]) else None


def _tells_a_role(core: str, context: Context) -> bool:
    """True for "Handles the press", where roles are handed out."""
    if not any(titles.ROLES_HEADING.search(heading) for heading in context.headings):
        return False
    verb = third_person(core.split(" ")[0].casefold().strip(","))
    return verb is not None and verb not in TELLS_A_FACT


def is_code_of_rules(texts: Iterable[str], *, title: str = "") -> bool:
    """True when at least a quarter of a document's clauses bid or forbid something, or tell what is always done.

    In a notice of what the owner does, by its title, what is done binds nobody else.
    """
    notice = titles.NOTICE_TITLE.search(title) is not None
    every = list(texts)
    bidding = sum(
        bool(BIDDING.search(text) or CLAUSE_NUMBER.match(text))
        or opens_with_verb(_bare(text))
        or (not notice and tells_practice(_bare(text)))
        for text in every
    )
    return bidding >= RULES_PREVAIL * len(every) > 0


def _unlabelled(text: str, context: Context) -> Reading:
    core = _bare(text)
    if core.endswith("?"):
        return Reading(None, "a question", normative=False)
    if words.DEFINITION.match(core) and not context.lead_in:
        return Reading(None, "a definition")
    if context.lead_in is not None:
        completed = _completed(core, context)
        if completed is not None:
            return completed
    return _alone(core, context)


def _bare(text: str) -> str:
    """A clause without the marks before its first word."""
    return ENUMERATOR.sub("", MARKS.sub("", text)).strip()


def _labelling_stem(label: str) -> str | None:
    """A label that carries the modality of what follows: "Never: ...", "Ask first: ...", "Not allowed: ..."."""
    if STEM_LABEL.match(label.strip()) is None:
        return None
    return f"{label}:"


def _completed(core: str, context: Context) -> Reading | None:
    """The reading of an item by its stem, or None when the stem says nothing of duties."""
    stem = re.sub(r"\s+", " ", (context.lead_in or "")[-LONGEST:])
    if owner_acts(core, context):
        return Reading(None, "a promise or power of the document's owner")
    if words.DENIED_DUTY.search(stem):
        return Reading(None, "a duty that is denied")
    if CONSEQUENCE.search(stem):
        return Reading(None, "a consequence, not a rule")
    if EXPECTED_OF_OWNER.search(stem):
        return Reading(None, "a promise or power of the document's owner")
    if re.search(r"\bplease\W*$|^(?:always|do)\W*$|\bask (?:first|before)\b|\bcheck with\b", stem, re.I):
        return Reading("obligation", "its stem asks it of the reader")
    if DECLARING_STEM.search(stem):
        if VOUCHED_FOR.search(core):
            return Reading(None, "what the reader puts up with")
        return Reading("obligation", "its stem has the reader vouch for it")
    if FILLING_STEM.match(stem) and not owner_acts(stem, context):
        return Reading("obligation", "its stem asks the reader for it")
    if CASES_STEM.search(stem) and is_instruction(stem, is_item=True) and not CONTACT.search(stem):
        return Reading("obligation", "a case of what its stem orders")
    if words.OWNER_ASKS.search(stem):
        negative = re.search(r"prohibit|forbid|not (?:allow|permit|tolerate|accept|author)|\bnot\b|n't", stem, re.I)
        return Reading("prohibition" if negative else "obligation", "its stem asks it of the reader")
    if OWN_RULES.search(stem) or ORDER.match(core):
        return None  # "We follow these practices": each is read for itself, and nobody orders what they promise
    if owner_acts(stem, context):
        return Reading(None, "a promise or power of the document's owner")
    if ADDRESSED_STEM.search(stem) and opens_with_verb(core):
        return Reading("obligation", "says what the reader of its stem does")
    if ABOUT_DOCUMENT.search(stem) and not words.STRONG.search(stem):
        return None
    if words.PROHIBITION.search(stem):
        return Reading("prohibition", "its stem forbids it")
    if words.ADVICE.search(stem) and not words.STRONG.search(stem):
        return Reading(None, "advice")
    if words.OBLIGATION.search(stem) or re.search(
        rf"\b{words.GOVERNED}\b(?: \w+)? will\b|\brules\b|\brequirements\b|\brequired actions\b", stem, re.I
    ):
        return Reading("obligation", "its stem demands it")
    if CONDITIONS_STEM.search(stem):
        return Reading("limit", "one of the conditions of its stem")
    if BARE_SUBJECT.match(stem) and (third_person(first := core.split(" ")[0].casefold().strip(",")) or first in VERBS):
        return Reading("obligation", "says what the party of its stem does")
    if STEPS_STEM.match(stem) and not words.STRONG.search(core):
        return Reading(None, "a step of how to do something")
    if words.LIMIT.search(stem):
        return Reading("limit", "its stem limits what is allowed")
    if words.PERMISSION.search(stem) and not words.POSSIBILITY.search(stem):
        if words.CONDITION.search(core) or words.LIMIT.search(core):
            return Reading("permission", "a permission with a condition")
        if words.CONDITION.search(stem) or re.search(r"\b(?:if|when|where)\b[^:]*:?$", stem, re.I):
            return Reading("permission", "a permission that its stem makes conditional")
        return Reading(None, "a permission without a condition")
    return None


def _alone(core: str, context: Context) -> Reading:
    if QUOTATION.sub("", core).strip(" .") and len(QUOTATION.sub("", core)) * 2 > len(core):
        core = QUOTATION.sub(r"\1...\2", core)  # words that are quoted bind no one
    body = words.OPENERS.sub("", core)
    rejected = aside(core, body, context)
    if rejected is not None:
        return _by_heading(core, context) or rejected
    reading = _modality(core, body, context)
    if reading is not None and reading.modality is not None:
        return reading
    for part in re.split(r";\s+|:\s+(?=(?:\w+[ ,]+){4})", core)[1:]:
        if (other := _modality(part, words.OPENERS.sub("", part), context)) is not None and other.modality is not None:
            return other
    return _by_heading(core, context) or reading or Reading(None, "no rule in it", normative=False)


def _modality(core: str, body: str, context: Context) -> Reading | None:
    if asked := words.OWNER_ASKS.search(core):
        negative = re.search(r"prohibit|forbid|not\b|n't", asked.group(0), re.I)
        return Reading("prohibition" if negative else "obligation", f'asks it of the reader ("{asked.group(0)}")')
    if negative := next((found for found in words.PROHIBITION.finditer(core) if forbids(core, found)), None):
        return Reading("prohibition", f'forbids ("{negative.group(0)}")')
    if (limit := words.LIMIT.search(core)) and limits(core, limit):
        return Reading("limit", f'limits ("{limit.group(0)}")')
    if duty := next((found for found in words.OBLIGATION.finditer(core) if binds(core, found, context)), None):
        return Reading("obligation", f'demands ("{duty.group(0)}")')
    if commits(body):
        return Reading("obligation", 'demands ("will")')
    if is_instruction(core, is_item=context.is_item):
        return Reading("obligation", "an instruction")
    if (allowed := words.PERMISSION.search(core)) and not words.POSSIBILITY.search(core):
        if words.CONDITION.search(RELAXED.sub(" ", core)) or (words.IF.search(core) and _permits_governed(core)):
            return Reading("permission", "a permission with a condition")
        return Reading(None, f'a permission without a condition ("{allowed.group(0)}")')
    return told_rule(core, context)


def _by_heading(core: str, context: Context) -> Reading | None:
    """Bare items take their force from a heading that forbids ("Prohibited uses"), demands or says to ask first."""
    if not context.is_item or (context.lead_in is not None and not context.lead_in.rstrip().endswith(":")):
        return None
    if owner_acts(core, context) or CONSEQUENCE_OF_BREACH.search(core):
        return None
    if titles.PROHIBITING_HEADING.search(context.heading):
        return Reading("prohibition", f'stands under "{context.heading}"')
    if titles.ASKING_HEADING.search(context.heading):
        return Reading("obligation", f'stands under "{context.heading}"')
    if context.lead_in is None and _tells_a_role(core, context):
        return Reading("obligation", f'stands under "{context.heading}"')
    if titles.DUTY_HEADING.match(re.sub(r"^[\d.]+\s*", "", context.heading)) and re.match(r"\w+ing\b", core):
        return Reading("obligation", f'stands under "{context.heading}"')
    return None


def _permits_governed(text: str) -> bool:
    return (
        re.search(
            rf"\b{words.GOVERNED}\b(?: \w+)? (?:may|can|is|are)\b|\b(?:may|can) be\b|\b(?:permitted|allowed)\b",
            text,
            re.I,
        )
        is not None
    )
