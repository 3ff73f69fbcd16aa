"""What kind of an act is banned: "unauthorised deletion of records", "permanent deletion of accounts".

The words before a noun of an act say how it is done, and are no thing that it is done to. What lacks leave is the act,
unless there is leave; any other quality narrows the ban, and is left to whoever judges.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .ban import Ban
from .grammar import is_noun_of_act, verb_at
from .subordinate import Condition

_WITHOUT_LEAVE = re.compile(r"un(?:authori[sz]ed|approved|sanctioned|permitted)|non-(?:authori[sz]ed|approved)")
_MANNER = (
    r"unnecessary|needless|excessive|repeated|accidental|careless|improper|premature|permanent|malicious"
    r"|automatic|automated|manual|retroactive|unplanned|untested|undocumented"
)
_QUALIFIED = re.compile(
    rf"^(?:any |all |the )?(?P<quality>{_MANNER}|{_WITHOUT_LEAVE.pattern})[ -](?P<act>(?P<first>[a-z]+)\b.*)$"
)


def of_a_kind(ban: Ban) -> Ban:
    """The ban on the act itself, under the condition that its quality states; unchanged when it has none."""
    is_noun = is_noun_of_act(ban.verb.partition(" ")[0])
    match = _QUALIFIED.match(f"{ban.what} {ban.verb}".strip() if is_noun else ban.verb)
    if match is None or not (verb_at(match["act"]) or is_noun_of_act(match["first"])):
        return ban
    what = "" if is_noun else ban.what
    if _WITHOUT_LEAVE.fullmatch(match["quality"]):
        return replace(ban, verb=match["act"], what=what, unless=(*ban.unless, Condition("without", "authorization")))
    return replace(ban, verb=match["act"], what=what, when=(*ban.when, Condition("when", match["quality"])))
