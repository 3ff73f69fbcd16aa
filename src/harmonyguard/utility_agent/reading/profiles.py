"""What a profile tells of a user in sentences: "The guest is 16 years old, has no boating licence and is a resident."

Profiles are mostly named values ("membership: true"), which `facts.records` reads. What stands in prose becomes such
values here: what somebody is, has or holds is true, and what they are not or lack is false.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PERSON = (
    r"(?:user|traveller|traveler|shopper|customer|client|guest|patient|learner|student|member|passenger|applicant|driver"
    r"|visitor|person)"
)

_PARTS = re.compile(r"\s*[,;()\n]\s*(?:(?:and|but|or) )?|[.!](?:\s+|$)|\s+(?:and|but)\s+")
_WHO = rf"(?:(?:the |this |our |a |an )?{_PERSON}s?|he|she|they|who)"
_DETERMINED = r"(?:(?:an?|the|any|valid|current|active|registered|his|her|their|own) )*"
_LACKS = re.compile(
    rf"^(?:{_WHO} )?(?:(?:is|are|has|have|does|do|was|were) (?:not|never)|(?:is|has|does)n't|(?:has|have|holds?"
    rf"|owns?) no"
    r"|lacks?|without|no|not|never|(?:has |have )?(?:declined|refused|rejected)(?: (?:every|all|any))?)"
    rf"(?: (?:yet|been|have|hold|own|possess|got|had|currently))* {_DETERMINED}(?P<what>[^:=]+)$",
    re.IGNORECASE,
)
_HAS = re.compile(
    rf"^(?:{_WHO} )?(?:is|are|has|have|holds?|owns?|possess(?:es)?|carries|lives? in|was|with)(?: (?:been|got"
    rf"|already|fully|also|currently))*"
    rf" {_DETERMINED}(?P<what>[^:=]+)$",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(r"^(?:un|non-?)(?P<what>[a-z]{4,})(?: (?:user|customer|guest|person|driver))?$", re.IGNORECASE)
_KIND = re.compile(
    rf"^(?:an? )?(?:\d+[- ]years?[- ]old )?(?P<what>[a-z]+(?: [a-z]+)?) {_PERSON}$|^(?P<alone>[a-z]+)$",
    re.IGNORECASE,
)
_SO_FAR = re.compile(r" (?:so far|to date|until now|as yet|up to now|at all|for now)$", re.IGNORECASE)
_ABROAD = re.compile(
    r"\b(?:foreign|lives? (?:abroad|overseas)|based (?:abroad|overseas)|international)\b", re.IGNORECASE
)
"""Words for who is not domestic."""


@lru_cache(maxsize=128)
def told_in_prose(profile: str) -> tuple[tuple[str, str], ...]:
    """What the sentences of a profile tell, as names of what somebody is or has with "true" or "false"."""
    found: list[tuple[str, str]] = []
    for part in _PARTS.split(profile):
        text = re.sub(r"^[^:]{0,20}information:\s*", "", (part or "").strip(" ."), flags=re.IGNORECASE)
        text = _SO_FAR.sub("", text)
        if not text or ":" in text or "=" in text or len(text) > _LONGEST:
            continue
        if _ABROAD.search(text):
            found.append(("domestic", "false"))
        elif match := _LACKS.match(text) or _OTHERWISE.match(text):
            found.append((match["what"], "false"))
        elif match := _HAS.match(text):
            found.append(_told(match["what"]))
        elif match := _KIND.match(text):
            found.append(_told(match["what"] or match["alone"]))
    return tuple((name, value) for name, value in found if not any(c.isdigit() for c in name))


_LONGEST = 80


def _told(what: str) -> tuple[str, str]:
    """ "Unvaccinated", "a non-member": what they are not."""
    match = _OTHERWISE.match(what)
    return (match["what"], "false") if match else (what, "true")
