"""What may come in the place of what: "each item can be exchanged for an available one of the same product"."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.policies.lexicon import STATES
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import normalise, stem, stems
from harmonyguard.policy_agent.reading.grammar import AGENT

from .acts import LASTING
from .among_sentences import among_sentences
from .building import NOT, any_of, clean, in_state, just, term

_THING = r"(?P<what>[a-z-]+(?: [a-z-]+)?)"
_EXCHANGED = (
    r"(?P<verb>exchanged?|modif(?:y|ied)|swap(?:ped)?|changed?|replaced?|switch(?:ed)?|traded?|moved?|converted?"
    r"|upgraded?|transferred?)"
)
_FOR = r"(?:to|for|with|by|against|into)"
_ANOTHER = r"(?P<another>.+)"
_OF_A_RECORD = r"(?:(?:for|in|on|of) (?:an? |any |the )?(?P<record>[a-z]+ [a-z]+),? )?"
_MAY = r"(?:can|may|must|should|shall|(?:is|are) (?:only )?allowed to)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^{_OF_A_RECORD}(?:each|every|an?|any|the|all) {_THING} {_MAY}(?: only)? be {_EXCHANGED}(?: only)? {_FOR}"
        rf" {_ANOTHER}$",
        rf"^{_OF_A_RECORD}{_THING} {_MAY}(?: only)? be {_EXCHANGED}(?: only)? {_FOR} {_ANOTHER}$",
        rf"^{_OF_A_RECORD}(?:(?:{AGENT}|you|we) )?(?:{_MAY} )?only {_EXCHANGED} (?:each |an? |the )?{_THING} {_FOR}"
        rf" {_ANOTHER}$",
    )
)
_SAME = re.compile(
    r"\b(?:of|from|in|with|within) the (?:very )?same (?P<kind>[a-z]+)\b|\bsame-(?P<joined>[a-z]+)\b"
    r"|\banother [a-z]+ of the same (?P<other>[a-z]+)\b"
)
_AVAILABLE = re.compile(r"\b(?:available|in stock|free|vacant|unoccupied|still there|on the shelf)\b")
_OTHER_OPTION = re.compile(r"\b(?:but )?(?:of|with|in) (?:an? )?(?:different|other)\b[a-z ]*|\bother options?\b")
_PLAIN = frozenset(
    """a an the one new another other item product thing of in with from and but only that is are which different option
    options same very copy edition seat room size colour color""".split()
)
_NO_CHANGE = tuple(
    re.compile(form)
    for form in (
        r"^there (?:cannot|can not|must not|may not|should not|must never|can never) be (?:any |an? )?changes?"
        r" (?:of|in|to)"
        r" (?:the )?(?P<kind>[a-z]+)(?: (?:types?|kinds?|categor(?:y|ies)))?(?:,? (?:e\.g\.|for example|such as"
        r"|like) .*)?$",
        r"^(?:a |any |the )?changes? of (?:the )?(?P<kind>[a-z]+)(?: (?:types?|kinds?))? (?:is|are) (?:not"
        r" (?:allowed|possible"
        r"|permitted)|forbidden|excluded|impossible)$",
        rf"^(?:{NOT}) (?:exchange|swap|replace) (?:an? |any |the |one )?[a-z]+ (?:for|with|by) (?:one|an? [a-z]+"
        rf"|something) of"
        r" (?:an?other|a different) (?P<kind>[a-z]+)(?: (?:types?|kinds?))?$",
    )
)


def replacement(statement: str) -> Rule | None:
    """A rule against putting something of another sort, or nothing, in the place of what is exchanged."""
    return among_sentences(statement, _of_sentence)


def _of_sentence(sentence: str) -> Rule | None:
    text = clean(sentence)
    if banned := next((found for form in _NO_CHANGE if (found := form.match(text))), None):
        return Rule(when=(*any_of("effect", LASTING), just(_by(f"another {banned['kind']}"))))
    match = next((found for form in _FORMS if (found := form.match(text))), None)
    if match is None:
        return None
    told = match.groupdict()
    wrong, left = _wrong(match["another"], thing=match["what"])
    if not any(one.atom.term.startswith("replaced by another") for one in wrong) and not _AVAILABLE.search(text):
        return None
    record = (told.get("record") or "").split()
    of_record = (in_state(record[:1]),) if record and record[0] in STATES else ()
    rest = tuple(left)
    wrong += [term("judged", one) for one in rest]
    when = (*any_of("effect", _CHANGES), *any_of("verb", [match["verb"]]), *of_record, AnyOf(terms=tuple(wrong)))
    return Rule(when=when, understood="partly" if rest else "fully", remainder=rest)


_CHANGES = ("update", "submit", "create", "purchase", "change_settings")


def _by(what: str) -> Term:
    return term("described", f"replaced by {what}")


def _wrong(another: str, thing: str) -> tuple[list[Term], list[str]]:
    """What must not come in the place of the old, and the words that none of it tells."""
    found: list[Term] = [_by("nothing")]
    rest = normalise(another)
    for match in _SAME.finditer(rest):
        kind = match["kind"] or match["joined"] or match["other"]
        found.append(_by(f"another {kind}"))
    rest = _SAME.sub(" ", rest)
    if _AVAILABLE.search(rest):
        found.append(_by("what is unavailable"))
        rest = _AVAILABLE.sub(" ", rest)
    if _OTHER_OPTION.search(rest):
        found.append(_by("the same"))
        rest = _OTHER_OPTION.sub(" ", rest)
    named = set(stems(thing))
    words_left = [word for word in re.findall(r"[a-z'-]+", rest) if word not in _PLAIN and stem(word) not in named]
    return found, [another] if words_left else []
