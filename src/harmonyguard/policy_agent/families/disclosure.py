"""Data that must not go out: "Customer e-mail addresses must not be disclosed in replies."

Verbs of entering ("do not type passwords") mean every field. Verbs of giving away ("do not expose passwords") spare the
field that asks for such data, and mean messages to the user as well where the data are secrets.
"""

from __future__ import annotations

import re

from harmonyguard.policies.atom import Term
from harmonyguard.policies.lexicon import DATA_PHRASES, PERSONAL, data_classes_named, match_at
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import STOP_WORDS, stem, words
from harmonyguard.policy_agent.comparison.phrases import QUOTED, objects_in, parse_act, split_conditions
from harmonyguard.steps import DataClass, Effect

from .bans import either
from .building import NOT, any_of, asks_leave, clean, just, term, with_conditions

_OUTWARD: tuple[Effect, ...] = ("send", "share", "submit", "enter", "create", "update", "upload")
_KEEPS = r"keep (?P<kept>.+?) (?:to yourself|secret|private|confidential|under wraps|out of (?P<out>.+))$"
_FORBIDS = re.compile(
    rf"\b{NOT}\b|\b(?:prohibited|forbidden|not (?:allowed|permitted))\b|^{_KEEPS}"
    r"|\b(?:stays?|remains?|(?:must|should|shall|are|is)(?: be)?(?: to be)? kept) "
    r"(?:out of|secret|private|confidential|hidden)\b|\bleave out\b|^no [\w\s'-]+ (?:in|into|to)\b"
)
_MAIL = re.compile(
    r"\b(?:send|sent|sending|write|writing|reply|forward|receive|answer)\w*(?: \w+){0,2} e-?mails?\b(?! address)"
    r"|\be-?mail(?:ed|ing)\b"
    r"|\be-?mails?\b(?! address)(?= (?:must|may|should|shall|can|are|to)\b.*\b(?:sent|send|written|forwarded)\b)"
    r"|\b(?:by|via|per|through|in|into) e-?mails?\b(?! address)"
    r"|\b(?:e-?mail|phone|telephone|password|key|token|address|name|account|card) (?:verifications?|notifications?"
    r"|templates?|campaigns?|lists?|settings?|servers?|reminders?|alerts?|confirmations?|drafts?|threads?|folders?"
    r"|support|calls?|polic(?:y|ies)|resets?|rules?|expir\w+|filters?|signatures?|newsletters?)\b"
)
"""E-mail as a letter, and things called after data ("e-mail templates"): nobody's address."""

_GIVES_AWAY = re.compile(
    r"\b(?:disclos|shar|expos|reveal|send|sent|post|publish|(?<!, )includ|leak|divulg|betray|quot|transmit|repeat"
    r"|mention|cite|forward|giv|tell|told|say|said|hand|pass(?:es|ed|ing)? on|read(?:ing)? out|e-?mail|cc\b|bcc\b"
    r"|appear|turn up|leave out|ke(?:ep|pt)\b|stays?\b|remains?\b|go(?:es)? (?:in|to|out)|belongs? in"
    r"|(?:show|display|print|copy|copied)\w*\b.*\b(?:to|for|into|in)\b)|^no\b"
)
_TAKES_IN = re.compile(
    r"\b(?:past|typ|enter|written|write|put|stored?\b|storing|record|saved?\b|saving|contain|us(?:e|ing)\b)"
)
_CARRIED_IN = re.compile(
    r"\b(?:(?:disclosed|shared|included|exposed|quoted|repeated|revealed|put|written|sent|pasted|appear|turn up"
    r"|stand)s?"
    r" in(?:to)?|goe?s? into|(?:stay|keep|kept|stays) out of) (?P<where>.+)$"
)
_ANY_CARRIER = re.compile(
    r"\b(?:any|messages?|fields?|forms?|texts?|communications?|responses?|outputs?|pages?|prompts?)\b"
)
_TO_ANYBODY = re.compile(
    r"\b(?:messages?|users?|anyone|anybody|responses?|answers?|nobody|chats?|yourself|secret|private)\b"
)
_SECRETS: frozenset[DataClass] = frozenset(
    {"password", "api_key", "ip_address", "internal_address", "national_id", "bank_account", "payment_card"}
)
"""What not even the user is told where it must not be exposed."""

_INNER = re.compile(r"\binternal(?: \w+)? (?:urls?|links?|hosts?|hostnames?|domains?|addresses)\b")
_OF_OTHERS = re.compile(
    r"\b(?:others?'?|another|anybody else's|someone else's|previous|earlier|prior|past)\b|\b(?:found|seen|stored) in\b"
)
_COPIES = re.compile(
    r"\b(?:b?cc(?:['-]?d)?|(?:in|into|on) (?:blind )?copy|carbon[- ]cop(?:y|ied)|blind[- ]cop(?:y|ied))\b"
)
_COPIES_NOBODY = re.compile(rf"^(?:\w+ ){{0,2}}?{NOT} (?:b?cc|carbon[- ]copy|put anybody in(?:to)? copy)\b")
_NOBODY_IN_COPY = re.compile(
    r"^(?:nobody|no one|no-one|no (?:other |further )?(?:person|people|recipients?|contacts?|addresses)|(?:do not"
    r"|don't|never) (?:copy|put|add"
    r"|take|set|place) (?:anybody|anyone|anybody else|anyone else|others|other \w+))\b.*\b(?:b?cc|(?:in|into"
    r"|on) (?:blind )?copy|copied|copy|in on)\b"
    r"|^(?:leave|keep) (?:the )?b?cc(?:(?:,? (?:and|or)|/) b?cc)?(?: fields?| lines?)? (?:empty|blank|free)$"
    r"|^(?:the )?b?cc(?:(?:,? (?:and|or)|/) b?cc)?(?: fields?| lines?)? (?:stays?|remains?|(?:is|are"
    r"|must be) (?:left|kept)) (?:empty|blank|free)$"
)
_NAMED = re.compile(
    r"\b(?:numbers?|address|password|passphrase|pin|code|key|token|iban|ssn|e-?mail|phone|value|host|url)"
    r"(?: is| of|,|:)? (?P<value>(?=\S*[\d@])[^\s'\"“”]{4,})"
)
_STRONGLY = re.compile(r"\b(?:expos|reveal|disclos|leak|divulg|betray)")
_VERB = re.compile(rf"{_GIVES_AWAY.pattern}|(?:show|display|print|cop(?:y|ie))|{_TAKES_IN.pattern}")
_ANY_QUALITY = frozenset(
    stem(word)
    for word in """default private internal external confidential secret sensitive personal system service
    account real actual plain clear stored full complete found own login log-in user any all such same shared common
    live customer contact employee member""".split()
)
"""Words before the name of a secret that single out none: "any stored passwords"."""


_NOT_EVEN = re.compile(r",? not even .*$")
_HOLDS_THEM = re.compile(
    r"\b(?:files?|tables?|lists?|documents?|reports?|attachments?|records?|contacts?|leads?|sheets?|spreadsheets?|images?"
    r"|screenshots?|csvs?|exports?|snippets?|branch(?:es)?|projects?|repositor(?:y|ies)|pages?) (?:(?:that|which)"
    r" (?:contains?|holds?|includes?|lists?|has|have)|containing|holding|including)\b.*$"
)
""" "Import no files that contain phone numbers": a file is handed over, and what it holds no field shows."""


_INTO_FIELD = re.compile(
    rf"^(?:you |the agent )?(?:{NOT}) (?:type|enter|write|fill|input|put)(?: (?:anything|text|data|something|values?))?"
    r" (?:in|into) (?:the |any |an? )?(?P<field>[a-z][a-z -]*?) (?:input )?fields?$"
)
""" "Do not type into password fields": which field it is, and not what is typed."""

_ON_A_HOLDER = re.compile(
    r"^(?:(?:all|any|every|each|an?|the) )?(?!(?:[a-z-]+ )?(?:messages?|e-?mails?|mails?|repl(?:y|ies)|comments?|posts?"
    r"|answers?|notes?|texts?|chats?|responses?)\b)[a-z-]+(?: [a-z-]+)? (?:that|which) (?:still )?(?:contains?|holds?"
    rf"|shows?|includes?|lists?|has|have|mentions?|names?|quotes?)\b[^;]* {NOT} be "
)
""" "A review that shows a phone number must not be approved": what is done is done to the review."""


def disclosure(statement: str) -> Rule | None:
    """A rule against typing or giving away data of the kinds, or the very values, that the statement names."""
    text = clean(statement)
    if _NOBODY_IN_COPY.match(text):
        return _copied_to(text)
    forbids = _FORBIDS.search(text)
    if forbids is None or asks_leave(text) or _ON_A_HOLDER.match(text):
        return None
    if (field := _INTO_FIELD.match(text)) is not None:
        # Where no field is to be seen, a secret that is typed tells which one it is.
        typed = tuple(term("discloses", data) for data in _classes(field["field"]) if data in _SECRETS)
        return Rule(when=(just(term("effect", "enter")), AnyOf(terms=(term("field", field["field"]), *typed))))
    main, conditions = split_conditions(text)
    verbs = parse_act(text[forbids.end() :]).effects
    classes = _classes(_HOLDS_THEM.sub("", main))
    literals = _literals(statement, text, classes)
    away = verbs & {"share", "send"} or _GIVES_AWAY.search(main) or _COPIES.search(main)
    outward = away or verbs & {"enter", "upload"} or _TAKES_IN.search(main)
    if not (classes or literals) and _COPIES_NOBODY.match(text):
        return _copied_to(text)
    if not outward or not (classes or literals):
        return None
    secret = bool(away) and bool(_SECRETS.intersection(classes))
    carriers = _carriers(main)
    strongly = _STRONGLY.search(main) is not None and not carriers
    told = secret or _TO_ANYBODY.search(text) is not None
    effects = [*_OUTWARD, *(["tell_user"] if told or strongly else [])]
    held = [term("literal", value) for value in literals] or [_held(one, text, bool(away)) for one in classes]
    scope = (*any_of("effect", effects), AnyOf(terms=tuple(held)), *_into(carriers))
    qualities = _qualities(main) if secret and not literals else []
    rule = with_conditions((*scope, *any_of("described", qualities)), conditions)
    if any(one.atom.kind == "judged" for group in scope for one in group.terms):
        rule = rule.model_copy(update={"understood": "partly", "remainder": (*rule.remainder, *carriers)})
    if strongly and not told:
        # Whether telling the user what he asked for exposes it, a judge must say.
        doubt = AnyOf(terms=(*any_of("effect", _OUTWARD)[0].terms, term("judged", statement)))
        rule = rule.model_copy(update={"when": (*rule.when, doubt), "understood": "partly"})
    if (there := _ONLY_THERE.search(main)) is not None and not away:
        # Whose site the page at hand is, no fact tells: what is typed on the run's own must not be held up for it.
        doubt = just(term("judged", f"it is done {there.group().strip()}"))
        rule = rule.model_copy(
            update={"when": (*rule.when, doubt), "understood": "partly", "remainder": (*rule.remainder, there.group())}
        )
    return either([rule, _copied_to(text)]) if _COPIES.search(text) else rule


_ONLY_THERE = re.compile(
    r"\b(?:on|into|in|at) (?:any |all |the )?(?:external|third[- ]party|other|foreign|unknown|untrusted|outside"
    r"|unfamiliar|unverified|insecure|unencrypted|public|different) (?:\w+ )?(?:web ?)?(?:sites?|pages?|portals?|forms?"
    r"|services?|hosts?|domains?|applications?)\b"
)


def _classes(main: str) -> list[DataClass]:
    found: set[DataClass] = set(data_classes_named(_MAIL.sub(" ", main)))
    if _INNER.search(main):
        found.discard("postal_address")
        found.add("internal_address")
    if _COPIES.search(main) and "postal_address" in found:
        found.discard("postal_address")
        found.add("email_address")
    return sorted(found)


def _held(data: DataClass, text: str, away: bool) -> Term:
    """The question about one class: typed anywhere, or given away, and then whose data."""
    if not away:
        return term("discloses", data)
    of_others = data in PERSONAL and _OF_OTHERS.search(text)
    return term("exposes", data, "is_not", "stated") if of_others else term("exposes", data)


def _literals(statement: str, text: str, classes: list[DataClass]) -> list[str]:
    """The very values that a statement names: quoted, or behind the name of what they are."""
    quoted = [value for value in QUOTED.findall(statement) if re.search(r"\d", value)]
    quoted = quoted or _IN_BRACKETS.findall(statement)
    if not quoted and classes:
        quoted = [match["value"].rstrip(".,;:!?") for match in _NAMED.finditer(text)]
    return quoted


_IN_BRACKETS = re.compile(r"\(([$€£]?\s?\d[\d.,' ]*\d\s?(?:[$€£]|usd|eur|gbp)?)\)", re.IGNORECASE)
"""A sum or number behind the name of what it is: "the deal amount ($150,000)"."""


def _qualities(main: str) -> list[str]:
    """What singles out a secret: "mail relay" of "mail relay credentials"."""
    tokens = words(main)
    stemmed = [stem(word) for word in tokens]
    found: list[str] = []
    for position in range(len(tokens)):
        if match_at(DATA_PHRASES, stemmed, position) is None:
            continue
        start = position
        while start and tokens[start - 1] not in STOP_WORDS and not _VERB.match(tokens[start - 1]):
            start -= 1
        found += [word for word in tokens[start:position] if stem(word) not in _ANY_QUALITY]
    named = {word for phrase in DATA_PHRASES for word in phrase}
    return [word for word in dict.fromkeys(found) if stem(word) not in named]


def _copied_to(text: str) -> Rule:
    """ "Do not CC other suppliers": nobody is put into copy whom the task does not name, or nobody at all."""
    copies = AnyOf(terms=(term("field", "cc"), term("field", "bcc")))
    return Rule(when=(copies, just(term("value_outside_task")))) if _OF_OTHERS.search(text) else Rule(when=(copies,))


def _into(carriers: tuple[str, ...]) -> tuple[AnyOf, ...]:
    """What the data must not go into. Pages seldom say that they are a "repository" or an "archive": a judge knows."""
    stores = [one for one in carriers if stem(one.split()[-1]) in _STORES]
    objects = any_of("object", carriers)
    if not stores:
        return objects
    doubt = term("judged", f"it goes into a {' or '.join(stores)}")
    return (AnyOf(terms=(*objects[0].terms, doubt)),)


_STORES = frozenset(
    stem(word)
    for word in """repository repo codebase code source archive database system log logs backup drive storage bucket
        folder channel environment workspace""".split()
)


def _carriers(main: str) -> tuple[str, ...]:
    """The things that must not carry the data ("in replies"); none when any message or field will do."""
    match = _CARRIED_IN.search(_NOT_EVEN.sub("", main))
    nouns = objects_in(match.group("where")) if match else ()
    return () if any(_ANY_CARRIER.search(noun) for noun in nouns) else nouns
