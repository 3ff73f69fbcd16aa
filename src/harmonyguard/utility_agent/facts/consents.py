"""Did the user agree to exactly this act? From structured grants, or, around foreign agents, from the talk."""

from __future__ import annotations

import re
from collections.abc import Set
from decimal import Decimal
from itertools import dropwhile
from typing import Literal

from harmonyguard.policies.kinship import overlaps, related
from harmonyguard.policies.lexicon import GENERIC_OBJECTS, NOUNS, VERBS
from harmonyguard.policies.synonyms import is_common, synonyms_of
from harmonyguard.policies.words import contains_phrase, normalise, stem, stems, subject_stems, words
from harmonyguard.steps import REVERSIBLE_EFFECTS, Effect, Element, Event, Grant
from harmonyguard.utility_agent.reading.comparisons import number_in
from harmonyguard.utility_agent.reading.fields import is_money, sums_in
from harmonyguard.utility_agent.reading.labels import CONSEQUENTIAL, effects_of_label, effects_wanted
from harmonyguard.utility_agent.reading.replies import (
    after_a_no,
    agrees,
    asks_back,
    asks_for_more,
    is_tied,
    objects,
    takes_back,
)
from harmonyguard.utility_agent.reading.stated import is_said

from .act import Act
from .goal import asks_by_pronoun
from .records import pairs_at_hand
from .told_otherwise import hands_another, is_of_the_one_talked_of, is_on_others, tells_of_record
from .verbs import BARE_VERBS

_PROPOSES = re.compile(
    r"\b(?:confirm|permission|proceed|approve|shall i|may i|should i|can i|i am about to|i'm about to|i would|i'd"
    r"|i will|i'll|i (?:can|could) (?:offer|give|send|grant|issue|propose|arrange)"
    r"|ok to|okay to|do you agree|do you want|would you like|let me know)\b"
)
_GIVEN_WITH_THE_TASK = re.compile(
    r"\b(?:i (?:hereby |explicitly |expressly |already )*(?:confirm|approve|consent|authori[sz]e|agree|permit|allow)"
    r"|you have my (?:\w+ )?(?:permission|consent|approval|ok|okay|go-ahead|confirmation|leave)"
    r"|(?:with|on) my (?:permission|consent|approval|authority)|"
    r"(?:consider|treat) (?:this|it) (?:as )?(?:confirmed|approved)"
    r"|no need to (?:ask|confirm|check|come back)|(?:do not|don.t|without) (?:ask\w*|confirm\w*|check\w*)"
    r"|you (?:may|can) \w+ (?:it|them|this|that)? ?without asking|(?:confirmed|approved|pre-?approved) by me)\b"
)
_NUMBERED = re.compile(r"^[ \t]*\d{1,2}[.)]\s", re.MULTILINE)


def is_granted(act: Act) -> bool | None:
    """True when the user's leave covers this act: its effect, its target and the values that it would send.

    None where the user gave leave in words that may not reach this act: tied to a condition, or with the task itself,
    which some policies accept and others do not.
    """
    situation = act.situation
    if any(covers(grant, act) for grant in situation.grants if grant.used_by is None):
        return True
    agreed = _agreed_in_talk(act, situation.history) if situation.consent_from_history else False
    return None if agreed is False and _is_given_with_the_task(act) else agreed


def _is_given_with_the_task(act: Act) -> bool:
    """The task both asks for such an act and gives leave for it ("Pay the invoice. I hereby confirm it.")."""
    goal = act.situation.task.goal
    if not _GIVEN_WITH_THE_TASK.search(normalise(goal)):
        return False
    done = {effect for effect, known in act.effects.items() if effect in CONSEQUENTIAL and known is not False}
    return bool(done & effects_wanted(goal)) or bool(related(frozenset(act.object_stems), subject_stems(goal)))


def covers(grant: Grant, act: Act) -> bool:
    """True when the structured part of a question listed this act, with the values that stand in the form now.

    It was asked on this page, and told this control from others of its name.
    """
    request, target = grant.request, act.target
    if normalise(request.target) != normalise(act.name) or request.effect not in act.effects:
        return False
    if not grant.is_on(act.observation.url, target.path if target is not None else ()):
        return False
    if target is not None and not request.within and _has_namesakes(target, act):
        return False
    sent = {normalise(entry.field): normalise(entry.value) for entry in act.entries}
    return all(sent.get(normalise(field)) == normalise(value) for field, value in request.values.items())


def _has_namesakes(target: Element, act: Act) -> bool:
    alike = [one for one in act.observation.elements if (one.role, one.name) == (target.role, target.name)]
    return len(alike) > 1


def _agreed_in_talk(act: Act, history: tuple[Event, ...]) -> bool | None:
    for position in range(len(history) - 1, -1, -1):
        event = history[position]
        if event.type in ("send_msg_to_user", "ask_user", "agent_message"):
            question = event.text or event.value or ""
            fit = _fit(question, act)
            if fit is None:
                continue
            later = history[position + 1 :]
            answers = _answers(question, later)
            if not answers or any(map(takes_back, answers)):
                return False
            removes = act.effects.get("delete", False) is not False
            agreed = agrees(answers[0], verbs=act.verb_stems, removes=removes)
            if not agreed and not _is_chosen(question, answers[0], act):
                return False
            if _names_another(act, _asked_in(question)) or _names_another(act, _answer_after(later)):
                return False
            told = f"{_asked_in(question)} {answers[0]}"
            if _ON_ALL.search(normalise(told)):
                used, uses = _uses_since(act, later), _how_many(question)
            else:
                uses = 1 if fit == "named" else max(1, len(_NUMBERED.findall(question)))
                used = uses if _used_since(act, later, of_its_kind=fit == "kind", uses=uses) else 0
            if used >= uses:
                return False
            tied = is_tied(answers[0], removes=removes) or _states_other_sums(act, question)
            return None if tied else True
    return False


def _answers(question: str, later: tuple[Event, ...]) -> list[str]:
    """What the user said since, normalised, from the answer on.

    A user who asks back first answers afterwards, where the agent has not asked for something else meanwhile. A "no" to
    whether there is anything else is no answer to what was asked for.
    """
    talk = [event for event in later if event.type == "user_message" or event.type in _SPEAKS]
    while len(talk) > 1 and talk[0].type == "user_message" and asks_back(_text(talk[0])):
        rest = list(dropwhile(_only_informs, talk[1:]))
        if not rest or rest[0].type != "user_message":
            break
        talk = rest
    before, answers = question, list[str]()
    for event in talk:
        if event.type in _SPEAKS:
            before = _text(event)
            continue
        said = normalise(_text(event))
        answers.append(after_a_no(said) if asks_for_more(before) else said)
    return answers


def _only_informs(event: Event) -> bool:
    """A message of the agent that asks for nothing."""
    return event.type in _SPEAKS and "?" not in _text(event) and not _PROPOSES.search(normalise(_text(event)))


def _text(event: Event) -> str:
    return event.text or event.value or ""


_SPEAKS = frozenset({"send_msg_to_user", "ask_user", "agent_message"})


def _states_other_sums(act: Act, question: str) -> bool:
    """The question was about a sum, and act and page show others."""
    asked, shown = _sums(question), list(_sums(act.name))
    sent = [(entry.field, entry.value) for entry in act.entries]
    for name, value in sent if act.action.type == "tool_call" else (*sent, *pairs_at_hand(act)):
        # "refund_to: card_4410" is where the money goes.
        if is_money(name) and not _IN_WORDS.search(value) and (number := number_in(value)) is not None:
            shown.append(number)
    # "500 in all, half by card": the parts of a sum are that sum.
    return bool(asked and shown) and asked.isdisjoint({*shown, sum(shown)})


_IN_WORDS = re.compile(r"[^\W\d_]{4}")


def _sums(text: str) -> set[Decimal]:
    found = map(number_in, sums_in(text))
    return {number for number in found if number is not None}


def _fit(question: str, act: Act) -> Literal["named", "kind"] | None:
    """How well a question fits an act: it names it, it names its kind (what is done, and the record), or not at all."""
    if "?" not in question and not _PROPOSES.search(normalise(question)):
        return None
    if act.name and (contains_phrase(question, act.name) or _says_every_word(question, act.name)):
        return None if _is_on_another(act, question) else "named"
    wanted = {effect for effect in act.effects if effect in CONSEQUENTIAL}
    lasting = {effect for effect, known in act.effects.items() if known and effect not in REVERSIBLE_EFFECTS}
    # Of an act that deletes and saves, a yes to saving covers nothing. Every form submits: that says nothing.
    meant = (lasting - {"submit"}) or wanted
    asked_to = effects_wanted(_NEW_ONES.sub(" ", question))
    saves = bool(stems(act.name)) and BARE_VERBS.issuperset(stems(act.name))
    changes = meant <= _CHANGES and asked_to & _CHANGES and (saves or _tells_a_value(act, question))
    if not meant & asked_to and not changes and not _is_in_its_words(act, question):
        return None
    # The verb alone does not say which thing is meant: a yes to "delete the page" is none to "Delete project".
    if _is_on_another(act, question):
        return None
    asked = subject_stems(question)
    if related(frozenset(act.object_stems[-1:]), asked) or _lists_values(act, normalise(question)):
        return "named"
    if asks_by_pronoun(question, act) or _tells_a_value(act, question) or tells_of_record(act, question):
        return "kind"
    if is_of_the_one_talked_of(act):
        return "kind"
    around = frozenset(act.object_stems) or subject_stems(act.observation.title)
    on_it = related(around, asked) or _is_on_the_task(act, meant, asked) or _states_the_sum(act, meant, question)
    return "kind" if on_it else None


def _is_in_its_words(act: Act, question: str) -> bool:
    """The question says the verb of the call, whatever else that may mean, or offers the thing that it gives."""
    if act.action.type != "tool_call":
        return False
    said = frozenset(stems(question))
    gives = bool(_SENDS & act.effects.keys()) and _OFFERS_A_THING.search(normalise(question)) is not None
    return bool((act.verb_stems - BARE_VERBS - _LIGHT) & said) or (gives and said.issuperset(act.object_stems[-1:]))


_LIGHT = frozenset(stem(word) for word in "make do get set put give take be have".split())
_SENDS: frozenset[Effect] = frozenset({"send", "purchase"})
_OFFERS_A_THING = re.compile(
    r"\b(?:(?:i|we)(?: can| could| would|.d|.ll| will)|me to|shall i|should i|may i|can i)(?: now| then)?"
    r" (?:offer|give|grant|issue|propose|provide|credit|send|e?-?mail|apply)\b"
)


def _states_the_sum(act: Act, meant: Set[str], question: str) -> bool:
    """The question told the sum that the page is about to move, and the page names what it was on.

    "Two lamps, $24.00 in total. Shall I buy them?": a chair for the same sum is another thing.
    """
    if "purchase" not in meant or not _sums(question) & _sums(act.observation.text):
        return False
    named = frozenset(one for one in subject_stems(question) - _OF_SUMS if one.isalpha() and not _is_word(one))
    return bool(related(named, subject_stems(f"{act.observation.title} {act.observation.text}")))


_OF_SUMS = frozenset(
    stem(word)
    for word in """total sum price cost amount shipping delivery tax vat fee charge usd eur gbp dollars euros pounds buy
        pay order place shall should may proceed would like want ok okay altogether all both each""".split()
)
"""Words of any question on a purchase."""


_NEW_ONES = re.compile(r"\b(?:the|these|those|its|their|your|any|all|which) new\b", re.IGNORECASE)
"""What is called new is there already: "Should the new rooms get the same price?" asks to make none."""


def _is_on_the_task(act: Act, meant: Set[str], asked: frozenset[str]) -> bool:
    """The task asks for such an effect, and the question was on what the task names: "remove kim from Lagoon".

    Neither the control nor its row names a record, unless it is the one asked for. A control that names no thing either
    ("Delete") is on what its page shows: that has to name it too.
    """
    goal = act.situation.task.goal
    things = frozenset(one for one in asked if (one,) not in VERBS)
    named = related(things, subject_stems(goal))
    if not named or not meant & effects_wanted(goal):
        return False
    page, row = act.observation, act.target.path[-1] if act.target is not None and act.target.path else ""
    known = {*act.object_stems, *subject_stems(page.title)}
    own = {stem(name) for name in _individuals(act.name)} | (subject_stems(row) - known)
    foreign = frozenset(one for one in own if not _is_word(one))
    if foreign and not related(foreign, things):
        return False
    if act.object_stems:
        return True
    alone = foreign or act.target is None or not _has_namesakes(act.target, act)
    return bool(alone) and named <= related(named, subject_stems(f"{page.title} {page.text}"))


def _says_every_word(question: str, name: str) -> bool:
    """ "End the contract of T. Lee?" is on "End contract"."""
    named = set(stems(name))
    return len(named) > 1 and named <= set(stems(question))


def _is_on_another(act: Act, question: str) -> bool:
    """The question was on one record by name, number or code, and control and title name another one."""
    if act.action.type == "tool_call":
        return is_on_others(act, question)
    asked = _individuals(question)
    here = _individuals(act.name, beside=question) | _individuals(act.observation.title, beside=question)
    if not asked or not here or asked & here:
        return False
    shown = normalise(f"{act.observation.url} {act.observation.text} {act.message}")
    return not any(one in shown for one in asked)


def _names_another(act: Act, text: str) -> bool:
    """The control bears the name or code of one record ("Void D-7"), and the words are on others ("void D-8?")."""
    if act.action.type == "tool_call":
        return False  # its name is no record's
    asked, own = _individuals(text), _individuals(act.name, beside=text)
    return bool(asked and own) and not asked & own


def _asked_in(question: str) -> str:
    """The sentences of a message that ask; all of it where none does, or what asks is said before: "... May I?"."""
    asks = " ".join(part for part in _SENTENCE.split(question) if part.rstrip().endswith("?"))
    return asks if asks and not _ASKS_FOR_THAT.fullmatch(normalise(asks)) else question


_ASKS_FOR_THAT = re.compile(
    r"(?:(?:may|shall|should|can|could) i(?: (?:do (?:that|this|it|so)|proceed|go ahead|continue|go on))?"
    r"|(?:is|would) (?:that|this|it)(?: be)? (?:ok|okay|fine|all right|alright|right|good)(?: (?:for|with) you)?"
    r"|(?:ok|okay|agreed|all right|alright|do you (?:agree|approve|confirm)(?: (?:that|this|it))?|right|yes or no)"
    r"|would you like me to(?: proceed| go ahead| continue| do (?:that|so|it))?)[ ?!.,]*"
)


def _answer_after(later: tuple[Event, ...]) -> str:
    return next((event.text or event.value or "" for event in later if event.type == "user_message"), "")


_ON_ALL = re.compile(
    r"\b(?:all of (?:them|these|those)|them all|each of (?:them|these)|every one of them|one by one)\b"
)
"""A question on many things at once: every one of them is a use that was asked for."""

_MANY = 50
"""Uses of a leave for "all of them", where nobody said how many they are."""


def _how_many(question: str) -> int:
    """The number of things that a question on all of them states."""
    counted = [int(number) for number in re.findall(r"(?<![\w.,-])\d{1,3}(?![\w.,%-])", question)]
    return max(counted, default=_MANY) or _MANY


def _uses_since(act: Act, events: tuple[Event, ...]) -> int:
    """How often the control of this name was used since."""
    done = (event for event in events if event.error is None and event.type not in _TALK)
    return sum(normalise(event.element_name or event.name or "") == normalise(act.name) for event in done)


_TALK = frozenset({"user_message", "agent_message", "tool_output"})

_SENTENCE = re.compile(r"(?<=[.?!])\s+")


def _individuals(text: str, *, beside: str = "") -> set[str]:
    """Names, numbers and codes of records. "Export Suppliers" names nobody beside a question on "the suppliers"."""
    plain = _NO_CODE.sub(" ", normalise(_NUMBERED.sub(" ", text)))
    names = {normalise(match.group()) for match in _NAME.finditer(text)}
    names = {name for name in names - set(beside.split()) if not _is_word(name)}
    return names.union(match.group() for match in _CODE.finditer(plain))


def _is_word(name: str) -> bool:
    """A word of applications, and no name: labels and titles write theirs with capitals ("Convert Lead")."""
    told = stem(name)
    return is_common(told) or told in GENERIC_OBJECTS or (told,) in VERBS or (told,) in NOUNS


_NAME = re.compile(r"(?<=[a-z] )[A-Z][\w'’-]+")
"""A capital in the middle of a sentence is that of a name."""


_NO_CODE = re.compile(
    r"\(\d+\)|\d+[.,:]\d+\S*|[$€£¥]\s?\d\S*|\b(?:eur|usd|gbp|chf)\s?\d\S*"
    r"|\d+\s?(?:[$€£¥]|(?:eur|usd|gbp|chf|dollars?|euros?|o'clock|am|pm)\b)"
    r"|\b(?:yes/no|no/yes|y/n|and/or|either/or)\b"
)
"""Figures that count, cost or tell the time, and words that are joined by a stroke."""

_CODE = re.compile(r"(?<![\w.])(?:\w+[-_./]\w[\w-]*|\d\w*|[a-z]+\d\w*)(?!\w)")
"""Numbers and compounds by which records are told apart."""


def _lists_values(act: Act, question: str) -> bool:
    """The question states at least half of the values that tell this act from others of its kind.

    A control that sends nothing of its own carries out what its page shows: two of those values will do.
    """
    if not act.entries:
        shown = {text for _, value in pairs_at_hand(act) if len(text := normalise(value)) > _TELLING}
        return sum(1 for value in shown if is_said(value, question)) >= _ENOUGH
    telling = [
        value for entry in act.entries if len(value := normalise(entry.value)) > 2 and value not in ("true", "false")
    ]
    return bool(telling) and 2 * sum(1 for value in telling if is_said(value, question)) >= len(telling)


def _tells_a_value(act: Act, question: str) -> bool:
    """The question on such an act names a value that this call of a tool hands over.

    Calls hold keys that nobody says to a user; of "credit_card_4421" what is said is the card.
    """
    if act.action.type != "tool_call":
        return False
    for entry in act.entries:
        value = _KEY.sub(" ", normalise(entry.value)).strip()
        if value in _FLAGS or not is_said(value, question):
            continue
        # A short number says nothing by itself: "set the bags to 3" tells "total_bags: 3".
        if len(value) > _SHORT or (value and overlaps(subject_stems(question), _names(entry.field))):
            return True
    return False


def _names(field: str) -> frozenset[str]:
    named = subject_stems(field)
    return named.union(stem(other) for noun in words(field) for other in synonyms_of(noun))


_SHORT = 2
_FLAGS = frozenset({"true", "false", "yes", "none", "null"})
_CHANGES: frozenset[Effect] = frozenset({"create", "update", "submit", "change_settings", "enter"})
"""Effects that talk and tools name in each other's words: "Shall I add a bed?" before a call that changes a booking."""


_KEY = re.compile(r"(?<=[a-z])[_-]\d{3,}\b")
"""The number of a named key."""

_TELLING = 4
_ENOUGH = 2


def _is_chosen(question: str, answer: str, act: Act) -> bool:
    """The user took one of the things that a question offered, by its name, and that is what the act is on.

    "Which one shall I book?" - "The DY 44, please". What is not on this page was chosen for another act.
    """
    if not _OFFERS.search(normalise(_asked_in(question))) or "?" in answer or objects(answer):
        return False
    taken = related(subject_stems(answer), subject_stems(question))
    entered = " ".join(entry.value for entry in act.entries)
    path = " ".join(act.target.path) if act.target is not None else ""
    here = subject_stems(f"{act.name} {path} {act.observation.title} {entered}")
    return bool(taken) and set(stems(answer)) <= taken | _POLITE and taken <= here


_OFFERS = re.compile(r"\b(?:which|or)\b")
_POLITE = frozenset(stems("please thanks thank you yes then take book the one i would like want prefer choose go with"))


def _used_since(act: Act, events: tuple[Event, ...], *, of_its_kind: bool, uses: int) -> bool:
    """Leave is good for one use of each thing asked for; asked for by kind, any act of that kind is a use."""
    name = normalise(act.name)
    kind = {effect for effect, known in act.effects.items() if effect in CONSEQUENTIAL and known}
    used = 0
    for event in events:
        done = event.element_name or event.name or ""
        if event.error is not None or not done or event.type in _TALK:
            continue
        if act.action.type == "tool_call" and _was_for_another(event, act):
            continue
        if normalise(done) == name:
            return True
        used += of_its_kind and bool(kind & (set(event.effects) or effects_of_label(done)[0].keys()))
    return used >= uses


def _was_for_another(event: Event, act: Act) -> bool:
    """An earlier call of several that were agreed on: it handed over another key of the same make."""
    return event.type == "tool_call" and hands_another(act, event.value or "")
