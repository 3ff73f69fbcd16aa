"""Nouns of web applications that name one thing: a policy on bookings is one on reservations."""

from __future__ import annotations

from .words import stem

_SAME = """booking/reservation appointment/visit/slot ticket/issue mail/email/message customer/client/shopper/buyer
    person/people/user employee/staff/colleague/worker file/document/doc/docx/pdf/xlsx/spreadsheet
    folder/directory project/repository/repo
    picture/photo/image salary/pay/wage/payslip invoice/bill order/purchase transfer/payment/remittance
    payee/beneficiary/recipient vacation/holiday/leave label/tag coupon/voucher/promo course/class link/url
    comment/note/remark post/article video/clip/film
    film/movie music/song/track/album car/vehicle/auto trip/journey fee/charge meeting/event
    subscription/plan profile/account account/membership team/group product/item/article flat/apartment
    review/rating/testimonial question/query answer/reply/response phone/telephone address/location hotel/room/stay
    medicine/medication/drug prescription/recipe student/learner/pupil teacher/lecturer/instructor grade/mark/score
    quiz/test/exam/assignment homework/assignment calendar/schedule contact/address flight/trip seat/place
    permission/access/right role/permission contract/agreement refund/reimbursement loan/credit password/passcode
    bag/baggage/luggage participant/attendee/invitee/guest
    newsletter/mailing branch/revision release/version backup/copy log/history database/table""".split()

_OF: dict[str, set[str]] = {}
for _group in _SAME:
    _names = [stem(word) for word in _group.split("/")]
    for _name, _word in zip(_names, _group.split("/"), strict=True):
        _OF.setdefault(_name, set()).update(other for other in _group.split("/") if other != _word)


def synonyms_of(noun: str) -> tuple[str, ...]:
    """Other names of the thing that the last word of `noun` names, in the same phrase; in order."""
    head = noun.split()[-1] if noun.split() else ""
    before = noun[: len(noun) - len(head)]
    return tuple(f"{before}{other}" for other in sorted(_OF.get(stem(head), ())))


_KINDS = {
    stem(thing): tuple(kinds.split())
    for thing, kinds in {
        "car": "vehicle automobile suv sedan saloon hatchback convertible coupe minivan van limousine truck pickup",
        "vehicle": "car suv sedan van minivan truck pickup motorcycle scooter",
        "boat": "yacht motorboat sailboat dinghy kayak canoe speedboat",
        "bike": "bicycle e-bike tandem",
        "hotel": "hostel resort motel guesthouse",
        "flight": "airfare",
        "airfare": "flight",
        "accommodation": "hotel hostel apartment",
        "lodging": "hotel hostel apartment",
        "job": "internship vacancy position traineeship",
        "position": "job vacancy",
        "vacancy": "job position",
        "music": "song album track playlist",
        "song": "music album track",
        "movie": "film documentary",
        "film": "movie documentary",
        "video": "clip episode",
        "medicine": "tablet pill capsule syrup",
        "alcohol": "beer wine spirit whisky vodka",
    }.items()
}


_PHRASES = {
    tuple(stem(word) for word in f"{kind} {head}".split()): tuple(means.split())
    for kinds, heads, means in (
        ("air plane aeroplane airplane airline flight", "ticket travel journey passage", "flight airfare"),
        ("hotel", "room stay night suite accommodation booking reservation", "hotel"),
        ("motor road", "vehicle car", "vehicle car suv sedan van minivan truck pickup motorcycle"),
        ("rental hire", "car vehicle", "car suv sedan van minivan truck pickup"),
        ("job", "offer opening posting vacancy position advert", "job internship vacancy traineeship"),
    )
    for kind in kinds.split()
    for head in heads.split()
}
"""Names of two words for what one word names on most pages."""


def kinds_of(noun: str) -> tuple[str, ...]:
    """Things that a rule on the noun is on as well: a van is a vehicle. Not the other way round."""
    named = tuple(stem(word) for word in noun.split())
    return _KINDS.get(named[0], ()) if len(named) == 1 else _PHRASES.get(named, ())


def names_a_thing(stemmed: str) -> bool:
    """True for the stem of a noun that has other names: one that tells what a page is about, and is no part of it."""
    return stemmed in _OF and stemmed not in _STEMS_OF_PAGES


def is_common(stemmed: str) -> bool:
    """True for the stem of a noun that is usual on pages: another such noun names another thing."""
    return stemmed in _OF or stemmed in _STEMS_OF_PAGES


def is_offered(stemmed: str) -> bool:
    """True for the stem of a thing that is hired, booked or applied for: a page that speaks of one offers it."""
    return stemmed in _OFFERED


_OFFERED = frozenset(stem(word) for thing in _KINDS for word in (thing, *_OF.get(thing, ())))

NOUNS_OF_PAGES = frozenset(
    """notice slip form note list report row column line page board sprint milestone filter view chart dashboard theme
    template draft reminder alert notification setting preference rule policy key token secret domain site server device
    session card cart basket wishlist favourite category variant stock price discount rate tax address signature cookie
    language currency timezone avatar bio picture cover channel thread reaction poll survey quiz answer certificate
    badge
    deadline reviewer assignee watcher owner guest host keyword hashtag playlist bookmark""".split()
)
"""Other names of things on pages, as they stand on controls."""
_STEMS_OF_PAGES = frozenset(stem(word) for word in NOUNS_OF_PAGES)
