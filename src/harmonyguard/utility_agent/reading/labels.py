"""What the name of a control or tool says that it does.

A name makes an effect true that it names; what it leaves open is None. Words that are verbs and names alike ("order",
"post") are read by where they stand: "Post comment" acts, "Posts by Kim" and "Order 12" are things to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import get_args

from harmonyguard.policies.lexicon import NOUNS, VERBS, match_at
from harmonyguard.policies.words import normalise, stem, words
from harmonyguard.steps import EFFECTS, Effect

from .languages import effects_in_other_languages, effects_spoken

Effects = Mapping[Effect, bool | None]
"""Effects that are true, or unknown (None). An effect that is not in the mapping is known to be absent."""

HARMLESS: frozenset[Effect] = frozenset(
    {"read", "navigate", "search", "authenticate", "enter", "ask_user", "tell_user", "download"}
)
"""Effects that leave nothing behind."""

CONSEQUENTIAL: frozenset[Effect] = frozenset(EFFECTS) - HARMLESS
"""Effects that leave something behind."""

UNKNOWN: Effects = dict.fromkeys(CONSEQUENTIAL)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


FILLERS = _stems(
    """yes ok okay now please my the your a an i i'll i'd i'm ill will want to permanently instantly quick quickly all
    here free today more really just immediately directly"""
)
_CONFIRMATIONS = _stems("confirm complete finish finalize finalise place submit proceed process continue make verify")
_MAKES = _stems(
    """add create start begin request schedule renew leave write issue execute run perform initiate trigger launch give
    grant release do put get take set open raise place activate join claim enter authorise authorize approve draft
    compose new carry-out"""
)
"""Verbs that say little by themselves: what is done is in their object ("Make payment", "Issue refund")."""

_LIGHT = _stems("get go start begin make put take give leave return call check do use let have turn try hold bring")
"""Verbs that say next to nothing by themselves: what such a control does beyond their word stays open."""

_ANSWERS = _stems("accept decline reject refuse acknowledge")
"""Verbs for the answer to what somebody else did: "Accept invitation" invites nobody."""

_BARE_CONFIRMATIONS = _CONFIRMATIONS | _stems("yes ok okay apply done accept go ahead")
SAYS_NOTHING = _BARE_CONFIRMATIONS | FILLERS
"""Stems of a label that name neither an act nor a thing: what it does is what the page around says."""

_DISMISSALS = _stems("cancel close dismiss back no not later maybe skip previous next menu more got never")
_PLACES = (
    "history details detail list lists settings status number summary page tab menu options actions log logs guide "
    "policy policies help info information overview report reports center centre dashboard panel filter filters search "
    "results preferences faq terms view notes templates methods method address addresses profile activity"
).split()
_NAMES_A_PLACE = frozenset(stem(word) for word in _PLACES)
ALSO_NOUNS = frozenset(phrase[0] for phrase in NOUNS if len(phrase) == 1) - _stems(
    "edit update change delete remove cancel upload download export attachment"
) | _stems("contact review report file share trade schedule support follow account order bid post comment mail list")
"""Verbs that are names as well: "Order history" and "Refund policy" are places, "Delete report" is an act."""

_OPENS_A_TEXT = _stems(
    "about how why what where when which who learn faq guide tip detail info help intro introduction"
)
"""First words of links to a text: "How to cancel", "About payments"."""

_OF = frozenset("by from of on in for to with about at".split())
_READERS_CHOICES = _stems("cookie cookies choices preferences")
"""What a reader chooses for himself in banners and dialogs of a page, and can choose again."""

_JOINED = re.compile(r"\s+(?:and|then|und|y|et|e|en)\s+|\s*[&+]\s*", re.IGNORECASE)
_ARTICLES = frozenset("a an the my this our".split())
_VIEW_STATE = _stems("filter filters sort sorting search selection highlight")
"""Things of the reader's own view: taking a filter away changes nothing for anybody."""

_SWITCHES = _stems("toggle open close turn switch enter exit collapse expand")
_INTERFACE = _stems(
    """navigation menu sidebar panel dropdown theme mode fullscreen screen tooltip modal dialog popup banner map view
    tab drawer accordion keyboard"""
)
"""Parts of the page itself: opening and folding them changes nothing."""

_MONEY = re.compile(
    r"(?:[$€£¥]|\b(?:eur|usd|gbp|chf|aud|cad|inr|jpy|sek|nok|dkk|pln))\s?\d"
    r"|(?<![.,])\d(?:[.,]\d+)*\s?(?:[$€£¥]|(?:eur|usd|gbp|chf|dollars?|euros?|pounds?|francs?)\b)"
)
_BINS = frozenset("bin trash wastebasket".split())
_TERMS = _stems("trial membership subscription lease plan")
"""What begins with a signature or a payment, however free its first days are."""

_SECURITY = (
    _stems("password passcode pin passkey 2fa mfa two-factor authenticator login sign-in recovery security billing"),
    tuple(_stems(pair) for pair in ("api key", "payment method", "two factor", "credit card", "access token")),
)
"""Who may enter an account, and who pays for it: to change it is to change the account's settings."""

_CONTRACTS = _stems("membership subscription account plan contract trial lease policy service course")
_PAID = _stems("paid premium membership subscription money fund cash credit voucher coupon pro plus prime")

_MORE_VERBS: dict[Effect, str] = {
    "delete": """call-off throw-away throw-out bin trash empty discard clear take-down move-to-bin move-to-trash
        put-in-bin send-to-bin send-to-trash scrap shred unpublish kick unfriend evict
        write-off kill dissolve
        strike-out clear-all""",
    "update": """put-on-hold place-hold hold lift suspend ban mute unmute block unblock snooze postpone prolong renew
        flag opt-out split swap waive store keep promote demote dispatch ship fulfil fulfill undo redo revert decline
        pause resume hide unhide mark verify top-up redeem claim check-in connect disconnect allow deny
        set-live push
        commit exchange keep resolve stop end unsubscribe unpublish""",
    "send": """go-out send-out send-off retweet repost chat-now resend go-live make-public set-public page call-up
        report-post report-user list-item list-for-sale""",
    "share": """make-public set-public go-public go-live make-admin make-owner promote-to-admin give-rights let-in
        connect add-people add-collaborator add-friend add-as-friend endorse authorise authorize""",
    "purchase": """top-up cash-out pay-out go-premium go-pro sell pledge contribute chip-in deposit redeem pay-back
        give-back-money make-offer make-bid give-monthly give-once give-now give-today tip become-member become-patron
        become-supporter become-sponsor become-subscriber support-us support-project back-project support-me
        upgrade-to-pro upgrade-to-premium upgrade-to-plus upgrade-to-business upgrade-now get-tickets""",
    "submit": """hand-in turn-in sign-off request apply-for apply-now apply-online apply-here apply-to easy-apply
        quick-apply 1-click-apply one-click-apply make-offer claim register-for check-in accept decline
        schedule-tour schedule-visit schedule-appointment schedule-consultation schedule-demo refill-prescription
        transfer-prescription renew-passport renew-licence renew-license""",
    "execute": "roll-out roll-back rollback power-off power-on kill abort stop-server start-server format push ship",
    "change_settings": "allow deny block unblock mute unmute connect disconnect link unlink set-as-default",
    "create": "repost retweet add",
}
"""Verbs of labels that a sentence would have as nouns or adjectives too ("the bin", "an empty field")."""

_LABEL_VERBS: dict[tuple[str, ...], frozenset[Effect]] = {}
for _effect in get_args(Effect):
    for _entry in _MORE_VERBS.get(_effect, "").split():
        _key = tuple(stem(word) for word in words(_entry.replace("-", " ")))
        _LABEL_VERBS[_key] = _LABEL_VERBS.get(_key, VERBS.get(_key, frozenset())) | {_effect}


@lru_cache(maxsize=4096)
def effects_of_label(label: str) -> tuple[Effects, bool]:
    """What a control's label says the control does, and whether it says anything at all."""
    parts = [part for part in _JOINED.split(" ".join(label.split())) if part.strip()]
    if len(parts) == 1:
        return _effects_of_phrase(label)
    told = [effects for effects, spoke in map(_effects_of_phrase, parts) if spoke]
    found: dict[Effect, bool | None] = {}
    for effects in told:
        for effect, known in effects.items():
            found[effect] = found.get(effect) or known
    return found, bool(told)


_DECIDES: tuple[Effect, ...] = ("update", "submit")
"""What an answer to a question does."""


def says_little(verb: str) -> bool:
    """True for a verb whose object says what is done: "make", "issue", "confirm"."""
    return stem(verb) in _LIGHT | _MAKES | _CONFIRMATIONS | _ANSWERS


@lru_cache(maxsize=256)
def effects_wanted(goal: str) -> frozenset[Effect]:
    """Every effect that a goal may ask for: words that are verbs in labels alone count as well ("bin the old file")."""
    wanted = effects_spoken(goal) | _effects_of_label_verbs(goal[:_LONGEST_GOAL])
    return wanted.union(*(effects for form, effects in _SAID_OTHERWISE if form.search(goal)))


_SAID_OTHERWISE: tuple[tuple[re.Pattern[str], frozenset[Effect]], ...] = (
    (
        re.compile(
            r"\b[Ww]rite (?:to )?(?:them|him|her|everyone|everybody|all|each|both|back|[A-Z]\w+)\b.{0,60}?"
            r"\b(?:that|about|if)\b"
        ),
        frozenset({"send"}),
    ),
    (
        re.compile(
            r"\b[Pp]ut\b.{1,60}?\b(?:in|into|on|onto) (?:my|the|our|a|her|his) (?:[\w-]+ )?"
            r"(?:calendar|list|diary|agenda|cart)\b"
        ),
        frozenset({"create"}),
    ),
)
"""Wishes that name no verb of an effect: "write all of them that ...", "put the stay into my calendar"."""


_LONGEST_GOAL = 3000


def _effects_of_label_verbs(text: str) -> frozenset[Effect]:
    spoken = words(text)
    # "Move them to the bin": what a verb is on may stand between it and the rest of it.
    close = [word for word in spoken if word not in _BETWEEN]
    found: set[Effect] = set()
    for stemmed in ([stem(word) for word in spoken], [stem(word) for word in close]):
        hits = (match_at(_LABEL_VERBS, stemmed, position) for position in range(len(stemmed)))
        found.update(effect for hit in hits if hit for effect in hit[0])
    return frozenset(found)


_BETWEEN = frozenset("it them this that these those both all one him her the a an my your".split())


def names_a_record(label: str) -> bool:
    """True when the label is the name of one thing or a list of things: "Post 12 by Kim", "Bids on this lot"."""
    spoken = [word for word in words(label) if word not in _ARTICLES]
    if not spoken or stem(spoken[0]) not in ALSO_NOUNS:
        return False
    plural = spoken[0].endswith("s") and stem(spoken[0]) != spoken[0]
    if plural:
        return len(spoken) == 1 or spoken[1] in _OF or label.rstrip().endswith(")") or ":" in label
    rest = [word for word in label.split() if normalise(word) not in _ARTICLES][1:]
    numbered = bool(rest) and any(c.isdigit() for c in rest[0]) and not _MONEY.search(normalise(label))
    return numbered and (len(rest) == 1 or normalise(rest[1]) in _OF or any(c.isdigit() for c in rest[1]))


def names_a_text(label: str) -> bool:
    """True for the name of a text about an act: "Delete account FAQ", "Book a Table blog"."""
    spoken = [stem(word) for word in words(label) if word not in _ARTICLES]
    return len(spoken) >= _WORDS_OF_A_TITLE and spoken[-1] in _TEXTS


_WORDS_OF_A_TITLE = 3
_TEXTS = _stems("faq faqs help guide tips blog tutorial docs documentation article story news")


def _effects_of_phrase(label: str) -> tuple[Effects, bool]:
    tokens = [word for word in words(label) if word not in _ARTICLES]
    stemmed = [stem(word) for word in tokens]
    if len(stemmed) == 1 and tokens[0].endswith("s") and (stemmed[0] in ALSO_NOUNS or tokens[0] in _PLACES):
        return {"read": True}, True  # "Messages", "My orders", "Settings": the place where they are
    while stemmed and stemmed[0] in FILLERS and tuple(stemmed[:2]) not in _LABEL_VERBS:
        stemmed, tokens = stemmed[1:], tokens[1:]
    if not stemmed or stemmed[:2] in (["go", "ahead"], ["go", "for"]):
        return {}, False
    if (stemmed[0] in _OPENS_A_TEXT and len(stemmed) > 1) or stemmed[:2] == ["more", "about"]:
        return {"read": True}, True
    if stemmed == [stem("report")]:
        return {"read": None, "send": None}, True  # a list of reports, or telling on somebody
    if tokens[0].endswith("s") and names_a_record(label):
        return {"read": True}, True  # "Bids on this lot": a list
    told = _told_by_verb(stemmed, tokens)
    if told is None:
        told = _told_by_nouns(stemmed)
    effects, spoke = told
    if not spoke and (foreign := effects_in_other_languages(label)):
        effects, spoke = dict.fromkeys(foreign, True), True
    return _with_money(label, effects, spoke)


def _told_by_verb(stemmed: list[str], tokens: list[str]) -> tuple[Effects, bool] | None:
    """What the verb at the start says, read with what follows it; None where no verb stands there."""
    hit = _verb_at_start(stemmed)
    if hit is None:
        return None
    effects, length = hit
    after, last = stemmed[length:], _last_of_a_label(stemmed)
    if (length == 1 and stemmed[0] in _DISMISSALS and not after) or after[:1] == ["us"]:
        return {"read": True}, True
    if stemmed[0] == stem("copy") and last in _stems("link address url code text"):
        return {"read": True}, True
    if (
        last == stem("search")
        and len(stemmed) == 2
        and stemmed[0] in _CONFIRMATIONS | _stems("start begin run execute")
    ):
        return {"search": True}, True
    if stemmed[0] != stem("delete") and len(stemmed) > 1 and last in _VIEW_STATE and "purchase" not in effects:
        return {"read": True}, True
    if stemmed[0] in _SWITCHES and len(stemmed) > 1 and last in _INTERFACE:
        return {"read": True}, True
    if last in _READERS_CHOICES and (stemmed[0] in _CONFIRMATIONS | _ANSWERS or effects <= {"update", "create"}):
        return {"update": True}, True
    if length == 1 and stemmed[0] in ALSO_NOUNS and after and after[0] in _NAMES_A_PLACE:
        return {"read": True}, True
    if (mild := _mild(stemmed, after)) is not None:
        return mild, True
    if stemmed[0] in _ANSWERS:
        answered: dict[Effect, bool | None] = dict.fromkeys((*effects, *_DECIDES), True)
        answered |= dict.fromkeys(_nouns(after))
        return answered, True
    if stemmed[0] in _LIGHT and length == 1 and not set(after) - FILLERS:
        return {}, False
    if stemmed[:2] == [stem("discard"), stem("changes")]:
        return {"read": True}, True
    if len(stemmed) == 1 and stemmed[0] in _BINS:
        return {"read": True, "delete": None}, True
    if len(stemmed) == 1 and stemmed[0] in _ALONE:
        return {"read": None, **dict.fromkeys(effects)}, True
    if stemmed[0] == stem("clear"):
        return {"delete": None, "update": None}, True
    return _read_with_object(stemmed, effects, after, light=length == 1 and stemmed[0] in _LIGHT), True


def _mild(stemmed: list[str], after: list[str]) -> Effects | None:
    """What a verb of weight does to a thing of none: "Apply coupon", "Request your archive", "Go to checkout"."""
    about = [one for one in after if one not in FILLERS]
    if stemmed[0] == stem("apply") and about and set(about) <= _REBATES and stemmed[1] != "for":
        return {"update": True}
    if stemmed[0] == stem("remove") and "from" in stemmed and stemmed[-1] in _GATHERED:
        return {"update": True, "delete": None}
    if stemmed[0] == stem("request") and about and about[-1] in _HANDED_OUT:
        return {"submit": None, "download": None}
    if stemmed[0] == stem("check") and about and about[-1] in _ON_OFFER:
        return {"search": True, "read": True}
    if stemmed[0] in _stems("reject decline deny") and after == [stem("all")]:
        return {"update": True}
    if stemmed == [stem("share")]:
        return {"share": None, "read": None}  # mostly a menu of ways to share
    if (
        stemmed[-1] in _stems("checkout")
        and stemmed[0] in _stems("proceed continue go checkout")
        and len(stemmed) <= _SHORT
    ):
        return {"navigate": True, "read": True, "purchase": None}
    return None


_SHORT = 3
_REBATES = _stems("coupon code promo promotion promotional voucher discount gift card offer")
_GATHERED = _stems("cart bag basket trolley wishlist favorites favourites watchlist library bookmarks comparison")
"""What readers gather for themselves: what is taken out can be put in again."""

_HANDED_OUT = _stems(
    "archive data copy export information info brochure catalog catalogue sample demo callback transcript"
)
"""What somebody gets who asks for it, and nothing else comes of it."""

_ON_OFFER = _stems("availability rate rates price prices fare fares schedule schedules times vacancies stock")
"""What a search looks up: "Check availability" ticks no box."""

_ALONE = _stems("mute unmute customize customise configure")
"""Verbs that, without an object, work on the player or open a panel as often as they change anything."""


def _last_of_a_label(stemmed: list[str]) -> str:
    """The last word, which in a short label is the thing. What ends a long text must not make its act harmless."""
    return stemmed[-1] if len(stemmed) <= _LONGEST_LABEL else ""


_LONGEST_LABEL = 8


def _read_with_object(stemmed: list[str], effects: frozenset[Effect], after: list[str], *, light: bool) -> Effects:
    found: dict[Effect, bool | None] = dict.fromkeys(effects, True)
    if stemmed[0] in _CONFIRMATIONS | _MAKES:
        found |= dict.fromkeys(_nouns(after) | _verb_as_noun(after), True)
        if set(after) & _PAID and stemmed[0] not in _stems("leave open write raise draft compose"):
            found["purchase"] = True
    if _BINS & set(after) and stemmed[0] in _stems("move put send drop drag throw empty"):
        found["delete"] = True
    if stemmed[0] in _stems("end stop quit leave terminate close cancel") and set(after) & _CONTRACTS:
        found["delete"] = True
        found.pop("purchase", None)
    if stemmed[0] in _stems("move transfer send wire") and set(after) & _stems("money fund cash payment"):
        found["purchase"] = True
    if stemmed[0] == stem("transfer") or (stem("transfer") in after and stemmed[0] in _CONFIRMATIONS | _MAKES):
        found.setdefault("purchase", None)
    if stemmed[0] in _stems("stop end leave") and len(after) > 0:
        found.setdefault("delete", None)
    if stemmed[0] in _stems("send hand file") and set(after) & _stems("application claim form request petition"):
        found["submit"] = True
    if _opens_terms(stemmed, after):
        found["purchase"] = True
    if _concerns_security(after) and set(found) & {"update", "create", "delete", "change_settings"}:
        found["change_settings"] = True
    if stemmed[0] in _stems("renew upgrade join activate") or set(after) & _stems("plan subscription tariff"):
        found.setdefault("purchase", None)
    if stemmed[0] == stem("add") and set(after) & _stems("member people person user collaborator guest participant"):
        found.setdefault("share", None)
    if stemmed[0] in _stems("allow authorise authorize connect"):
        found.setdefault("share", None)
    if stemmed[0] in _CONFIRMATIONS - _stems("submit") and set(after) - FILLERS and len(found) == 1:
        return {**UNKNOWN, **found}
    if light and not set(found) & {"purchase", "delete", "send", "share", "submit"} and not _verb_as_noun(after):
        return {**UNKNOWN, **found}
    return found


def _opens_terms(stemmed: list[str], after: list[str]) -> bool:
    """ "Start free trial", "Upgrade to Pro": somebody will pay."""
    begins = stemmed[0] in _stems("start begin activate get join take") and bool(set(after) & _TERMS)
    return begins or (stemmed[0] == stem("upgrade") and bool(set(after) & _PAID))


def _concerns_security(after: list[str]) -> bool:
    single, pairs = _SECURITY
    return bool(set(after) & single) or any(pair <= set(after) for pair in pairs)


def _told_by_nouns(stemmed: list[str]) -> tuple[Effects, bool]:
    """What a label without a verb says: a place, an act named by its noun ("Payment"), or nothing."""
    if stemmed[-1] in _READERS_CHOICES and stemmed[0] in _BARE_CONFIRMATIONS | {"reject", "declin", "allow"}:
        return {"update": True}, True
    if stemmed[0] in _CONFIRMATIONS:
        if nouns := _nouns(stemmed[1:]):
            return {**dict.fromkeys(nouns, True), "submit": True}, True
        return {"submit": True}, len(stemmed) == 1
    if _last_of_a_label(stemmed) in _NAMES_A_PLACE or stemmed[0] in _DISMISSALS:
        return {"read": True}, True
    if (hit := match_at(NOUNS, stemmed, len(stemmed) - 1)) and len(stemmed) <= 3:
        return dict.fromkeys(hit[0]), True
    return {}, False


def _with_money(label: str, effects: Effects, spoke: bool) -> tuple[Effects, bool]:
    """A sum on a control that acts is moved by it: "Transfer EUR 50", "Refund $12"; "Under $25" says nothing."""
    first = stem((words(label) or [""])[0])
    acts = set(effects) & CONSEQUENTIAL or first in _LIGHT - _stems("get start begin try have")
    if not _MONEY.search(normalise(label)) or not acts:
        return effects, spoke
    moved: dict[Effect, bool | None] = {**effects, "purchase": True}
    if stem("withdraw") in {stem(word) for word in words(label)}:
        moved.pop("delete", None)
    return moved, True


def _verb_at_start(stemmed: list[str]) -> tuple[frozenset[Effect], int] | None:
    """The longest verb at the start, from the lexicon or from those that only labels have."""
    hits = [hit for table in (_LABEL_VERBS, VERBS) if (hit := match_at(table, stemmed, 0))]
    return max(hits, key=lambda hit: hit[1], default=None)


def _verb_as_noun(after: list[str]) -> frozenset[Effect]:
    """ "Make a copy", "Grant upgrade": the object is the name of an act."""
    named = [one for one in after if one not in FILLERS and one != "onlin"]
    hit = match_at(VERBS, named, 0)
    return hit[0] & CONSEQUENTIAL if hit and hit[1] == len(named) else frozenset()


def _nouns(stemmed: Iterable[str]) -> frozenset[Effect]:
    """The acts that the words name; none where they only describe a thing ("payment method")."""
    given = list(stemmed)
    if not given or given[-1] in _NAMES_A_PLACE:
        return frozenset()
    found: set[Effect] = set()
    for position in range(len(given)):
        if hit := match_at(NOUNS, given, position):
            found |= hit[0]
    return frozenset(found)
