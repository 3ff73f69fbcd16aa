"""Any ban that the reading finds: its act, narrowed by its conditions, unless something lifts it."""

from __future__ import annotations

import re

from harmonyguard.policies.lexicon import NOUNS, match_at
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policies.words import stem
from harmonyguard.policy_agent.reading import Ban
from harmonyguard.policy_agent.reading.grammar import is_participle

from .acts import LASTING, Scope, scope_of
from .building import just, term
from .lifting import content, is_staff, lifting, lifting_people, narrowings
from .requests import is_request
from .scopes import is_wide, presses, scope_of_act


def rule_of(ban: Ban) -> Rule | None:
    """The rule that a ban states; None when nothing of its act is known."""
    if not ban.verb and not ban.unless and not ban.when:
        return _off_limits(ban.what)
    special = is_wide(ban.what or ban.verb) or presses(ban.verb)
    restricted = [
        one.text
        for one in ban.unless
        if one.kind == "only"
        and not one.text.startswith("by ")
        and not _TELLS_WHEN.match(one.text)
        and not is_request(one.text)
        and not lifting_people(one.text)
    ]
    names = tuple(word for text in restricted for word in content(text) if not word.isdigit())
    scope = _wide_scope(ban) if special else scope_of(ban, names if len(names) <= _FEW else ())
    if not scope.groups or (not ban.what and _ANY_HELP.match(ban.verb)):
        return None
    if names and not any(one.atom.kind in ("thing", "field", "act") for group in scope.groups for one in group.terms):
        scope.groups.append(AnyOf(terms=tuple(term("thing", word) for word in names)))
    when, unless, left = list(scope.groups), list[AllOf](), list(scope.remainder)
    when += [AnyOf(terms=(term("judged", words),)) for words in scope.remainder]
    for condition in ban.when:
        if condition.kind == "once" and " " not in condition.text and is_participle(condition.text):
            continue  # "once made": of what there is, always so
        groups, words = narrowings(condition)
        when += groups
        left += [words] if words else []
    for condition in ban.unless:
        lifts, words = lifting(condition)
        unless += lifts
        left += [words] if words else []
    if ban.limit is not None:
        counted = scope.effects or ("submit",)
        when.append(AnyOf(terms=tuple(term("count", effect, "at_least", str(ban.limit)) for effect in counted)))
    return Rule(
        when=tuple(when),
        unless=tuple(dict.fromkeys(unless)),
        understood="partly" if left else "fully",
        remainder=tuple(left),
    )


def is_read_best(ban: Ban) -> bool:
    """True for a ban of which no family knows more: on a part of a site, or but for people of the organisation."""
    return (not ban.verb and not ban.unless and not ban.when) or any(
        one.kind == "by" and is_staff(one.text) for one in ban.unless
    )


def _wide_scope(ban: Ban) -> Scope:
    """ "No step is taken that costs money": what the wide words have in common, or the judge, says which acts."""
    act = f"any {ban.what} {ban.verb.partition(' ')[2]}" if ban.what else ban.verb
    groups, _, remainder = scope_of_act(" ".join(act.split()), ban.canonical)
    return Scope(list(groups), [] if groups else list(remainder))


_TELLS_WHEN = re.compile(r"(?:within|after|before|until|during|once|when|if|while|up to|as long as|against)\b")
"""A restriction to a time, a limit or a partner is no field that is set."""

_ANY_HELP = re.compile(r"^(?:help|assist|serve|proceed|continue|act|go on|go ahead)(?: (?:them|him|her|you|further))?$")
"""Verbs for whatever an agent does."""

_FEW = 4
"""Words of a restriction that may be a field and its value."""

_PLACE_WORDS = re.compile(
    r"\b(?:the|area|section|page|pages|part|parts|folder|directory|tab|screen|module|any|all|of)\b|['\"“”‘’]"
)


def _off_limits(what: str) -> Rule | None:
    """A part of a site, or a thing, that is not to be touched at all, nor looked at."""
    if _NARROWED.search(what):
        return _narrowed_thing(what)
    names = [" ".join(_PLACE_WORDS.sub(" ", part).split()) for part in re.split(r",|\bor\b|\band\b", what)]
    places = tuple(term("place", name) for name in names if name)
    things = tuple(term("thing", name) for name in names if name)
    lasting = tuple(term("effect", effect) for effect in LASTING)
    if not places:
        return None
    return Rule(when=(AnyOf(terms=(*places, *lasting)), AnyOf(terms=(*places, *things))))


_NARROWED = re.compile(
    r"\w (?:above|below|of more than|on|in|with|without|for|from|at|after|before|during|outside"
    r"|about|regarding|concerning|by|via|through|that|which|who|whose|over|under)"
    r" (?!(?:the |this |our )?(?:web ?)?(?:site|app|application|system|shop|portal|page)\b)\w"
)


_HEAD = re.compile(r"^(?:[\w'-]+ )*?(?P<last>[\w'-]+) (?:above|below|of more than|over|under) ")


def _narrowed_thing(what: str) -> Rule | None:
    """ "Meetings on holidays": a thing, and what narrows it; no part of a site is called so."""
    scope = scope_of(Ban("", what))
    head = _HEAD.match(what)
    if not scope.groups or (head and match_at(NOUNS, [stem(head["last"])], 0)):
        return None  # "price changes above ...": an act, by a noun that no page calls it
    judged = [just(term("judged", words)) for words in scope.remainder]
    remainder = tuple(scope.remainder)
    return Rule(when=(*scope.groups, *judged), understood="partly" if remainder else "fully", remainder=remainder)


def either(rules: list[Rule]) -> Rule:
    """One rule that forbids what any of these forbids: groups multiplied out, exceptions as denied groups."""
    first, *others = rules
    for other in others:
        first = _both(first, other)
    return first


def _both(left: Rule, right: Rule) -> Rule:
    shared = tuple(group for group in left.unless if group in right.unless)
    ones, twos = _groups(left, shared), _groups(right, shared)
    when = tuple(
        dict.fromkeys(AnyOf(terms=tuple(dict.fromkeys((*one.terms, *two.terms)))) for one in ones for two in twos)
    )
    remainder = (*left.remainder, *right.remainder)
    understood = "fully" if left.understood == right.understood == "fully" else "partly"
    return Rule(when=when, unless=shared, understood=understood, remainder=remainder)


def _groups(rule: Rule, shared: tuple[AllOf, ...]) -> list[AnyOf]:
    denied = [
        AnyOf(terms=tuple(one.model_copy(update={"negated": not one.negated}) for one in group.terms))
        for group in rule.unless
        if group not in shared
    ]
    return [*rule.when, *denied]
