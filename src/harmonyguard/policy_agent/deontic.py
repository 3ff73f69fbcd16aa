"""Is a clause a rule for the people or the agent that the document governs? Pure: words in, a reading out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from . import vocabulary as words
from .verbs import NOT_AFTER_A_VERB, NOUN_TOO, VERBS

ENUMERATOR = re.compile(r"^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+")
BOUND_READER = re.compile(
    r"\b(?:you|users|researchers) (?:are (?:expected|required)|should|need to|agree)\b|\bdo not\b", re.I
)
EXPECTED_OF_OWNER = re.compile(
    r"\b(?:expect|allow|permit|authori[sz]e|enable|want|trust) us to\b|\bexpect from us\b", re.I
)
DETERMINER = re.compile(
    r"^(?:[A-Z][a-z]+)(?: (?:and|or) [a-z]+)? (?:the|an?|your|all|any|their|its|each|every|them|it|this|these|no)\b"
)
NO_VERB = re.compile(
    r"^(?:\w+(?:ing|ed|ly|ity|tion|ment|ness)|both|all|in|on|at|of|to|by|for|as|if|is|are|and"
    r"|or|from|with|under|over|into|about|through|within"
    r"|upon|per|via|than|that|while|where|when|what|which|who|how|why|because|since|though|although"
    r"|like|unlike|not|also|even|just|such|after|before|across|among|along|against"
    r"|off|out|until|till|unless|whether|despite|between|toward|towards|throughout|during|was"
    r"|were|has|have|had|does|did|can|may|will|once|see|note|here|there|plus|except|beyond|behind"
    r"|near|whereas|whenever|wherever|outside|inside|regardless)$",
    re.I,
)

Modality = Literal["prohibition", "obligation", "limit", "permission"]


@dataclass(frozen=True)
class Reading:
    """What a clause does. `modality` is None when it is no policy; `normative` when it looked like one."""

    modality: Modality | None
    reason: str
    normative: bool = True


@dataclass(frozen=True)
class Context:
    """Where a clause stands: headings outermost first, the stem it completes, and the names of the owner."""

    headings: Sequence[str] = ()
    lead_in: str | None = None
    is_item: bool = False
    owners: Sequence[str] = ()

    @property
    def heading(self) -> str:
        return self.headings[-1] if self.headings else ""


def read(text: str, context: Context) -> Reading:
    """The reading of one clause."""
    label = words.LABEL.match(text)
    core = text[label.end() :] if label and len(label.group("label").split()) <= 6 else text
    core = ENUMERATOR.sub("", core).strip()
    if core.endswith("?"):
        return Reading(None, "a question", normative=False)
    if words.DEFINITION.match(core) and not context.lead_in:
        return Reading(None, "a definition")
    if context.lead_in is not None:
        completed = _completed(core, context)
        if completed is not None:
            return completed
    return _alone(core, context)


def _completed(core: str, context: Context) -> Reading | None:
    """The reading of an item by its stem, or None when the stem says nothing of duties."""
    stem = re.sub(r"\s+", " ", context.lead_in or "")
    if _owner_acts(core, context):
        return Reading(None, "a promise or power of the document's owner")
    if words.DENIED_DUTY.search(stem):
        return Reading(None, "a duty that is denied")
    if words.CONSEQUENCE.search(stem):
        return Reading(None, "a consequence, not a rule")
    if EXPECTED_OF_OWNER.search(stem):
        return Reading(None, "a promise or power of the document's owner")
    if words.OWNER_ASKS.search(stem):
        negative = re.search(r"prohibit|forbid|not (?:allow|permit|tolerate|accept|author)|\bnot\b|n't", stem, re.I)
        return Reading("prohibition" if negative else "obligation", "its stem asks it of the reader")
    if _owner_acts(stem, context):
        return Reading(None, "a promise or power of the document's owner")
    if words.ABOUT_DOCUMENT.search(stem) and not words.STRONG.search(stem):
        return None
    if words.PROHIBITION.search(stem):
        return Reading("prohibition", "its stem forbids it")
    if words.ADVICE.search(stem) and not words.STRONG.search(stem):
        return Reading(None, "advice")
    if words.OBLIGATION.search(stem) or re.search(
        rf"\b{words.GOVERNED}\b(?: \w+)? will\b|\brules\b|\brequirements\b|\brequired actions\b", stem, re.I
    ):
        return Reading("obligation", "its stem demands it")
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
    body = words.OPENERS.sub("", core)
    rejected = _rejected(core, body, context)
    if rejected is not None:
        return rejected
    modality = _modality(core, body, context)
    if modality is not None:
        return modality
    return Reading(None, "no rule in it", normative=False)


def _rejected(core: str, body: str, context: Context) -> Reading | None:
    """Why a clause is no rule although it may speak like one."""
    strong = words.STRONG.search(core) is not None
    if words.ABOUT_DOCUMENT.search(body) and not re.search(r"\bmust\b|\bshall\b", core, re.I):
        return Reading(None, "about the document itself")
    if words.SOMETHING.match(body) and not re.search(r"\bmust\b|\bshall\b", core, re.I):
        return Reading(None, "a description", normative=False)
    if words.CONSEQUENCE.search(core) and not re.search(
        rf"\b{words.GOVERNED}\b (?:\w+ )?(?:must|shall|may not)\b", core, re.I
    ):
        return Reading(None, "a consequence, not a rule")
    if words.OWNER_ASKS.search(core):
        return None
    if _owner_acts(core, context):
        return Reading(None, "a promise or power of the document's owner")
    denied = words.DENIED_DUTY.search(core)
    if denied and not words.STRONG.search(core.replace(denied.group(0), "")):
        return Reading(None, "a duty that is denied")
    if words.CONTACT.search(core) and not strong:
        return Reading(None, "contact or a pointer elsewhere")
    if words.HOW_TO.search(core):
        return Reading(None, "how to do something")
    if words.RIGHTS.search(core) and not strong:
        return Reading(None, "a right")
    path = [re.sub(r"^[\d.]+\s*", "", heading) for heading in context.headings]
    background = any(words.BACKGROUND_HEADING.match(heading) for heading in path[-2:])
    if background and not re.search(
        rf"\b{words.GOVERNED}\b[^.]{{0,60}}\b(?:must|shall|may not)\b|\bmust\b|\bprohibited\b", core, re.I
    ):
        return Reading(None, f'background ("{context.heading}")', normative=False)
    if any(words.DEFINITION_HEADING.search(heading) for heading in path[-1:]) and not strong:
        return Reading(None, "a definition", normative=False)
    if (
        any(words.OWNER_HEADING.search(heading) for heading in path[-1:])
        and not strong
        and not BOUND_READER.search(core)
    ):
        return Reading(None, f'what the owner does or how to reach it ("{context.heading}")')
    if any(words.ENFORCEMENT_HEADING.search(heading) for heading in path[-1:]) and not strong:
        return Reading(None, f'enforcement ("{context.heading}")')
    advised = words.ADVICE.search(core)
    if advised and not strong and not re.search(r"\b(?:should|do not|don't|only|required)\b", core, re.I):
        return Reading(None, "advice")
    return None


def _modality(core: str, body: str, context: Context) -> Reading | None:
    if asked := words.OWNER_ASKS.search(core):
        negative = re.search(r"prohibit|forbid|not\b|n't", asked.group(0), re.I)
        return Reading("prohibition" if negative else "obligation", f'asks it of the reader ("{asked.group(0)}")')
    if (negative := words.PROHIBITION.search(core)) and not _only_describes(core, negative):
        return Reading("prohibition", f'forbids ("{negative.group(0)}")')
    if (limit := words.LIMIT.search(core)) and not words.POSSIBILITY.search(core):
        return Reading("limit", f'limits ("{limit.group(0)}")')
    if (duty := words.OBLIGATION.search(core)) and _binds(core, duty, context):
        return Reading("obligation", f'demands ("{duty.group(0)}")')
    if re.search(
        rf"^(?:\w+ ){{0,4}}(?!teams?\b|systems?\b|departments?\b|models?\b){words.GOVERNED} will (?!be\b"
        rf"|receive|get|see|find|have|automatically)",
        body,
        re.I,
    ):
        return Reading("obligation", 'demands ("will")')
    if _imperative(core, context):
        return Reading("obligation", "an instruction")
    if (allowed := words.PERMISSION.search(core)) and not words.POSSIBILITY.search(core):
        if words.CONDITION.search(core) or (words.IF.search(core) and _permits_governed(core)):
            return Reading("permission", "a permission with a condition")
        return Reading(None, f'a permission without a condition ("{allowed.group(0)}")')
    if words.STATIVE.search(core) and not re.match(r"(?:if|when)\b", core, re.I):
        return Reading("obligation", "states how things are kept")
    return _by_heading(core, context)


def _by_heading(core: str, context: Context) -> Reading | None:
    """Bare items under a heading that forbids ("Prohibited uses") take their force from it."""
    if not context.is_item or (context.lead_in is not None and not context.lead_in.rstrip().endswith(":")):
        return None
    if words.PROHIBITING_HEADING.search(context.heading):
        return Reading("prohibition", f'stands under "{context.heading}"')
    return None


def _only_describes(core: str, negative: re.Match[str]) -> bool:
    """True for "accounts that do not belong to you": the negation tells which ones, and forbids nothing."""
    said = negative.group(0).casefold()
    before = core[: negative.start()]
    if said in {"do not", "don't", "cannot", "can't", "never", "can not", "unacceptable"} or said.startswith(
        "will not"
    ):
        relative = re.search(
            r"\b(?:that|which|who|whom|where|if|when|because|since|although|what)(?: \w+){0,4}\s*$", before, re.I
        )
        rest = core[negative.end() :]
        others = any(p.search(rest) or p.search(before) for p in (words.PROHIBITION, words.OBLIGATION))
        if relative and not others and "," not in before[relative.start() :]:
            return not _imperative(core, Context(is_item=True))
        if said in {"do not", "don't"} and not others:
            subject = re.search(r"(?:^|[,;:(]\s*)((?:\w+[ -]){0,8})$", before)
            owner = subject.group(1).strip().casefold() if subject else ""
            imperative = (
                owner == ""
                or owner.split()[-1] in {"and", "but", "please", "so", "then", "you", "or"}
                or bool(re.search(words.GOVERNED + "$", owner, re.I))
            )
            return not imperative
    if said.startswith("no ") and re.search(r" (?:is|are)$", said):
        return not re.search(r"allowed|permitted|accepted|tolerated|authori", core, re.I)
    if said in {"will not", "will never", "won't"}:
        return not re.search(rf"\b{words.GOVERNED}\b(?: \w+){{0,2}} (?:will not|won't)$", core[: negative.end()], re.I)
    return False


def _binds(core: str, duty: re.Match[str], context: Context) -> bool:
    said = duty.group(0).casefold()
    before = core[: duty.start()]
    if said in {"must", "shall", "should"} and re.search(r"\b(?:that|which|who|whom)\s+(?:\w+ly\s+)?$", before, re.I):
        following = words.OBLIGATION.search(core, duty.end())
        return following is not None and _binds(core, following, context)
    if said in {"require", "requires", "required"}:
        if re.search(r"\b(?:if|as|when|where|that|which|is not|are not|not|who)\s*(?:\w+\s)?$", before, re.I):
            rest = core[duty.end() :]
            following = words.OBLIGATION.search(rest)
            return following is not None
        return said != "required" or re.search(r"\b(?:is|are|be)\b", before, re.I) is not None
    if said.endswith("responsible for"):
        return re.search(rf"\b{words.GOVERNED}\s+(?:is|are)\b|\byou\b", core, re.I) is not None and not re.search(
            r"\b(?:team|department|officer|manager|committee|office)s?\b", before, re.I
        )
    if said.startswith(("need", "have", "has", "ensure", "make")) and re.match(r"(?:if|to|should)\b", core, re.I):
        conditional = re.match(r"(?:if|to|should)\b[^,]*", core, re.I)
        if conditional and duty.start() < conditional.end():
            return words.OBLIGATION.search(core[conditional.end() :]) is not None or _imperative(core, context)
    if said in {"ensure", "ensures", "make sure", "makes sure"}:
        return re.search(r"\b(?:to|will|we)\s*$", before, re.I) is None
    if said == "should" and re.match(r"should\b", core, re.I):
        return _imperative(core, context)
    return True


def _permits_governed(text: str) -> bool:
    return (
        re.search(
            rf"\b{words.GOVERNED}\b(?: \w+)? (?:may|can|is|are)\b|\b(?:may|can) be\b|\b(?:permitted|allowed)\b",
            text,
            re.I,
        )
        is not None
    )


def _owner_acts(text: str, context: Context) -> bool:
    """True when the main clause tells what the document's owner does, may do or promises."""
    names = [re.escape(name) for name in context.owners]
    owner = "|".join([words.OWNER_SUBJECT, *(rf"(?:the )?{name}(?:'s|\u2019s)?(?: \w+){{0,3}}" for name in names)])
    acts = (
        r"(?:will|may|can|could|might|would|cannot|can't|do|don't|does|are|is|have|has|reserve|commit"
        r"|aim|strive|believe|want|take|use"
        r"|value|encourage|appreciate|recommend|provide|offer|collect|try|intend|plan|consider|work"
        r"|agree|won't|also|reserves|intends|provides|maintains|conducts|reviews|understand)"
    )
    start = r"(?:^|[,;:]\s+(?:and |but |then )?|\b(?:that|and|but|which) )"
    found = re.search(rf"{start}(?:{owner}) (?:\w+ly )?{acts}\b", text, re.I)
    if found is None:
        return False
    ahead, behind = text[: found.start()], text[found.end() :]
    binding = rf"\b{words.GOVERNED}\b(?: \w+){{0,3}} (?:must|shall|may not|should|are required)\b|^(?:do not|never)\b"
    return not re.search(binding, ahead, re.I) and not re.search(
        r"\b(?:you|users|employees) (?:must|shall|may not)\b", behind, re.I
    )


def _imperative(core: str, context: Context) -> bool:
    body = words.OPENERS.sub("", core)
    sentence = core.rstrip().endswith((".", "!", ";")) or context.is_item or len(core.split()) > 7
    if not sentence:
        return False
    if _starts_with_verb(body):
        return True
    if words.SUBORDINATE.match(body):
        for comma in re.finditer(r",\s+(?:then |please |always |only |immediately |also |first )*", body):
            rest = body[comma.end() :]
            if _starts_with_verb(rest) and not re.match(r"\w+,|\w+ or\b|\w+ and\b", rest):
                return True
    return False


def _starts_with_verb(text: str) -> bool:
    found = re.match(r"([A-Za-z-]+)(?:[ ,/]+([A-Za-z'\u2019]+))?", text)
    if not found:
        return False
    verb = found.group(1).casefold()
    following = (found.group(2) or "").casefold()
    verb = verb.removeprefix("re-")
    if verb not in VERBS:
        # An unknown opening word before a determiner ("Triage the ...") can only be a verb.
        return DETERMINER.match(text) is not None and not NO_VERB.match(verb)
    return verb not in NOUN_TOO or following not in NOT_AFTER_A_VERB
