"""Which acts a phrase means: effects on objects, or a list of examples beside the wide words that they illustrate."""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.policies.lexicon import NOUNS
from harmonyguard.policies.rule import AnyOf, Understood
from harmonyguard.policies.words import stem, words
from harmonyguard.policy_agent.comparison.phrases import objects_in, parse_act, split_conditions
from harmonyguard.steps import Effect

from .building import HOLDS, any_of, just, on_objects, stated_condition, term
from .idioms import idioms_in
from .listed_acts import accounts_held, listed_acts

_EXAMPLES = re.compile(
    r"\s*[(,–—-]*\s*\b(?:such as|for example|for instance|including|e\.g\.,?|like)\s+(?P<list>.+?)\s*\)?\s*-?$"
)
_PARENTHESIS = re.compile(r"\((?P<list>[^()]*,[^()]*)\)\s*$")
_PRESSES = re.compile(
    r"\b(?:(?:click|press|hit|hitt|tapp?|select)(?:ing|ed|s|es)?"
    r"|push(?:ing|ed|es)?(?=[^,.]*\b(?:button|link|control)\b))\s+(?:on )?(?:the )?['\"]?(?P<name>[\w &'/-]+?)['\"]?"
    r"(?:\s+(?:button|link|control|menu item|option|icon))?(?:,|$)"
)
_NO_NAME = re.compile(r"(?:(?:any|every|no|some)thing|links?|buttons?|controls?|elements?|items?|icons?)\b")
"""What is pressed without being named: "anything in the danger zone"."""

_COMMAS = re.compile(r"\s*[,;]\s*(?:and\b|or\b|as well as\b)?\s*|\s+as well as\s+")
_JOINED = re.compile(r"\s+(?:or|and|and/or)\s+")
_ACTIVE_IN_LIST = {"create", "submit", "update", "change_settings", "execute", "enter", "read", "navigate"}
_WIDE = re.compile(
    r"^(?:you )?(?:(?:do|doing|take|taking|perform|performing|carry out|carrying out|make|making) )?"
    r"(?:any |all |an? |the )*"
    r"(?:(?:such|high-stakes|high-risk|risky|sensitive|critical|important|consequential|irreversible|significant) )*"
    r"(?:anything|everything|something|actions?|acts?|steps?|operations?|transactions?)\b(?! (?:button|link|menu))"
)
"""Words for acts of many kinds, told apart by what follows: "anything that costs money"."""

_WIDE_ANYWHERE = re.compile(
    r"\b(?:(?:any|all|every|no|an?|such|high-stakes|risky|irreversible|sensitive|critical|consequential) )"
    r"(?:[\w-]+ )?(?:anything|actions?|acts?|steps?|operations?)\b|\b(?:anything|everything|nothing) (?:that|which)\b"
)
_QUALITIES = frozenset("legal public formal binding official financial personal important other new explicit".split())


def scope_of_act(act: str, statement: str) -> tuple[tuple[AnyOf, ...], Understood, tuple[str, ...]]:
    """The groups that say "the act is this one", how much was understood, and what was not.

    Examples ("such as ...") stand beside the general words that they illustrate, which the judge decides.
    """
    act = act.strip(" ,.-–—")
    pressed = _PRESSES.search(act)
    if pressed and not _NO_NAME.match(pressed.group("name")):
        return any_of("control", [pressed.group("name").strip()]), "fully", ()
    general, examples = _examples_of(act)
    if examples or _WIDE.match(general):
        terms = list(listed_acts(examples or general))
        terms = terms or [found for part in _items_of(examples or general) for found in _act_terms(part)]
        terms += [found for found in idioms_in(general) if found not in terms]
        if terms:
            return (AnyOf(terms=(*terms, term("judged", general))),), "partly", (general,)
    if held := accounts_held(act):
        return (AnyOf(terms=held),), "fully", ()
    main, conditions = split_conditions(act)
    parsed = parse_act(main)
    if not parsed.effects:
        return (), "not", (statement,)
    scope = (*any_of("effect", sorted(parsed.effects)), *on_objects(parsed.objects))
    left: list[str] = []
    for condition in conditions:
        known = stated_condition(condition.text) if condition.kind in HOLDS else None
        if known is not None:
            scope = (*scope, known)
        else:
            left.append(f"{condition.kind} {condition.text}")
    if left:
        return (*scope, just(term("judged", statement))), "partly", tuple(left)
    return scope, "fully", ()


def is_wide(act: str) -> bool:
    """True for words for acts of many kinds: "any step", "anything that costs money"."""
    return _WIDE.match(act) is not None


def presses(act: str) -> bool:
    """True when an act is the pressing of a control."""
    return _PRESSES.match(act) is not None and not act.startswith("select")


def names_many_acts(statement: str) -> bool:
    """True when a statement names its acts by examples, by wide words, or by the controls that are pressed."""
    text = statement.lower()
    return any(pattern.search(text) for pattern in (_EXAMPLES, _PRESSES, _WIDE_ANYWHERE))


def _examples_of(act: str) -> tuple[str, str]:
    for pattern in (_EXAMPLES, _PARENTHESIS):
        if match := pattern.search(act):
            return act[: match.start()].strip(" -–—,("), match.group("list").strip(" -–—,)")
    return act, ""


def _items_of(examples: str) -> list[str]:
    """The items of a list of acts. Verbs that are joined share the last one's object ("creating or deleting an
    account"), and so do nouns for acts ("account creation or deletion")."""
    whole: list[str] = []
    for item in _COMMAS.split(examples):
        parts = [part for part in _JOINED.split(item) if part.strip()]
        objects = [parse_act(part).objects for part in parts]
        for number, part in enumerate(parts):
            last = objects[-1]
            if number < len(parts) - 1 and not objects[number] and last and " " not in part and part.endswith("ing"):
                part = f"{part} {last[0]}"
            elif number and " " not in part and len(parts[0].split()) == 2 and _noun_of_act(part):
                part = f"{parts[0].split()[0]} {part}"
            whole.append(part)
    return whole


def _act_terms(part: str) -> list[Term]:
    tokens = part.split()
    if len(tokens) == 2 and (effects := _noun_of_act(tokens[1])) and tokens[0] not in _QUALITIES:
        return [term("act", effect, "is", tokens[0]) for effect in sorted(effects)]
    parsed = parse_act(part)
    strong: list[Effect] = sorted(parsed.effects - {"read", "navigate", "enter"})
    objects = tuple(noun for found in parsed.objects if (noun := _unqualified(found)))
    if objects and parsed.effects != frozenset({"submit"}):
        return [term("act", effect, "is", noun) for effect in strong for noun in objects]
    narrow = [effect for effect in strong if effect in _ACTIVE_IN_LIST]
    # "applications" or "contracts" alone name an act only where the page calls it so.
    nouns = [noun for found in objects_in(part) if (noun := _unqualified(found))]
    named = [term("act", effect, "is", noun) for effect in narrow for noun in nouns]
    return [*(term("effect", effect) for effect in strong if effect not in narrow), *named]


def _noun_of_act(word: str) -> frozenset[Effect]:
    """The effects of a noun that names an act on what stands before it ("creation", "removal")."""
    found = NOUNS.get((stem(word),), frozenset())
    return found if word.endswith(("tion", "tions", "al", "als", "ment", "ments")) else frozenset()


def _unqualified(noun: str) -> str:
    return " ".join(word for word in words(noun) if word not in _QUALITIES)
