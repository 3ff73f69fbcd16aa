"""Which kinds of data a text holds. Check digits are checked; a field's own name and type count as evidence."""

from __future__ import annotations

import re

from harmonyguard.policies.lexicon import PERSONAL, data_classes_named
from harmonyguard.steps import DataClass

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DIGITS = re.compile(r"(?<![\w.])\+?\d(?:[ \-()./]{0,2}\d){6,18}(?!\w)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_US_SOCIAL_SECURITY = re.compile(r"\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b")
_KEY = re.compile(r"\b(?:sk|pk|rk|ghp|gho|glpat|xox[abprs]|AKIA|AIza|hf)[-_]?[A-Za-z0-9_\-]{12,}")
_STREET = re.compile(
    r"\b\d{1,5}\w?\s+(?:[A-Z][\w.'-]*\s+){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|way|court|square)\b"
    r"|\b[A-Z][\w-]*(?:stra(?:ss|ß)e|gasse|weg|platz)\s+\d+",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"\b(?P<kind>password|passphrase|passcode|pin|secret|(?:api|secret|private|access)[ -]key|(?:access |api )?token)\b"
    r"\s*(?:is|=|:|as|of)?\s*[\"'“‘`]?(?P<value>[^\s\"'”’`]{3,})",
    re.IGNORECASE,
)
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$")
_FIELD_IS_PROOF: frozenset[DataClass] = frozenset(
    {"password", "api_key", "person_name", "date_of_birth", "national_id"}
)


def data_classes_in(value: str, field: str = "", input_type: str | None = None) -> frozenset[DataClass]:
    """The kinds of data that `value` holds, typed into a field of this name and HTML type."""
    if input_type == "password":
        return frozenset({"password"})
    if not value.strip():
        return frozenset()
    found: set[DataClass] = {c for c in data_classes_named(field) if c in _FIELD_IS_PROOF}
    if _EMAIL.search(value):
        found.add("email_address")
    if _US_SOCIAL_SECURITY.search(value):
        found.add("national_id")
    if any(_is_iban(match.group()) for match in _IBAN.finditer(value)):
        found.add("bank_account")
    if _KEY.search(value):
        found.add("api_key")
    if _STREET.search(value):
        found.add("postal_address")
    for match in _DIGITS.finditer(value):
        digits = re.sub(r"\D", "", match.group())
        if 13 <= len(digits) <= 19 and _passes_luhn(digits):
            found.add("payment_card")
        elif _looks_like_phone(match.group(), digits, field):
            found.add("phone_number")
    if found & PERSONAL:
        found.add("personal_data")
    return frozenset(found)


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


def _is_iban(text: str) -> bool:
    """The check digits of ISO 13616 (mod 97)."""
    compact = text.replace(" ", "")
    rearranged = compact[4:] + compact[:4]
    return int("".join(str(int(c, 36)) for c in rearranged)) % 97 == 1
