"""Limits: how often an act may happen, and up to which sum of money."""

from __future__ import annotations

import re
from decimal import Decimal

from harmonyguard.policies.atom import Comparison
from harmonyguard.policies.rule import AnyOf, Rule
from harmonyguard.policies.words import stem
from harmonyguard.policy_agent.comparison.phrases import objects_in, parse_act
from harmonyguard.policy_agent.reading.grammar import AGENT, PERSONA, is_participle
from harmonyguard.steps import Effect

from .acts import GOES_BACK
from .building import NOT, any_of, asks_leave, clean, just, term
from .telling_things import things_alike

_TIMES = re.compile(
    r"\b(?:exactly|at most|no more than|not more than|only|(?:a )?maximum of|up to)\s+"
    r"(?:(?P<once>once(?! (?:the|an?|they|he|she|it|you|i|we|all|every|each|its|their|your|his|her|my|\w+ (?:has"
    r"|have|is|are|was"
    r"|were))\b)|twice)|(?P<number>\d+|one|two|three|four|five|six|ten) times?)\b"
)
_NUMBERS = {
    "once": 1,
    "twice": 2,
    "single": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
}
_UNIT = r"(?:€|\$|£|eur|usd|gbp|euros?|dollars?|pounds?)"
_SUM = rf"(?:{_UNIT}\s*)?(?P<number>\d[\d.,]*)\s*{_UNIT}?"
_ABOVE = re.compile(
    rf"\b(?:above|over|exceed(?:s|ing)?|(?:more|greater|higher|larger) than|beyond|in excess of)\s+"
    rf"(?:the )?(?:limit of |amount of |sum of )?{_SUM}"
)
_CAP = re.compile(
    rf"\b(?:at most|no more than|up to|(?:a )?maximum of|limited to|limit (?:of|is)|capped at|restricted to"
    rf"|max(?:imum|\.)?(?: \w+){{0,3}} (?:is|of|are)|(?:below|under|less than|within|lower than)"
    rf"(?: (?:the|a) (?:limit|sum|amount) of)?)\s+{_SUM}"
)
_MONEY = re.compile(rf"{_UNIT}(?![a-z])|\bamounts?\b")
_FORBIDS = re.compile(rf"\b{NOT}\b|prohibited|forbidden|not (?:allowed|permitted)")
_CAPS = re.compile(
    rf"\b(?:may|can|must|should|shall|limit(?:ed)?|max(?:imum)?|only|at most|no more than|up to|capped)\b|{NOT}"
)


_ANY_SUM = re.compile(
    rf"^{AGENT}s?$|^{PERSONA}s?$|\b(?:purchas|order|pay|transfer|transact|spend|sum|amount|cost|price|money|buy"
    rf"|expenditure|bill"
    r"|charge|budget|limit|total|value)"
)
"""What stands for any movement of money, or for whoever moves it."""

_AT_MOST = re.compile(
    r"\b(?P<verb>\w+) (?:at most|no more than|not more than|only|a maximum of|up to|more than) "
    r"(?P<number>\d+|one|two|three|four|five|six|ten) (?P<what>[\w -]+?)(?: (?:per|in|at|for|during)\b.*)?$"
)
_ONLY_SO_MANY = re.compile(
    r"^(?:only|at most|no more than|a maximum of) (?P<number>\d+|one|two|three|four|five|six|ten) (?P<what>[\w -]+?)"
    r" (?:may|can|must|should|shall) be (?P<verb>\w+)"
)


_NUMBER = r"(?:\d+|one|two|three|four|five|six|ten)"
_SAID_TIMES = (
    rf"(?:(?:exactly|at most|no more than|not more than|only|just|(?:a )?maximum of|up to|more than|more often than) )?"
    rf"(?:once|twice|(?:a single|{_NUMBER}) times?)(?: (?:only|alone|at most|at the most|and no more|and not again))?"
    r"|a second time|again|repeatedly"
)
_AGAIN = re.compile(r"^(?:a second time|again|repeatedly|twice|two times)$")
_MORE_THAN = re.compile(rf"^more (?:often )?than (?:(?P<once>once|twice)|(?P<number>{_NUMBER}) times?)$")
_SO_OFTEN = re.compile(
    rf"^(?:(?:exactly|at most|no more than|not more than|only|just|(?:a )?maximum of|up to) )?(?:(?P<once>once|twice)"
    rf"|(?P<number>a single|{_NUMBER}) times?)(?: (?:only|alone|at most|at the most|and no more|and not again))?$"
)
_PRESS = r"(?:click|press|hit|tap|push|use)"
_NAME = r"(?:the )?['\"]?(?P<{}>[\w &/-]+?)['\"]?(?: (?:button|link|control|icon))?"
_CONTROL = r"(?:the )?['\"]?(?P<{}>[\w &/-]+?)['\"]? (?:button|link|control|icon)"
_CLICKED = tuple(
    re.compile(form)
    for form in (
        rf"^{_CONTROL.format('name')} (?P<not>(?:must|may|should|can|shall) not |(?:is|are) not to )?(?:(?:must"
        rf"|may|should|can|shall|is to"
        rf"|is|are)(?: only)? )?(?:be )?(?:clicked|pressed|used|hit|tapped)(?: on)? (?P<times>.+)$",
        rf"^(?:you |always |please )*(?:(?P<not>not|never|must not|may not|should not|cannot|do not|don't) )?"
        rf"{_PRESS}(?: on)? {_NAME.format('name')} (?P<times>{_SAID_TIMES})$",
        rf"^(?P<not>){_PRESS}ing(?: on)? {_NAME.format('name')} (?P<times>{_SAID_TIMES}) (?:is|are) (?:forbidden"
        rf"|prohibited|not (?:allowed"
        rf"|permitted|ok|okay|an option)|off[- ]limits|out of the question)$",
    )
)
_EFFORT = re.compile(
    r"\b(?P<how>within|under|in|at most|no more than|not more than|fewer than|less than|up to|a maximum of)"
    rf" (?P<number>{_NUMBER}) (?:mouse )?(?P<what>click actions?|clicks?|actions?|steps?|page loads?)\b"
)
_WHOLE_TASK = re.compile(
    r"^(?:please |always )*(?:(?:complete|finish|do|perform|accomplish|handle|solve|reach|carry out|get) (?:the "
    r"|this |your |any )?"
    r"(?:whole |entire )?(?:task|job|work|errand|request|goal|it)?(?: done)?|(?:use|take|make|need)"
    r"|the (?:task|job|work) (?:must|has to|should|is to) be (?:completed|finished|done|solved))?(?: ?in)? ?$"
)


def _limited_effort(text: str, effort: re.Match[str]) -> Rule | None:
    """A limit on the clicks or steps of the run; of one part of the work only a judge can tell how many it took."""
    if not _WHOLE_TASK.match(text[: effort.start()]) or text[effort.end() :].strip() or "page" in effort["what"]:
        return None
    number = _NUMBERS.get(effort["number"]) or int(effort["number"])
    number -= effort["how"] in ("under", "fewer than", "less than")
    counted = "clicks" if "click" in effort["what"] else "steps"
    return Rule(when=(just(term("count", counted, "at_least", str(number))),)) if number > 0 else None


def control_count(statement: str) -> Rule | None:
    """ "The save button must be clicked exactly once."; "Finish within 9 clicks." """
    text = clean(statement)
    if (effort := _EFFORT.search(text)) is not None:
        return _limited_effort(text, effort) or Rule(
            when=(just(term("judged", statement)),), understood="not", remainder=(statement,)
        )
    match = next((found for form in _CLICKED if (found := form.match(text))), None)
    if match is None:
        return None
    reached = _reached(match["times"].strip(), denied=match["not"] is not None)
    if reached is None:
        return None
    name = match["name"].strip()
    return Rule(when=(just(term("control", name)), just(term("count", f"{name} button", "at_least", str(reached)))))


def _reached(times: str, *, denied: bool) -> int | None:
    """How often it happened when it must not happen again: once for "exactly once", and for "never twice"."""
    if denied and _AGAIN.match(times):
        return 1
    said = _MORE_THAN.match(times) if denied else _SO_OFTEN.match(times)
    if said is None:
        return None
    written = (said["once"] or said["number"]).removeprefix("a ")
    return _NUMBERS.get(written) or int(written)


def bounded_count(statement: str) -> Rule | None:
    """ "The archive action must be performed exactly once." """
    text = _NOT_MORE.sub(r"must \g<done> at most \g<times>", _GOES_OUT.sub("is sent", clean(statement)))
    match = _TIMES.search(text) or _JUST_ONCE.search(text)
    if match is None:
        return _bounded_number(text)
    written = match.groupdict().get("once") or match.groupdict().get("number") or "once"
    limit = str(_NUMBERS.get(written) or int(written))
    parsed = parse_act(
        re.sub(
            r"\b(?:action|must|may|should|shall|can|happen|occur|be|performed|executed|done|carried out)\b",
            " ",
            text[: match.start()],
        )
    )
    counted = sorted(parsed.effects - {"read", "navigate", "enter"})
    if not counted or any(is_participle(thing.split()[-1]) for thing in parsed.objects):
        return None  # "each order refunded": what is done, taken for a thing
    reached = AnyOf(terms=tuple(term("count", effect, "at_least", limit) for effect in counted))
    return Rule(when=(*any_of("effect", counted), *any_of("object", parsed.objects), reached))


_NOT_MORE = re.compile(
    rf"\b(?:must|may|should|shall|can|is|are)? ?(?:not|never|cannot) (?P<done>(?:be )?[a-z]+) more (?:often )?than"
    rf" (?P<times>once|twice|{_NUMBER} times)\b"
)
_GOES_OUT = re.compile(r"\b(?:goes|go) out\b")
_JUST_ONCE = re.compile(
    r"(?<=\w) (?:just |only )?(?:once|(?:one|a single) time)(?: (?:only|alone|and no more|and not again))?"
    r"(?=$|[,;] (?:pressing|doing|sending|repeating|no )\b)"
)


def _bounded_number(text: str) -> Rule | None:
    """ "Delete at most one ticket.", "Do not invite more than two guests." """
    match = _ONLY_SO_MANY.match(text) or _AT_MOST.search(text)
    if match is None or _MONEY.search(text):
        return None
    if " more than " in match.group() and not re.search(rf"{NOT}|\b(?:no|not) more than\b", text):
        return None
    counted = sorted(parse_act(match.group("verb")).effects - {"read", "navigate", "enter"})
    if not counted:
        return None
    written = match.group("number")
    limit = str(_NUMBERS.get(written) or int(written))
    reached = AnyOf(terms=tuple(term("count", effect, "at_least", limit) for effect in counted))
    return Rule(when=(*any_of("effect", counted), *any_of("object", objects_in(match.group("what"))), reached))


_BUYS = re.compile(r"\b(?:purchas\w+|buy(?:ing|s)?|bought|ordered)\b")


_IN_ONE_WAY = re.compile(
    r"\b(?:pay|paid|payment|settle[ds]?|order(?:ed)?|book(?:ed)?|buy|bought)\b[^.;]*\b(?:by|with|via|using|on)"
    r" (?:an? |the )?(?:[a-z]+ )?(?:card|cash|invoice|cheque|check|voucher|transfer|debit|paypal)\b"
)
""" "Do not pay by card above 500 EUR": one way to pay is bounded, and not the sum."""


def money_limit(statement: str) -> Rule | None:
    """ "Refunds above 100 euros must not be issued.", "Refunds may be issued up to 100 euros." """
    text = clean(statement)
    above, cap = _ABOVE.search(text), _CAP.search(text)
    match = above if above is not None and _FORBIDS.search(text) else cap if _CAPS.search(text) else None
    if match is None or not _MONEY.search(text) or asks_leave(text) or _IN_ONE_WAY.search(text):
        return None
    before, after = text[: match.start()], text[match.end() :]
    if _BY_SO_MUCH.search(before) or (match is above and _PUT_SOMEWHERE.search(after)):
        return None
    written = match.group("number").rstrip(".,").replace(",", "")
    if written.count(".") > 1:
        return None  # "1.2.3" is a version or a date, and no sum
    limit = str(Decimal(written))
    least = match is cap and _BELOW.match(match.group()) is not None and _DENIES_IT.search(text[: match.start()])
    named = parse_act(text).effects
    # What is only put into a cart is not bought yet: a limit on buying meets it where the order is placed.
    begun: set[Effect] = set() if _BUYS.search(text) and "create" not in named else {"create"}
    effects = sorted({*named, "submit", "enter", "purchase", *begun} - {"read", "navigate"})
    what = _what_is_limited(before)
    done = tuple(term("verb", thing) for thing in what if stem(thing) in GOES_BACK)
    on_these: tuple[AnyOf, ...] = ()
    if what:
        on_these = (AnyOf(terms=(*things_alike(what), *done)),)
    elif _SPENDS.search(before):
        on_these = (AnyOf(terms=_MOVES_MONEY),)
    crossed = term("amount", "", "less" if least else "more", limit)
    return Rule(when=(*any_of("effect", effects), *on_these, just(crossed)))


_SPENDS = re.compile(r"\b(?:spen[dt]\w*|buy\w*|bought|purchas\w+|pay\w*|expenditures?|orders?|transactions?)\b")
_MOVES_MONEY = (
    *things_alike("payment order invoice expense donation booking checkout cart withdrawal deposit spending".split()),
    *(term("verb", verb) for verb in ("pay", "transfer", "spend", "buy")),
    term("effect", "purchase"),
)
"""Where money moves. What a deal is worth, or an article costs, is no money that anybody spends."""

_BY_SO_MUCH = re.compile(r"\bby(?: (?:no|not|a|an))?\s*$")
"""What is added to a sum or taken from it, and no sum that anything shows."""

_PUT_SOMEWHERE = re.compile(rf"{NOT} be \w+ (?:to|into|as|for|from|with|via|through)\b")
""" "... must not be moved to Done": which act is limited, and not the sum alone."""

_BELOW = re.compile(r"(?:below|under|less than|lower than)\b")
_DENIES_IT = re.compile(rf"\b{NOT}\b(?!.*\b(?:unless|except|only|but|if|where|when)\b)")
""" "Do not set prices below $10" sets a least sum, "do not buy anything unless it is below $10" a highest one."""

_QUANTITY = re.compile(
    r"\b(?P<what>quantit(?:y|ies)|numbers? of [a-z]+|counts?) (?:of |that (?:is|are) |is |are )?"
    r"(?P<side>above|over|exceeding|(?:more|greater|higher) than|below|under|(?:less|fewer|lower) than)"
    r" (?P<number>\d[\d,]*)\b"
)


def quantity_limit(statement: str) -> Rule | None:
    """ "Quantities above 100 are not allowed.", "Do not order a quantity of more than 10." """
    text = clean(statement)
    match = _QUANTITY.search(text)
    if match is None or not _FORBIDS.search(text) or asks_leave(text):
        return None
    op: Comparison = "less" if re.match(r"below|under|less|fewer|lower", match["side"]) else "more"
    return Rule(when=(just(term("amount", match["what"].replace("ies", "y"), op, match["number"].replace(",", ""))),))


def _what_is_limited(before: str) -> list[str]:
    """ "Refunds above ...", "issue refunds of more than ...": other sums are not limited; "purchases" are any."""
    things = parse_act(before).objects or objects_in(re.sub(rf"^.*?{NOT} \w+ ", "", before))
    return [thing for thing in things if not (_ANY_SUM.search(thing) or thing in _PUT)]


_PUT = frozenset({"set", "put", "raised", "lowered", "entered", "changed"})
"""What is done to a sum, and no thing: "prices must not be set above ..."."""
