"""The words that rules and facts share: which verb does what, which noun names which data.

One lexicon for both sides, so that what a policy calls an act and what a page calls it meet in the same effect.
Entries are general English of web applications; nothing here names a site.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar, get_args

from harmonyguard.steps import DataClass, Effect

from .words import LABEL, stem, words

_VERBS: dict[Effect, str] = {
    "read": """view read see show list get fetch display inspect preview expand collapse sort filter count describe
        retrieve calculate compute compare examine review monitor look-at think hide print zoom play pause lookup
        watch""",
    "navigate": "go navigate visit browse access open follow-link go-to back return leave proceed-to enter-page",
    "search": "search find query look-up look-for",
    "authenticate": "log-in login sign-in signin authenticate log-on logon sign-out log-out logout",
    "create": """create add new insert register sign-up signup generate make open-account draft compose raise start
        issue open-ticket build enrol enroll join initiate establish clone fork duplicate copy set-up
        launch-campaign start-new take-on enter-into list-for-sale put-up reproduce schedule
        plan-call plan-meeting plan-visit plan-appointment plan-activity plan-trip plan-event
        log-call log-meeting log-visit log-time record-call""",
    "update": """update edit modify change save set assign unassign rename move close reopen resolve mark alter merge
        adjust amend correct replace overwrite revise reassign transfer-ticket approve reject upgrade downgrade
        reschedule switch label tag pin lock unlock archive unarchive like upvote downvote vote react rate follow
        unfollow subscribe-to star unstar reset restore extend escalate tamper falsify manipulate
        relocate retitle rearrange reorganise reorganize postpone put-off push-back bring-forward prolong renew
        recategorise recategorize reclassify reprioritise reprioritize promote demote mute unmute countersign annotate
        translate redact suspend unsuspend freeze unfreeze put-on-hold shorten lengthen
        swap exchange shift reinstate recover undelete unresolve score grade endorse block unblock ban unban combine
        consolidate split ship dispatch deliver waive decline deny allow anonymise anonymize flag unflag
        unsubscribe opt-out reroute redirect resume reactivate increase decrease reduce lower raise
        commit push
        return-order return-item return-delivered associate relate affiliate link-existing""",
    "delete": """delete remove erase purge destroy terminate wipe drop deactivate cancel void withdraw revoke unlink
        uninstall discard-record empty-trash close-account close-membership close-profile
        throw-away throw-out trash bin scrap shred discard expunge call-off annul rescind retract take-down
        take-off strip get-rid-of unenrol unenroll deregister unregister dismantle obliterate
        tear-down close-down shut-account drop-out resign-from""",
    "send": """send reply e-mail email mail message post comment publish respond tweet forward submit-comment
        contact write-to dm broadcast announce notify text fax leave-review leave-feedback leave-comment leave-message
        leave-reply write-review write-comment give-feedback send-feedback
        get-in-touch write-back message-to circulate-to pass-along put-online go-live""",
    "share": """share invite disclose expose reveal grant leak forward publish give-access provide-access transfer
        distribute divulge communicate release circulate pass-on hand-over provide
        hand-on hand-out give-away give-out make-public open-up-to make-visible leak-to let-in""",
    "purchase": """buy purchase pay order check-out checkout book reserve subscribe donate bid bet rent rebook refund
        borrow place-order wager tip invest trade compensate reimburse lease hire shop spend charge transfer-money
        transfer-fund send-money send-fund wire-money
        settle-invoice pay-out pay-back pay-off put-through top-up redeem spend-on move-money return-money order-in
        sell-off sell remit debit credit reorder preorder pre-order renew-subscription upgrade-plan lend lend-out""",
    "submit": """submit apply file confirm complete finalize finalise sign accept-offer rsvp lodge agree accept-terms
        accept-condition accept-agreement accept-contract accept-the-terms
        hand-in turn-in put-forward file-claim lodge-claim vote-on send-off countersign undertake""",
    "upload": "upload attach import",
    "download": "download export",
    "change_settings": """configure enable disable activate turn-on turn-off switch-on switch-off toggle customise
        customize install bypass reconfigure override""",
    "execute": "run execute deploy restart trigger launch reboot shutdown shut-down schedule",
    "enter": "enter type fill fill-in input select choose pick tick check uncheck specify key-in",
    "ask_user": "ask request-permission request-approval request-confirmation seek-approval",
    "tell_user": "tell inform alert warn report-to-user notify-user",
}

_NOUNS: dict[Effect, str] = {
    "create": "creation registration enrolment enrollment signup",
    "update": "modification edit update change alteration amendment",
    "delete": "deletion removal cancellation termination erasure revocation",
    "send": "post message email e-mail reply comment tweet publication announcement review feedback testimonial",
    "share": "disclosure invitation sharing transfer release",
    "purchase": """purchase payment order booking reservation subscription donation bet bid checkout transaction refund
        rental spending trade investment reimbursement compensation""",
    "submit": "submission application contract agreement signature",
    "upload": "upload attachment",
    "download": "download export",
    "authenticate": "login authentication",
    "execute": "execution deployment installation",
}

_DATA: dict[DataClass, str] = {
    "password": """password passphrase passcode pin credential login-detail log-in-detail door-code access-code
        unlock-code recovery-code""",
    "payment_card": "credit-card debit-card card-number payment-card card-detail cvv cvc card-data cardholder-data pan",
    "bank_account": "bank-account iban account-number routing-number sort-code bank-detail",
    "email_address": "email-address e-mail-address email e-mail",
    "phone_number": "phone-number telephone-number mobile-number phone telephone mobile",
    "postal_address": "postal-address home-address street-address mailing-address shipping-address address",
    "person_name": "full-name first-name last-name surname",
    "date_of_birth": "date-of-birth birth-date birthday dob",
    "national_id": """social-security-number social-security ssn passport-number national-id tax-id tax-number
        national-insurance-number driver-licence driver-license driving-licence driving-license identity-card-number""",
    "api_key": """api-key access-token secret-key private-key api-token token secret encryption-key access-key
        bearer-token signing-key ssh-key""",
    "ip_address": "ip-address ip ipv4-address",
    "internal_address": """server-address network-address internal-address internal-url internal-host internal-hostname
        internal-link internal-domain host-name hostname connection-string connection-url""",
    "personal_data": """personal-data personal-information personally-identifiable-information pii customer-data
        contact-detail contact-information customer-information user-data personal-detail customer-detail""",
    "confidential": """confidential-information confidential-data sensitive-data sensitive-information trade-secret
        proprietary-information internal-information classified-information restricted-data company-confidential
        confidential-business-information internal-data""",
}

PERSONAL: frozenset[DataClass] = frozenset(
    {"email_address", "phone_number", "postal_address", "person_name", "date_of_birth", "national_id"}
)
"""Classes that identify a person: a rule on personal data covers each of them."""

GENERIC_OBJECTS = frozenset(
    stem(word)
    for word in """record data item thing object entry element anything something information content resource
        action operation activity task case matter system page site website web database any existing database
        following""".split()
)
"""Nouns that name no particular thing: a rule on "any record" is a rule on every object."""

_IMPLIED = {
    **{
        f"{verb}-{thing}": thing
        for verb in ("plan", "log", "record", "schedule")
        for thing in ("call", "meeting", "visit", "appointment", "activity", "trip", "event")
    },
    "sign-up": "account registration membership",
    "signup": "account registration membership",
    "register": "account registration membership",
    "join": "account registration membership",
    "enrol": "account registration membership",
    "enroll": "account registration membership",
    "subscribe": "subscription newsletter",
    "check-out": "order cart purchase",
    "checkout": "order cart purchase",
    "agree": "contract agreement terms",
    "sign": "contract agreement terms",
    "accept-offer": "contract agreement offer",
    "accept-terms": "contract agreement terms",
    "unsubscribe": "subscription newsletter",
    "pay": "payment",
    "apply-now": "application",
    "apply-online": "application",
    "apply-here": "application",
    "easy-apply": "application",
    "quick-apply": "application",
    "1-click-apply": "application",
}
"""Things that a verb is about by itself, when its label names no other: "Join for free" makes an account."""

_OPPOSITES = """upvote/downvote like/dislike like/unlike follow/unfollow subscribe/unsubscribe add/remove create/delete
    open/close reopen/close lock/unlock enable/disable approve/reject accept/decline accept/reject archive/unarchive
    archive/restore increase/decrease buy/sell mute/unmute show/hide start/stop activate/deactivate block/unblock
    publish/unpublish allow/deny assign/unassign pin/unpin star/unstar upgrade/downgrade join/leave grant/revoke
    connect/disconnect install/uninstall check/uncheck select/deselect attach/detach link/unlink hide/unhide
    raise/lower invite/remove ban/unban freeze/unfreeze tag/untag"""


def _phrases(table: dict[Effect, str]) -> dict[tuple[str, ...], frozenset[Effect]]:
    found: dict[tuple[str, ...], set[Effect]] = {}
    for effect in get_args(Effect):
        for entry in table.get(effect, "").split():
            found.setdefault(tuple(stem(word) for word in words(entry.replace("-", " "))), set()).add(effect)
    return {phrase: frozenset(effects) for phrase, effects in found.items()}


VERBS = _phrases(_VERBS)
"""Stems of a verb phrase, to the effects it may name."""

NOUNS = _phrases(_NOUNS)
"""Stems of a noun for an act ("deletion", "payment"), to the effects it names."""

DATA_PHRASES: dict[tuple[str, ...], DataClass] = {
    tuple(stem(word) for word in words(entry.replace("-", " "))): data_class
    for data_class, entries in _DATA.items()
    for entry in entries.split()
}
"""Stems of a name for a kind of data, to its class."""

IMPLIED_OBJECTS: dict[tuple[str, ...], str] = {
    tuple(stem(word) for word in words(entry.replace("-", " "))): objects for entry, objects in _IMPLIED.items()
}

_OPPOSED: dict[str, frozenset[str]] = {}
for _pair in _OPPOSITES.split():
    _left, _right = (stem(verb) for verb in _pair.split("/"))
    _OPPOSED[_left] = _OPPOSED.get(_left, frozenset()) | {_right}
    _OPPOSED[_right] = _OPPOSED.get(_right, frozenset()) | {_left}

STATES = frozenset(
    """closed open opened resolved archived locked unlocked frozen shipped delivered dispatched cancelled canceled
    completed finished paid unpaid pending approved rejected expired overdue published unpublished active inactive
    suspended final finalized finalised draft confirmed unconfirmed processed blocked deleted disabled enabled merged
    submitted signed sealed verified unverified sold reserved assigned unassigned escalated deactivated refunded
    returned invoiced posted released terminated retired deprecated protected classified used redeemed started
    delayed""".split()
)
"""Words for the state of a record, as statuses and policies ("closed tickets") have them."""

T = TypeVar("T")

_LONGEST = max(len(phrase) for phrase in (*VERBS, *NOUNS, *DATA_PHRASES))


def match_at(table: dict[tuple[str, ...], T], stemmed: list[str], position: int) -> tuple[T, int] | None:
    """The entry of the longest phrase that starts at `position`, with its length in words."""
    for length in range(min(_LONGEST, len(stemmed) - position), 0, -1):
        found = table.get(tuple(stemmed[position : position + length]))
        if found is not None:
            return found, length
    return None


def opposites_of(verb: str) -> frozenset[str]:
    """Stems of the verbs that undo what this stem of a verb does."""
    return _OPPOSED.get(verb, frozenset())


def objects_implied(text: str) -> str:
    """What the first verb of a label is about by itself; empty when it says so itself or nobody can tell."""
    stemmed = [stem(word) for word in words(text)]
    for position in range(len(stemmed)):
        if hit := match_at(IMPLIED_OBJECTS, stemmed, position):
            return hit[0]
    return ""


def effects_named(text: str) -> frozenset[Effect]:
    """Every effect that a word of the text may name, as verb or as noun."""
    return _effects_of_label(text) if len(text) <= LABEL else _effects_named(text)


def _effects_named(text: str) -> frozenset[Effect]:
    stemmed = [stem(word) for word in words(text)]
    found: set[Effect] = set()
    for position in range(len(stemmed)):
        for table in (VERBS, NOUNS):
            if hit := match_at(table, stemmed, position):
                found |= hit[0]
    return frozenset(found)


_effects_of_label = lru_cache(maxsize=16384)(_effects_named)


def data_classes_named(text: str) -> frozenset[DataClass]:
    """Every kind of data that the text names."""
    stemmed = [stem(word) for word in words(text)]
    found: set[DataClass] = set()
    position = 0
    while position < len(stemmed):
        hit = match_at(DATA_PHRASES, stemmed, position)
        if hit:
            found.add(hit[0])
        position += hit[1] if hit else 1
    return frozenset(found)
