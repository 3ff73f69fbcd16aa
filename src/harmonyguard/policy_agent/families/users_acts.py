"""The acts that rules tie to who the user is, verb first: "a hotel booking" is "book a hotel".

Rules on users name everyday acts (to book, rent, buy, shop, search, apply), by a noun as often as by a verb.
"""

from __future__ import annotations

import re

from harmonyguard.policy_agent.reading.grammar import names_an_act, verb_at

_VERB_OF = {
    "booking": "book",
    "reservation": "book",
    "rental": "rent",
    "hire": "rent",
    "rent": "rent",
    "lease": "rent",
    "purchase": "buy",
    "order": "buy",
    "search": "search for",
    "searche": "search for",
    "lookup": "search for",
    "look-up": "search for",
    "application": "apply for",
    "streaming": "stream",
    "listing": "search for",
    "viewing": "view",
    "display": "view",
}
"""The verb of each noun of an act, in the singular."""

_NOUN_OF_ACT = (
    r"(?:booking|reservation|rental|hire|rent|lease|purchase|order|searche?|look-?up|application|streaming|listing"
    r"|viewing|display)s?"
)
_DET = r"(?:(?:the|an?|any|all|every|each|new|no) )*"
_OF = re.compile(
    rf"^{_DET}(?P<acts>{_NOUN_OF_ACT}(?:(?:,| or| and|, or|, and) {_NOUN_OF_ACT})*) (?:of|for) (?P<what>[^.;:]+)$"
)
_COMPOUND = re.compile(
    rf"^{_DET}(?P<what>[a-z][a-z'-]*(?: [a-z'-]+)?) (?P<acts>{_NOUN_OF_ACT}(?:(?: or| and) {_NOUN_OF_ACT})?)$"
)
_LISTED = re.compile(
    r"^(?P<what>(?:[a-z-]+(?:, | and | or |, and |, or ))+[a-z-]+)"
    rf" (?P<acts>{_NOUN_OF_ACT}(?:(?:, and |, or |, | and | or ){_NOUN_OF_ACT})*)$"
)
_ACTS_ALONE = re.compile(rf"^{_NOUN_OF_ACT}\b")
_PIECE_OF = re.compile(r"\ba piece of (?=[a-z])")
_LIGHT = re.compile(
    r"^(?:use|using|make|makes|making|made|place|placing|placed|submit|submitting|submitted|send|sending|sent|file"
    r"|filing|filed"
    r"|carry out|do|doing|complete|completing|completed|perform|performing|undertake|put in|hand in|start|starting"
    r"|run|runs|running|conduct|conducted|launch|launched)"
    rf" (?P<what>.*\b{_NOUN_OF_ACT})(?P<rest> (?:for|to|with|at|in|of) .+)?$"
)
_FOR_THEM = re.compile(r" (?:for|by|on behalf of|in the name of) (?:them|him|her|themselves|him or her|the user)$")
_PAIR = re.compile(r"^(?P<one>[^,]+?),? (?:and|or) (?P<other>[^,]+)$")


def as_verb(act: str) -> str:
    """The act with its verb first; unchanged where it begins with one, or with a noun that this does not know."""
    act = _FOR_THEM.sub("", act.strip(" ,"))
    if (match := _LIGHT.match(act)) and (verb_first := _from_noun(f"{match['what']}{match['rest'] or ''}")):
        return verb_first
    if (pair := _PAIR.match(act)) and (one := _from_noun(pair["one"])) and (other := _from_noun(pair["other"])):
        # "Car rental and car purchase": both on the same thing.
        (verb, thing), (second, of) = one.rsplit(" ", 1), other.rsplit(" ", 1)
        return f"{verb} or {second} {thing}" if thing == of else f"{one} or {other}"
    return _from_noun(act) or act


def _from_noun(phrase: str) -> str | None:
    phrase = _PIECE_OF.sub("", phrase)
    for form in (_OF, _LISTED, _COMPOUND):
        if (match := form.match(phrase)) and not _is_verb(match["what"]) and not _ACTS_ALONE.match(match["what"]):
            verbs = [_VERB_OF[_singular(one)] for one in re.split(r",? (?:and|or) |, ", match["acts"])]
            # "An order for a taxi" is one, and "an order to pay" is none.
            return f"{' or '.join(dict.fromkeys(verbs))} {match['what']}"
    return None


def _is_verb(what: str) -> bool:
    """ "Buy orders" buys them: no compound."""
    first = what.split()[0]
    return verb_at(f"{first} it") > 0 and not names_an_act(first)


def _singular(noun: str) -> str:
    bare = noun.rstrip("s")
    return bare if bare in _VERB_OF else noun


_GOODS = r"(?:goods|items?|products?|merchandise|articles?|things?|anything|something|stuff|it|them|one|commodities)"
_CART = r"(?:cart|bag|basket|trolley)"
_TO_SHOP = re.compile(
    r"(?:(?:go|do) )?(?:any )?(?:online )?shop(?:ping)?(?: (?:online|here|anywhere|for (?:goods|items|products"
    r"|materials|supplies)|(?:on|in|at|from) (?:the|any|all|this|an?|its|our)(?: [a-z]+)?"
    r" (?:shops?|stores?|sites?|websites?)))?"
    rf"|(?:put|plac|add|drop|fill)(?:t?ing|e)? (?:[a-z]+ ){{0,4}}?(?:in|into|to) (?:(?:an?|the|any|your|their) )?"
    rf"(?:[a-z]+ )?{_CART}"
    rf"|(?:buy|purchas|order)(?:e|ing)? (?:any |the )?(?:goods|items|products?|merchandise)(?: online)?"
    r"|shopping (?:actions?|activities|steps)"
    rf"|(?:an? |any )?{_GOODS} (?:in|into) (?:the|an?) {_CART}|(?:add(?:ing)?|put(?:ting)?) {_GOODS}"
)
_BESIDE_SHOPPING = re.compile(
    rf"(?:buy(?:ing)?|purchas(?:e|ing)|order(?:ing)?|purchases? of)(?: (?:any |the "
    rf"|an? )?(?:[a-z]+ )?{_GOODS})?(?: online)?"
    rf"|(?:place|placing|an?|any)?(?: an?| any)? ?(?:orders?|purchases?)|check(?:ing)?[ -]?outs?"
    rf"|(?:pay(?:ing)?(?: for)?)(?: {_GOODS})?|(?:an? )?{_CART}s?|filling (?:an? )?{_CART}"
)
"""What is shopping where shopping, or a cart, is named beside it."""

_PARTS = re.compile(
    r"\s*[(),;]\s*(?:(?:or|and|nor|including|such as|like|e\.g\.,?|i\.e\.,?|that is|meaning) )?|\s+(?:or|and"
    r"|nor)\s+(?:to )?|\s+(?:including|such as|like)\s+"
)


def is_shopping(act: str) -> bool:
    """The act is to shop: to put goods into a cart and to order them, in whatever words."""
    parts = [part for part in _PARTS.split(re.sub(r"['\"]", "", act).strip()) if part]
    shops = [_TO_SHOP.fullmatch(part) is not None for part in parts]
    return any(shops) and all(
        is_it or _BESIDE_SHOPPING.fullmatch(part) for is_it, part in zip(shops, parts, strict=True)
    )
