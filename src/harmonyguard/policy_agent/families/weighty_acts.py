"""Leave before whatever weighs: "No step that commits the firm - orders, filings - without the user's consent."

Organisations name the acts of weight by what they have in common (money, law, other people), by examples, or by both,
and demand the user's leave in front of the acts, behind them or around them. What the text says to need no leave
lifts the rule as well.
"""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.policies.rule import AllOf, AnyOf, Rule
from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.grammar.verbs import third_person
from harmonyguard.policy_agent.reading import asks
from harmonyguard.policy_agent.reading.grammar import AGENT

from .building import CONSENT, term
from .demands_of_leave import BINDS, NOT, WHO, acts_before_leave, in_one_list
from .idioms import idioms_in
from .listed_acts import listed_acts

_WIDE = re.compile(
    r"\b(?:anything|everything|something|whatever|whichever)\b"
    r"|\b(?:steps?|actions?|acts?|clicks?|operations?|transactions?|moves?|activit(?:y|ies)|interactions?|decisions?"
    r"|things|tasks?|commitments?|dealings)\b(?! (?:button|link|menu|items?|plan))"
    r"|\bcommits? (?:the |your |our )?[a-z]+ (?:financially|legally|contractually)\b"
)
"""Words for acts of any kind, told apart by what follows."""

_EXAMPLES = tuple(
    re.compile(form)
    for form in (
        r"\((?P<list>[^()]+)\)",
        r"(?:\s[-–—]\s|,\s|:\s|\s)(?:such as|for example|for instance|e\.g\.,?|including|like|among them|namely"
        r"|i\.e\.,?|that is|notably|above all)[,:]?\s(?P<list>.+?)(?:\s[-–—](?:\s|$)|$)",
        r"\s[-–—]\s(?P<list>.+?)(?:\s[-–—](?:\s|$)|,?$)",
        r":\s(?P<list>.+)$",
    )
)
_LEAD = re.compile(
    r"^(?:(?:the agent|the assistant|it|they|you) )?(?:(?:do|does|doing|take|takes|taking|perform|performing|carry out"
    r"|carrying out|execute|executing) )?(?:(?:an?|any|every|each|all|no|the) )?(?:[a-z-]+ )?(?:steps?|actions?|acts?"
    r"|clicks?|operations?|transactions?|anything|something|whatever)(?: (?:that|which|by which [a-z]+))?"
    r"(?: (?:would|could|may|might|can|will))? "
)
_FREE = re.compile(
    r"\b(?:needs?|requires?|wants?|calls? for) (?:no|none|neither)\b|\b(?:do|does|need) not (?:need|require|have to)\b"
    r"|\bwithout (?:asking|leave|consent|approval|permission)\b|\b(?:freely|on (?:its|their|your) own|is free|are free"
    r"|are exempt|is exempt|go ahead|at will)\b|\bneed not\b"
    r"|\bno (?:consent|approval|permission) is (?:needed|required)\b"
)
_SAYS_AGAIN = re.compile(
    rf"^{WHO} (?:{BINDS} )?(?:first )?(?:confirms?|approves?|agrees? to|decides? on) (?:each|every|all|any)"
    r" (?:one )?(?:of (?:them|these|those)|such (?:step|act|action))s?\b[^,;.]*$"
)
"""That the user confirms each of them says again whose leave it is."""

_FREE_ACTS = re.compile(r"^(?P<acts>.+?) (?:needs?|requires?|wants?|calls?|do|does|may|can|is|are|need)\b")
_NARROWED = re.compile(r"\d|\b(?:above|exceeding|more than|less than|below|except for|other than)\b")
_NAMED = re.compile(r"(?<!\w)(['\"])[^'\"]+\1(?!\w)")
"""What is named in quotation marks is one act, control or value, and no kind of act."""

_OTHERS = re.compile(
    r"\b(?:managers?|supervisors?|team[- ]leads?|directors?|(?:legal|finance|compliance) (?:team|department|officer)"
    r"|department|administrators?|hr|committee|board|officers?|security team)\b"
)
_SENTENCE = re.compile(r"(?<=[\w'\")])[.;!]\s+(?=\S)")
_KINDS, _KINDS_OF_A_LIST = 2, 4
"""Effects from which on a text names acts of weight and no single act: with wide words, and with a list alone."""


def weighty_acts(statement: str) -> Rule | None:
    """A rule on acts of weight that the user's leave lifts; None where leave is demanded for one kind of act only."""
    text = re.sub(r"[’‘]", "'", normalise(statement)).rstrip(". ")
    text = _defined(in_one_list(_IN_BRACKETS.sub(lambda one: one.group().replace(";", ","), text)))
    sentences = [part.strip(" .") for part in _SENTENCE.split(text) if part.strip(" .")]
    demands = [(one, acts) for one in sentences if (acts := _acts_of(one)) is not None]
    if len(demands) != 1 or any(
        asks(one) and not (_FREE.search(one) or _SAYS_AGAIN.match(one)) for one in sentences if one != demands[0][0]
    ):
        return None
    demand, acts = demands[0]
    general, named = _parts_of(acts)
    if not _are_weighty(acts, named):
        return None
    freed = dict.fromkeys(one for told in sentences if told != demand for one in _freed(told))
    lifts = (CONSENT, *(AllOf(terms=(one,)) for one in freed))
    # Who hands in applications or agreements presses a bare "Submit" as often as not.
    forms = (term("act", "submit", "is", "form"),) if any(one.atom.term == "submit" for one in named) else ()
    group = AnyOf(terms=tuple(dict.fromkeys((*named, *forms, term("judged", general)))))
    return Rule(when=(group,), unless=lifts, understood="partly", remainder=(general,))


_IN_BRACKETS = re.compile(r"\([^()]*\)")
_DEFINED = re.compile(
    r"^(?P<kind>[a-z-]+) (?P<acts>actions|acts|steps|operations)(?P<demand> (?:needs?|requires?|must|may)\b[^.;]*)"
    r"[.;] "
    r"(?P=kind)(?: (?:actions?|acts?|steps?|operations?))? (?:means?|are|is|includes?|covers?|comprises?):? "
    r"(?P<list>[^.]+?)(?P<rest>\. .+)?$"
)


def _defined(text: str) -> str:
    """ "Grave steps need leave. Grave means: selling, ...": the steps with their examples."""
    match = _DEFINED.match(text)
    if match is None:
        return text
    listed = match["list"].replace(";", ",")
    return f"{match['kind']} {match['acts']} ({listed}){match['demand']}{match['rest'] or ''}"


def _are_weighty(acts: str, named: tuple[Term, ...]) -> bool:
    """The acts are named by what they have in common, or are many of a kind."""
    effects = {one.atom.term for one in named}
    if not _WIDE.search(acts):
        return len(effects) >= _KINDS_OF_A_LIST or len(_PAYS.findall(acts)) >= _WAYS_TO_PAY
    return len(effects) >= _KINDS or bool(idioms_in(_LEAD.sub("", acts)))


_PAYS = re.compile(
    r"\b(?:payments?|purchases?|orders?|bookings?|reservations?|donations?|transfers?|subscriptions?|bets?"
    r"|transactions?)\b"
)
_WAYS_TO_PAY = 3
"""Ways to spend money from which on a list of them means all."""


def _acts_of(sentence: str) -> str | None:
    """The acts before which a sentence demands the user's leave."""
    if _NARROWED.search(sentence) or _OTHERS.search(sentence) or _NAMED.search(sentence):
        return None
    return acts_before_leave(sentence)


_THIRD_PERSON = re.compile(
    r"(?:^|(?<=, )|(?<= or )|(?<= and ))(?P<verb>[a-z]+s)(?=$|,| (?:an?|the|any|or|and|in|to|up|for)\b)"
)


def _as_told(acts: str) -> str:
    """ "The agent completes a purchase, posts in public" as "complete a purchase, post in public"."""
    own = re.sub(rf"^(?:{AGENT}) (?=[a-z]+s\b)", "", acts)
    return acts if own == acts else _THIRD_PERSON.sub(lambda one: third_person(one["verb"]) or one["verb"], own)


def _parts_of(acts: str) -> tuple[str, tuple[Term, ...]]:
    """The wide words, and the acts that these have in common and that the examples name."""
    acts = re.sub(rf"(?<=[ ,]){NOT} (?=[a-z])", "", _as_told(acts))
    general, listed = acts, list[Term]()
    for form in _EXAMPLES:
        if match := form.search(general):
            listed += listed_acts(match["list"].strip(" ,-–—"))
            general = f"{general[: match.start()]} {general[match.end() :]}"
    general = " ".join(general.split()).strip(" ,:-–—")
    bare = _LEAD.sub("", general)
    return general or acts, tuple(dict.fromkeys((*listed, *listed_acts(bare), *idioms_in(bare))))


def _freed(sentence: str) -> tuple[Term, ...]:
    """The acts that a sentence says to need no leave."""
    match = _FREE_ACTS.match(sentence)
    return listed_acts(match["acts"]) if match else ()
