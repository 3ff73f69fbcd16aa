"""Which kinds of data a text holds. Check digits are checked; labels count as evidence: the name and type of a field,
words in the text itself ("my passport is ..."), and what the page says that a value is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address

from harmonyguard.policies.lexicon import PERSONAL, data_classes_named
from harmonyguard.policies.words import normalise, words
from harmonyguard.steps import DataClass

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DIGITS = re.compile(r"(?<![\w.])\+?\d(?:[ \-()./]{0,2}\d){6,18}(?!\w)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_US_SOCIAL_SECURITY = re.compile(r"\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b")
_KEY = re.compile(
    r"\b(?:sk|pk|rk|gh[opsu]|github_pat|glpat|xox[abeprs]|hf|npm|pypi|whsec|hvs|dop_v1)[-_.]"
    r"(?=[A-Za-z_-]*\d)[A-Za-z0-9_.\-]{10,}"
    r"|\b(?:AKIA|ASIA|AIza)(?=[A-Z]*\w)[A-Za-z0-9_\-]{12,}|\bSG\.[\w-]{12,}\.[\w-]{12,}"
    r"|\bey[Jj][\w-]{8,}(?:\.[\w-]{4,})+|\b[Bb]earer\s+(?=\S*\d)[\w.~+/=-]{8,}|\b[Bb]earer\s+eyJ[\w.-]+"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
"""Keys and tokens of a form of their own, JSON web tokens (RFC 7519) and bearer tokens (RFC 6750)."""

_IP = re.compile(r"(?<![\w.:/-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)")
_VERSION = re.compile(r"\b(?:version|release|build|v)[ :]*$", re.IGNORECASE)
_LABELLED_IP = re.compile(r"\bip(?:v4)?(?:[ -]address(?:es)?)?\b[^.!?;\n\d]{0,30}$", re.IGNORECASE)
_INNER_HOST = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:internal|intranet|local|lan|corp|localdomain|home\.arpa)(?![\w-]|\.\w)"
    r"|(?<![\w@.-])(?:internal|intranet|corp)\.[a-z0-9-]+(?:\.[a-z0-9-]+)+",
    re.IGNORECASE,
)
_CONNECTION = re.compile(
    r"\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|redis|rediss|amqps?|mssql|oracle|ldaps?|jdbc:\w+)://\S+"
    r"|\b(?:server|data source|host)=[^;\s]+;(?:[^;\n]*;)*\s*(?:password|pwd|user id|uid)=",
    re.IGNORECASE,
)
_WITH_PASSWORD = re.compile(r"://[^/\s:@]+:[^/\s@]+@|;\s*(?:password|pwd)=[^;\s]+", re.IGNORECASE)
_DRIVING_LICENCE = re.compile(r"\bDL[- ]?\d{6,}\b")
_BANKING = re.compile(r"\b(?:routing|aba|ach|bank|account|wire|transfer)\b", re.IGNORECASE)
_UK_NATIONAL_INSURANCE = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_WAY = (
    r"(?:[Ss]treet|[Ss]t|[Rr]oad|[Rr]d|[Aa]venue|[Aa]ve|[Ll]ane|[Ll]n|[Dd]rive|[Dd]r|[Ww]ay|[Cc]ourt|[Ss]quare|[Cc]lose"
    r"|[Cc]rescent|[Tt]errace|[Gg]ardens|[Bb]oulevard|[Bb]lvd|[Pp]lace|[Hh]ill|[Mm]ews|[Qq]uay|[Pp]arkway)"
)
_NAME = r"[A-Z][\w.'-]*"
_STREET = re.compile(
    rf"\b\d{{1,5}}\w?,?\s+(?:{_NAME}\s+){{1,4}}{_WAY}\b|\b\d{{1,5}}\s+[a-z]+\s+(?:street|avenue|lane|road)\b"
    rf"|\b{_NAME}(?:\s+{_NAME}){{0,2}}\s+{_WAY}\.?,?\s+\d{{1,5}}\w?\b"
    r"|\b[A-Za-z][\w-]{0,40}(?:stra(?:ss|ß)e|str\.|gasse|weg|platz|allee|straat|laan|gracht)\s+\d+"
    r"|\b(?:Calle|Avenida|Avda|Plaza|Paseo|Via|Viale|Piazza|Corso|Rue|Boulevard|Rua|Praça)\.?\s+"
    rf"(?:(?:de|del|della|di|da|do|du|des|la|le|los|las)\s+)*{_NAME}(?:\s+{_NAME})*,?\s+\d+"
    rf"|\b\d{{1,4}},?\s+(?:rue|avenue|boulevard|place|chemin)\s+(?:(?:de|du|des|la|le)\s+)*{_NAME}"
    r"|\b[Pp]\.?\s?[Oo]\.? [Bb]ox \d+"
)
_INTRODUCED = re.compile(
    r"\b(?P<kind>password|passphrase|passcode|pin|secret|(?:api|secret|private|access)[ -]key|(?:access |api )?token)\b"
    r"\s*(?:is|=|:|as|of)?\s*[\"'“‘`]?(?P<value>[^\s\"'”’`]{3,})",
    re.IGNORECASE,
)
_CODE = r"(?P<value>(?=[A-Z0-9 -]*\d)(?!(?:19|20)\d\d\b)[A-Z0-9](?: ?[A-Z0-9-]){3,})(?![a-z])"
_WORD_WITH_DIGIT = r"(?P<value>(?=\S*\d)[^\s\"'“”]{3,})"
_LABELLED: dict[DataClass, tuple[str, str]] = {
    "national_id": (
        r"passports?(?: (?:number|no|nr))?|(?:national |personal )?(?:id|identity)(?: card| number)|identity cards?"
        r"|national insurance|social security|ssn|tax (?:id|number)|driv(?:ing|er.s) licen[cs]e|national id",
        _CODE,
    ),
    "bank_account": (r"(?:bank )?account(?: number| no)|bank account|sort code|routing(?: number)?|iban", _CODE),
    "payment_card": (r"(?:credit |debit |bank |payment )?card(?: number| no)?", r"(?P<value>\d(?:[ -]?\d){12,18})\b"),
    "password": (
        r"passwords?|passcodes?|passphrases?|passwd|pwd|pw|pins?|tans?|otp|one-time codes?"
        r"|(?:door|access|unlock) codes?|credentials?",
        _WORD_WITH_DIGIT,
    ),
    "api_key": (
        r"(?:api|access|secret|private|licen[cs]e)[ _-]keys?|(?:(?:access|api|auth|bearer|bot)[ _-]?)?tokens?"
        r"|(?:client |shared |app )secrets?",
        _WORD_WITH_DIGIT,
    ),
    "date_of_birth": (
        r"date of birth|dob|birth ?date|birthday|born",
        r"(?P<value>\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
        r"|\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?[A-Z][a-z]{2,8},? \d{4}|[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?,? \d{4})",
    ),
    "phone_number": (r"phones?|mobiles?|cell|telephone|tel", r"(?P<value>\+?\(?\d[\d ()/-]{4,}\d)\b"),
}
"""How texts name a value that no check digit tells, and what such a value looks like."""

_BETWEEN = r"(?i:(?:'s)?\b[^.!?;\n\d]{0,40}?(?:[:=#]\s*|\s+|\b))"
_RIGHT_BEHIND = r"(?i:\s*(?:[:=#]|\bis\b|\bwas\b|\bare\b|\s)\s*)"
_LABELS: dict[DataClass, re.Pattern[str]] = {
    data_class: re.compile(rf"\b(?i:{label}){_RIGHT_BEHIND if value is _WORD_WITH_DIGIT else _BETWEEN}[\"'“(]?{value}")
    for data_class, (label, value) in _LABELLED.items()
}
_LABEL_ALONE: dict[DataClass, re.Pattern[str]] = {
    data_class: re.compile(rf"\b(?:{label})\b", re.IGNORECASE) for data_class, (label, _) in _LABELLED.items()
}
_PERSON = re.compile(r"\b[A-Z][a-zà-ÿ'-]+ (?:[A-Z]\. )?[A-Z][a-zà-ÿ'-]+\b")
_RECIPIENT = frozenset("to cc bcc recipient recipients guest guests invitee invitees attendee attendees".split())

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$")
_TIMES = re.compile(
    r"(?<!\d)(?:\d{4}-\d\d-\d\d|\d{1,2}([./-])\d{1,2}\1\d{2,4})(?:[T ,]+\d{1,2}:\d\d(?::\d\d)?)?(?!\d)|\b\d{1,2}:\d\d\b"
)
_FIELD_IS_PROOF: frozenset[DataClass] = frozenset(
    {"password", "api_key", "person_name", "date_of_birth", "national_id"}
)


def data_classes_in(value: str, field: str = "", input_type: str | None = None) -> frozenset[DataClass]:
    """The kinds of data that `value` holds, typed into a field of this name and HTML type."""
    if input_type == "password":
        return frozenset({"password"})
    if not value.strip():
        return frozenset()
    found: set[DataClass] = set(data_classes_named(field) & _FIELD_IS_PROOF)
    if _EMAIL.search(value):
        found.add("email_address")
    if _US_SOCIAL_SECURITY.search(value) or _UK_NATIONAL_INSURANCE.search(value):
        found.add("national_id")
    found.update(data_class for data_class, label in _LABELS.items() if label.search(value))
    if any(_is_iban(match.group()) for match in _IBAN.finditer(value)):
        found.add("bank_account")
    if _KEY.search(value):
        found.add("api_key")
    if _WRITTEN_PASSWORD.search(value) or _WITH_PASSWORD.search(value):
        found.add("password")
    if _DRIVING_LICENCE.search(value):
        found.add("national_id")
    found |= _addresses_in(value)
    if _STREET.search(value):
        found.add("postal_address")
    for match in _DIGITS.finditer(_TIMES.sub(" ", value)):
        digits = re.sub(r"\D", "", match.group())
        if 13 <= len(digits) <= 19 and _passes_luhn(digits):
            found.add("payment_card")
        elif len(digits) == 9 and _BANKING.search(value) and _is_routing_number(digits):
            found.add("bank_account")
        elif _looks_like_phone(match.group(), digits, field):
            found.add("phone_number")
    if found & PERSONAL:
        found.add("personal_data")
    return frozenset(found)


_WRITTEN_PASSWORD = re.compile(
    r"\b(?:password|passphrase|passwd|pwd|pw)\s*[:=]\s*[\"'“‘`]?(?![*•xX.…]{2,})(?P<value>[^\s\"'”’`]{4,})",
    re.IGNORECASE,
)
"""A password without a digit is known as one where it is written down as one: "password: correct-horse"."""


def _addresses_in(value: str) -> set[DataClass]:
    """Addresses that mean something only inside a network, and those that the text calls an IP address."""
    found: set[DataClass] = set()
    for match in _IP.finditer(value):
        before = value[: match.start()]
        try:
            address = IPv4Address(match.group())
        except ValueError:
            continue
        if _VERSION.search(before) or address.is_loopback:
            continue
        if address.is_private:
            found |= {"ip_address", "internal_address"}
        elif _LABELLED_IP.search(before):
            found.add("ip_address")
    if _INNER_HOST.search(value) or _CONNECTION.search(value):
        found.add("internal_address")
    return found


def unsaid(value: str, talk: str) -> str:
    """The value without the addresses and numbers that stand in the talk as well."""
    if not talk:
        return value
    known = {_bare(match.group()) for pattern in (_EMAIL, _DIGITS) for match in pattern.finditer(talk)}
    for pattern in (_EMAIL, _DIGITS):
        value = pattern.sub(lambda match: " " if _bare(match.group()) in known else match.group(), value)
    return value


def _bare(text: str) -> str:
    return text.casefold() if "@" in text else re.sub(r"\D", "", text)


def labelled_on(pairs: Iterable[tuple[str, str]], said: str) -> frozenset[DataClass]:
    """The kinds that a page or tool says the values are which `said` repeats ("passport": "19FR55210")."""
    folded = normalise(said)
    found: set[DataClass] = set()
    for name, value in pairs:
        wanted = normalise(value)
        if len(wanted) < _SHORTEST_VALUE or not any(c.isdigit() for c in wanted) or wanted not in folded:
            continue
        label = " ".join(words(name))
        found.update(data_class for data_class, pattern in _LABEL_ALONE.items() if pattern.search(label))
        found |= data_classes_named(name) - _TOO_WIDE
    if found & PERSONAL:
        found.add("personal_data")
    return frozenset(found)


_TOO_WIDE: frozenset[DataClass] = frozenset({"confidential", "personal_data"})


_SHORTEST_VALUE = 4


def names_people(said: str, on_page: str, by_user: str) -> bool:
    """True when what is said may name somebody whom the page names and the user did not."""
    page, user = normalise(on_page), normalise(by_user)
    names = (normalise(match.group()) for match in _PERSON.finditer(said))
    return any(name in page and name not in user for name in names)


def is_recipient(field: str) -> bool:
    """True for a field that says in few words to whom something goes: what stands in it is where, not what."""
    spoken = words(field)
    return 0 < len(spoken) <= _LONGEST_NAME and (
        bool(_RECIPIENT & {spoken[0], spoken[-1]}) or spoken[0] in ("send", "share", "invite")
    )


def is_sender(field: str) -> bool:
    """True for a field that says who sends: the sender's own address is on every letter, and gives nothing away."""
    return normalise(field).strip(" :*") in _SENDERS


_SENDERS = frozenset(
    {"from", "sender", "reply to", "reply-to", "from address", "sender address", "send as", "send from"}
)
_LONGEST_NAME = 6


_CALLED = re.compile(
    r"\b(?:user ?names?|user ?ids?|log ?ins?|users?|accounts?|handle|e-?mail(?: address)?)\s*(?:is|=|:|as)?\s*"
    r"[\"'“‘`]?(?P<value>[^\s\"'”’`]{3,})",
    re.IGNORECASE,
)
_ASKS_WHO = re.compile(r"\b(?:user ?name|user|log ?in|e-?mail|account|handle|user ?id)\b", re.IGNORECASE)


def is_name_of_user(value: str, field: str, talk: str) -> bool:
    """The field asks who logs in, and the talk gives this very value as that, whatever else it is given as."""
    if not _ASKS_WHO.search(field) or data_classes_named(field) & {"password", "api_key"}:
        return False
    wanted = value.strip().rstrip(".,;:!?")
    return any(match["value"].rstrip(".,;:!?") == wanted for match in _CALLED.finditer(talk))


def introduced_as(value: str, talk: str) -> DataClass | None:
    """The kind of secret as which the talk introduced this very value: "the password is ..."."""
    wanted = value.strip()
    if not wanted:
        return None
    for match in _INTRODUCED.finditer(talk):
        if match.group("value").rstrip(".,;:!?") == wanted.rstrip(".,;:!?"):
            return "api_key" if match.group("kind").lower().endswith(("key", "token")) else "password"
    return None


def _looks_like_phone(written: str, digits: str, field: str) -> bool:
    if _DATE.match(written.strip()) or not 7 <= len(digits) <= 15:
        return False
    return (
        written.startswith("+")
        or "phone_number" in data_classes_named(field)
        or bool(re.search(r"\d[ \-()]\d", written))
    )


def _passes_luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1."""
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_routing_number(digits: str) -> bool:
    """The check digit of ABA routing numbers (weights 3, 7, 1)."""
    return digits != "0" * 9 and sum(int(d) * w for d, w in zip(digits, (3, 7, 1) * 3, strict=True)) % 10 == 0


def _is_iban(text: str) -> bool:
    """The check digits of ISO 13616 (mod 97)."""
    compact = text.replace(" ", "")
    rearranged = compact[4:] + compact[:4]
    return int("".join(str(int(c, 36)) for c in rearranged)) % 97 == 1
