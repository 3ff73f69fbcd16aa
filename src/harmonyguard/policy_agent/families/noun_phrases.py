"""Noun phrases of policies: which things they name, and what narrows these.

No content word is dropped: what names no thing describes one, measures it, or is left over for the judge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from harmonyguard.policies.atom import Term
from harmonyguard.policies.lexicon import GENERIC_OBJECTS, STATES
from harmonyguard.policies.words import STOP_WORDS, stem, words
from harmonyguard.policy_agent.reading.grammar import AGENT, is_participle

from .measures import measure_in
from .telling_things import without_system

_FRAME = re.compile(
    rf"\b(?:by {AGENT}|online|by hand|manually|elsewhere|anywhere|at all|in any way|on (?:its|their|your|his|her) own"
    r"(?: account| initiative)?|on (?:the |a )?\w+(?:'s|s')? behalf|on behalf of (?:the |a |any )?\w+|in the (?:system"
    r"|application|app|chat|portal)|off it|off them|(?:from|to|into|in|on|off|for) (?:it|them|anyone|anybody|someone"
    r"|others|other people|third parties|another (?:person|party))|of (?:it|them|anyone|anybody|someone)|instead"
    r"|in advance|beforehand|as such|as well|in the"
    r" (?:\w+'s )?(?:place|stead|name)|in place of (?:the )?\w+|under (?:his or her|his|her|their|its|the"
    r" \w+'s?) names?|either)\b"
)
_CUT = re.compile(
    r"(?<![\w-])(?P<cut>in|on|at|from|to|into|onto|with|by|via|through|of|for|that|which|who|whose|as|using"
    r"|regarding|about|under"
    r"|belonging|containing|related|above|over|exceeding|below|between|outside|inside|within|beyond|against|towards?"
    r"|per"
    r"|past|marked|found|written|older|newer|larger|smaller|longer|shorter|higher|lower|more|less|open|owned|made|placed"
    r"|named"
    r"|called|ending|starting|without|among|across|is|are|was|were|has|have|had|be)(?![\w-])"
)
_DETERMINERS = frozenset(
    """any the a an all each every this that these those such other another no some their its your our my existing
    new specific own of single more two several multiple many few both somebody someone anybody anyone
    people nothing anything him her""".split()
)
_EMPTY = frozenset(
    stem(word) for word in "immediately explicitly directly permanently never again first ever yet already".split()
)
_SPLIT = re.compile(r"\s*(?:,|/|\bor\b|\band\b|&)\s*(?:\bor\b|\band\b)?\s*")


@dataclass
class NounPhrase:
    """What a noun phrase tells: names of things, words that describe them, measures, states, and what is left."""

    names: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    measures: list[Term] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    remainder: list[str] = field(default_factory=list)

    def narrow(self, chunk: str) -> None:
        """One modifier: a measure, a state, or a description; or one whose words alone would say something else."""
        if match := _IN_A_STATE.match(chunk):
            self.states += re.findall(r"['\"]([^'\"]+)['\"]", match.group("values"))
            return
        if match := _PARTICIPLES.match(chunk):
            parts = re.split(r",? or |, ", match.group("states"))
            if all(is_participle(part.split()[0]) for part in parts) and any(" " in part for part in parts):
                self.states += parts
                return
        if found := measure_in(chunk):
            self.measures.append(found[0])
            chunk = found[1]
        left = [word for word in words(chunk) if word not in STOP_WORDS]
        left = [word for word in left if word not in _RELATIVE]
        if _SAYS_MORE.search(chunk):
            self.remainder.append(chunk)
        elif left and all(word in STATES for word in left):
            self.states += left
        elif (match := _WITH_A_STATE.match(chunk)) is not None:
            self.states += [part for part in _SPLIT.split(match["values"]) if part]
        elif any(stem(word) not in GENERIC_OBJECTS for word in left):
            self.described.append(" ".join(left))


def noun_phrase(text: str) -> NounPhrase:
    """The things that a phrase names, and all that narrows them."""
    phrase = NounPhrase()
    alternatives: list[str] = []
    for inner in re.findall(r"\(([^()]*)\)", text):
        if re.search(r"\d", inner) or len(inner.split()) > 8:
            phrase.remainder.append(inner)
        else:
            alternatives += [part for part in _SPLIT.split(inner) if part]
    text = _FRAME.sub(" ", re.sub(r"\([^()]*\)", " ", text)).strip(" ,")
    phrase.described += ["own"] if _OWN.search(text) else []
    if other := _OF_OTHERS.match(text):
        phrase.remainder.append(other["of"])
        text = other["what"]
    if others := _OTHER_ONES.match(text):
        phrase.remainder.append(f"other {others['what']} than what is meant")
        text = others["what"]
    if owned := _OWNED.match(text):
        phrase.described += [] if owned["of"] in _NOBODYS else [owned["of"]]
        text = owned["what"]
    if examples := re.search(
        r",?\s*\b(?:such as|for example|for instance|including|like|e\.g\.?)\s+(?P<list>.+)$", text
    ):
        alternatives += [part for part in _SPLIT.split(examples.group("list")) if part]
        text = text[: examples.start()]
    if found := measure_in(text):
        phrase.measures.append(found[0])
        text = found[1]
    if how := _HOW.search(text):
        phrase.remainder.append(how["how"])
        text = text[: how.start()]
    text = _OF.sub(r"\1 ", text)
    cut = _CUT.search(text, pos=_start(text))
    head, tail = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
    names = _names(head, phrase.states)
    chunks = modifiers_in(tail)
    if not names and chunks and chunks[0].startswith("of "):
        names = _names(chunks[0], phrase.states)
        chunks = chunks[1:] if names else chunks
    for chunk in chunks:
        phrase.narrow(chunk)
    names += [name for part in alternatives for name in _names(part, [])]
    if not names and (some := _SOME_OF_THEM.match(text.strip())):
        # "Other pages": without what it tells them from, a ban on all of them.
        phrase.remainder.append(some.group())
    phrase.names = list(dict.fromkeys(names))
    return phrase


_HOW = re.compile(
    r"(?<=\w) (?P<how>(?:electronic|automatic|physic|digit|verb|anonym|simultane|retroactiv|individu)\w*ly)$"
)
"""How something is done, and no part of a name: "contracts electronically"."""

_PAIR = 2
"""Words of "assigned user": the name of a field, and no user in a state."""

_SOME_OF_THEM = re.compile(r"(?:(?:any|all|the|of|to|on) )*(?:other|another|such|that|these|those)\b.*")
"""A thing that is only told from others of a kind that every act is on."""

_OWN = re.compile(r"\b(?:your|my|his|her|their|our) own (?!\w+ing\b)(?=\w)")
_OF_OTHERS = re.compile(
    r"^(?P<of>(?:another|other|a different) (?!user|customer|client|person)[a-z-]+(?:'s|s')) (?P<what>[a-z].*)$"
)
""" "Another team's boards": boards, and whose they are the judge tells."""
_OTHER_ONES = re.compile(
    r"^(?:any |all |the )?other (?P<what>(?!users?\b|people\b|persons?\b|sites?\b|websites?\b|part(?:y|ies)\b)"
    r"[a-z][a-z -]*)$"
)
""" "Other branches": than which, another sentence or the task says, and a judge has to tell."""
_OWNED = re.compile(r"^(?:the |an? |any |each |every )?(?P<of>[a-z-]+)(?:'s|s') (?P<what>[a-z][a-z -]*)$")
_NOBODYS = frozenset("user customer client person agent assistant somebody someone anybody anyone else".split())
""" "The contact's title" is the title, where it is a contact's. Whose it is when it is the user's, no page says."""

_OF = re.compile(r"\b(number|amount|name|address|date|status|type|level|list)s? of\s+(?:the |a |an |its |their )?")


def _start(text: str) -> int:
    """Where a noun phrase may first be cut: after its determiners, and after the state of "open tickets"."""
    match = re.match(r"^(?:of |the |any |a |an |all |more |that |open (?=\w))+", text)
    return match.end() if match else 0


def _names(head: str, states: list[str]) -> list[str]:
    found: list[str] = []
    for part in _SPLIT.split(head.strip(" ,")):
        kept = [w for w in words(part) if w not in STOP_WORDS and w not in _DETERMINERS and stem(w) not in _EMPTY]
        kept = without_system(kept)
        stating = [word for word in kept[:-1] if word in STATES and not (word == "assigned" and len(kept) == _PAIR)]
        states += [word for word in stating if word not in states]
        kept = [word for word in kept if word not in stating]
        if kept and (_RECORDS.search(part) or not all(stem(word) in GENERIC_OBJECTS for word in kept)):
            found.append(" ".join(kept))
    return found


def modifiers_in(tail: str) -> list[str]:
    """The modifiers of a phrase, one a preposition or relative clause."""
    tail = _FRAME.sub(" ", tail).strip(" ,.")
    if _PARTICIPLES.match(tail):
        return [tail]
    cuts = [
        match.start()
        for match in re.finditer(
            r"(?<![\w-])(?:in|on|at|from|to|into|onto|with|by|via|of|for|that|which|who|as|about|under|within"
            r"|between|without)(?![\w-])",
            tail,
        )
    ]
    bounds = sorted({0, *cuts, len(tail)})
    return [chunk for a, b in pairwise(bounds) if (chunk := tail[a:b].strip(" ,"))]


_RECORDS = re.compile(r"\b(?:cases|tasks|activities)$|\b(?:an?|any|every|each|no) (?:[a-z]+ )?(?:case|task|activity)$")
"""Records that are called by words which elsewhere say nothing: "closed cases", but not "in this case", "the task"."""

_SAYS_MORE = re.compile(
    r"\b(?:not|never|no|nobody|cannot)\b"  # "fields which nobody mentioned"
    r"|\b(?:more|less|fewer|greater|higher|lower) than\b"  # a measure that was not understood
    r"|^to (?:all|every|each) |\bat once$"  # to one of them is another act
    r"|\b(?:above|below|beneath|beyond|higher|lower)\b"  # than what, no word of a record says
    r"|^(?:to|for|with|by|from) (?:an)?other [a-z]"  # other than what was named before
    r"|^to (?:pay|get|make|avoid|bypass|replace|cover|obtain|circumvent|hide|force|trigger|prevent)\b"  # a purpose
)
_IN_A_STATE = re.compile(
    r"^(?:with|in|of|whose|having) (?:an? |the )?(?:status|state|stage|phase)(?: is| of)? "
    r"(?P<values>['\"][^'\"]+['\"](?:(?:,| or|, or)+ ['\"][^'\"]+['\"])*)$"
)
_WITH_A_STATE = re.compile(
    r"^(?:with|in|of|whose|having) (?:an? |the )?(?:status|state|stage|phase)(?: is| of)? "
    r"(?P<values>[a-z-]+(?: (?!or\b|and\b)[a-z-]+)?(?:(?:, or |, | or )[a-z-]+(?: (?!or\b|and\b)[a-z-]+)?)*)$"
)
_PARTICIPLES = re.compile(
    r"^(?:that|which) (?:is|are|has been|have been|was|were)(?: already)? (?P<states>[a-z]+(?: (?:in|out|off|up))?"
    r"(?:(?:, | or |, or )[a-z]+(?: (?:in|out|off|up))?)*)$"
)
"""What has been done to a thing, as statuses have it: "checked in", "picked up or written off"."""

_RELATIVE = frozenset("marked found written made placed owned named called already".split())
