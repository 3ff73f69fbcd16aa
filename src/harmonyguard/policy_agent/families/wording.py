"""The many ways of saying a rule brought to the few that the families read.

Each rewriting keeps what the sentence says: "Under no circumstances should X be deleted", "No X may be deleted" and
"X are not to be deleted" all become "X must not be deleted". The sentence itself stays what is quoted and judged.
"""

from __future__ import annotations

import re
from functools import partial

from harmonyguard.policies.lexicon import NOUNS
from harmonyguard.policies.words import stem
from harmonyguard.policy_agent.grammar.cues import CuedPattern, cued
from harmonyguard.policy_agent.grammar.verbs import third_person
from harmonyguard.policy_agent.reading.grammar import AGENT, PERSONA, is_noun_of_act, verb_at

from .building import LEAVE, NOT, USER, clean

_MAY = r"(?:may|must|shall|should|can|could|will|is to|are to)"
_BANNED = (
    r"(?:strictly |expressly |always |generally |absolutely )*"
    r"(?:prohibited|forbidden|not (?:be )?(?:allowed|permitted|acceptable|tolerated)|banned|off[- ]limits|disallowed"
    r"|unacceptable|out of bounds|a no-go)"
)
_REQUIRED = r"(?:required|needed|necessary|mandatory|compulsory|obligatory)"
_PLACE = r"(?:pages?|sections?|areas?|panels?|settings|sites?|portals?|dashboards?|tabs?)"
_OWNER = (
    r"(?:(?:the|our|this) )?(?:organi[sz]ation|company|firm|management|security team|policy|rules?|house rules"
    r"|compliance"
    r"|administration|team)"
)
_STARTS_WITH_ACT = re.compile(r"^(?:the )?(?:\w+ing\b|\w+(?:tion|ment|sal|al|ure|age) of\b|access\b)")

_USERS_OWN = (
    r"(?!.*\b(?:persons?|people|managers?|leads?|leaders?|reviewers?|approvers?|colleagues?|finance|legal|teams?"
    r"|departments?|officers?|heads?|directors?|supervisors?|maintainers?|authors?|someone|somebody|boards?|committees?"
    r"|pipelines?|checks?|tests?)\b)"
)
"""Leave that is not said to be somebody else's."""

_REWRITINGS: tuple[tuple[CuedPattern, str], ...] = tuple(
    (cued(pattern, 0), replacement)
    for pattern, replacement in (
        # Openings that add force and no content.
        (
            r"^(?:please|note that|remember(?: that)?|always remember to|make sure(?: that)?|ensure"
            r" that|be sure to)[ ,]+",
            "",
        ),
        (
            r"\b((?:un)?subscrib\w+|enrol\w*|regist\w+|sign(?:ing)?|opt(?:ing)?)"
            r" (?:the (?:user|customer)|me|them|anyone|anybody|somebody) (?=(?:to|from|for|in|out|up)\b)",
            r"\1 ",
        ),
        (r"^it is " + _BANNED + r" to ", "must not "),
        (r"^it is (?:never|not) (?:acceptable|okay|ok|permissible|allowed) to ", "must not "),
        (
            r"^(?:under no circumstances|in no case|at no time|on no account|in no event)[, ]+"
            rf"{_MAY} (?P<what>.+?) (?:ever )?be (?P<verb>.+)$",
            r"\g<what> must not be \g<verb>",
        ),
        (
            rf"^(?:under no circumstances|in no case|at no time|on no account|in no event)[, ]+{_MAY}"
            r" (?:you|(?:the |an |any )?(?:\w+ )?(?:agents?|assistants?|users?|bots?|employees?|staff)) (?P<act>.+)$",
            r"must not \g<act>",
        ),
        (r"^(?P<act>.+?),? (?:under (?:no|any) circumstances|in any case|for any reason|at any time)$", r"\g<act>"),
        (r"^(?:there must|there should) be no (?P<act>\w+(?:ing|ion|al)\b.*)$", r"must not \g<act>"),
        # Leave.
        (
            rf"^(?:only|just) (?P<act>.+?) (?:if|when|after|once|with)\b(?P<leave>{_USERS_OWN}.*\b(?:{LEAVE}"
            rf"|agreed|approved|confirmed"
            r"|consented|asked|ok)\b.*)$",
            r"ask the user for confirmation before \g<act>",
        ),
        (
            rf"^(?P<what>.+?) (?:may|can|must|should|shall|(?:is|are) to) only be (?P<verb>.+?) (?:if"
            rf"|when|after|once|with)\b"
            rf"(?P<leave>{_USERS_OWN}.*\b(?:{LEAVE}|agreed|approved|confirmed|consented)\b.*)$",
            r"ask the user for confirmation before \g<verb> \g<what>",
        ),
        (
            rf"^{USER} (?:must|has to|needs? to|should|shall|is to) (?:always |first |explicitly"
            rf" )*(?:confirm|approve|agree|consent"
            r"|authori[sz]e|be asked)(?: (?:to )?(?:this|it|them))?(?: for \w+)? (?:before|prior to) (?P<act>.+)$",
            r"ask the user for confirmation before \g<act>",
        ),
        (
            rf"^(?:{USER}'?s? )?(?:explicit |prior |written |express )*(?:{USER} )?{LEAVE}(?: (?:of"
            rf"|from|by) {USER})? (?:is|must be)"
            rf" (?:{_REQUIRED}|obtained|given|sought)(?: (?:before|for|prior to|when)) (?P<act>.+)$",
            r"ask the user for confirmation before \g<act>",
        ),
        (
            r"^(?:when|whenever|while|if)(?: you(?:'re| are)?)? (?P<act>\w+ing .+?),"
            r" (?P<ask>.*\b(?:ask|confirm|check)\b.*)$",
            r"before \g<act>, \g<ask>",
        ),
        (
            r"^(?P<what>[\w ]+?) (?:is|are) only (?:possible|available|permitted|allowed|granted) "
            r"(?P<when>(?:within|if|until|before|after|when|once|as long as)\b.+)$",
            r"\g<what> may only be made \g<when>",
        ),
        # Prohibition.
        (
            rf"^(?:navigation|navigating|browsing|going) to (?P<where>.+?) (?:is|are) {_BANNED}$",
            r"must not go to \g<where>",
        ),
        (
            rf"^no (?P<what>.+?) {_MAY} (?:ever )?be (?!given|set\b|entered\b|specified|assigned"
            rf"|filled|provided)(?P<verb>.+)$",
            r"\g<what> must not be \g<verb>",
        ),
        (
            rf"^(?:nobody|no one|no (?:user|employee|agent|member|person|staff member)) {_MAY} (?P<act>(?!be\b).+)$",
            r"must not \g<act>",
        ),
        (r"(?<=\w )(?:straight|directly) (?=(?:in)?to\b|on\b)", ""),
        (r"^(?:keep|stay|remain) (?:out of|away from|off|clear of) (?P<what>.+)$", r"do not open \g<what>"),
        (rf"^(?P<what>.+?) {_MAY} be (?:kept|left) out of (?P<where>.+)$", r"\g<where> must not contain \g<what>"),
        (
            r"^leave (?P<what>.+?) (?:as (?:it is|they are|is)|unchanged|alone|untouched|unmodified)$",
            r"do not change \g<what>",
        ),
        (
            rf"^(?P<what>.+?) {_MAY} (?:remain|stay|be left) (?:unchanged|untouched|as (?:it is|they are)|unmodified)$",
            r"do not change \g<what>",
        ),
        (rf"^(?:the )?access(?:ing)? (?:to )?(?P<what>.+?) (?:is|are) {_BANNED}$", r"do not open \g<what>"),
        (rf"^(?P<what>[^'\"]*\b{_PLACE}) (?:is|are) {_BANNED}$", r"do not open \g<what>"),
        (rf"^(?P<what>.*['\"].*['\"]) (?:is|are) {_BANNED}$", r"do not use \g<what>"),
        # States.
        (
            rf"^(?P<what>[\w ]+?) (?:that|which) (?:is|are|has been|have been|was|were) (?:already )?(?P<state>\w+)"
            rf" (?P<rest>{NOT} .+)$",
            r"\g<state> \g<what> \g<rest>",
        ),
        (
            r"(?P<verb>\b\w+) (?P<what>[\w]+(?: \w+)?) (?:that|which) (?:is|are|has been|have been)"
            r" (?:already )?(?P<state>\w+(?:ed|en|ve|ft))$",
            r"\g<verb> \g<state> \g<what>",
        ),
        (
            r"(?P<head>.+\b\w+s?) (?:with|whose|having|in) (?:the )?(?:status|state)(?: is| of)?"
            r" (?P<state>['\"][^'\"]+['\"])(?P<rest>.*)$",
            r"\g<head>\g<rest> if the status is \g<state>",
        ),
    )
)


_E_MAIL = re.compile(r"\b([Ee])-(?=[Mm]ail)")
_OF_ANY_KIND = re.compile(r" of (?:any|every|whatever|whichever|all) (?:kinds?|sorts?|types?)\b(?! of)", re.IGNORECASE)
_ASIDE = re.compile(
    r"^(?P<what>[^-–—]{3,60}?) [-–—] (?P<aside>(?!(?:with|without|except|unless|if|when|only|but|not)\b)"
    r"[^-–—]{2,60}?) [-–—] (?=[a-z])"
)
_TOPIC_LIMITED = re.compile(
    r"^(?P<what>[\w' -]{3,40}): (?=(?:only )?(?:up to|at most|no more than|not more than"
    r"|max(?:imum|\.)?(?: of)?) \W?\d)",
    re.IGNORECASE,
)


def in_one_way(statement: str) -> str:
    """One spelling of e-mail, brackets for what stands between dashes ("Exports - CSV or PDF - must not ..."), and a
    limit beside its topic ("Refunds: up to 50 EUR")."""
    statement = _OF_ANY_KIND.sub("", statement)
    statement = _ASIDE.sub(r"\g<what> (\g<aside>) ", _E_MAIL.sub(r"\1", statement))
    return _TOPIC_LIMITED.sub(r"\g<what> ", statement)


_BOLD = re.compile(r"(?<!\*)\*\*(?P<text>[^*\n]{1,200})\*\*(?!\*)")
_IS_VALUE = re.compile(r"\b(?:is|are|to|as|or|and|status|of)\s$|,\s$", re.IGNORECASE)
_NO_VALUE = frozenset(
    """not never must only always no any all before after every first each may cannot should unless if when and or
    prior without until""".split()
)


def without_emphasis(statement: str) -> str:
    """Markdown's bold as what it stands for: a value ("the status is **on hold**"), or mere weight ("must **not**")."""

    def plain(match: re.Match[str]) -> str:
        told = match["text"].lower().split()
        before = statement[max(0, match.start() - 12) : match.start()]
        is_value = len(told) <= 3 and not _NO_VALUE & set(told) and _IS_VALUE.search(before) is not None
        return f'"{match["text"]}"' if is_value else match["text"]

    return _BOLD.sub(plain, statement)


_SUSPENSION = re.compile(
    r"\b(?P<ing>lift|remov|end)(?:ing|e)? (?:the|a|an|any|its|their) suspension\b(?: (?:of|on) (?=the |an? |any ))?",
    re.IGNORECASE,
)


def of_suspensions(statement: str) -> str:
    """ "Lift the suspension of an account" is "reactivate an account"."""
    return _SUSPENSION.sub(
        lambda match: "reactivating " if "ing" in match.group() else "reactivate ", statement
    ).replace("reactivate  ", "reactivate ")


_ONLY_ORDER = re.compile(
    r"^(?P<topic>(?-i:[A-Z])[\w &/-]{2,40}: )?only"
    r" (?P<act>[a-z]+(?: (?!if\b|when\b|may\b|can\b|must\b|should\b|are\b|is\b)[a-z'-]+){0,6}?)"
    r" (?P<when>(?:if|when|once|as long as)\b.+)$",
    re.IGNORECASE | re.DOTALL,
)


_UNDER = r"^(?P<topic>(?-i:[A-Z])[\w &/-]{2,40}: )?"
_ALLOWED_AFTER = re.compile(
    rf"{_UNDER}(?:{AGENT}|staff) (?:are|is) (?:allowed|permitted) to (?P<act>[a-z]+ [^,;.]+?)"
    r" (?P<when>(?:only )?(?:after|once)\b[^;.]+)\.?$",
    re.IGNORECASE,
)


def only_orders(statement: str) -> str:
    """ "Only cancel orders if ..." with its subject: "You may only cancel orders if ...".

    What one is allowed to do after something is not allowed before it.
    """
    if after := _ALLOWED_AFTER.match(statement.strip()):
        return f"{after['topic'] or ''}You may only {after['act']} {after['when'].removeprefix('only ')}."
    match = _ONLY_ORDER.match(statement.strip())
    if match is None or not verb_at(f"{match['act']} it") or match["act"].split()[0].endswith(("ing", "s")):
        return statement
    return f"{match['topic'] or ''}You may only {match['act'][0].lower()}{match['act'][1:]} {match['when']}"


_NAMED_ACT = re.compile(
    r"\b(?:perform|carry out|execute|tak)(?:ing|e)? (?:the|an?) ['\"“‘](?P<act>[a-z][\w -]{1,30}?)['\"”’] "
    r"(?:action|operation|step)\b",
    re.IGNORECASE,
)


def acts_by_name(statement: str) -> str:
    """ "Performing the 'publish' action" is "publish"; a statement that names no act so is unchanged."""
    return _NAMED_ACT.sub(lambda match: match["act"], statement)


_NOUN = r"(?!(?:the|an?|any|new)\b)[a-z]+"
_RELATING = tuple(
    re.compile(
        rf"\b(?:establish|creat|mak|form|add|set)(?P<ing>ing|e)?(?: up)? (?:the |an? |any |new )*{relation}",
        re.IGNORECASE,
    )
    for relation in (
        rf"(?P<one>{_NOUN})[- ](?P<other>{_NOUN}) (?:relationship|relation|association|connection)s?\b",
        rf"(?P<one>{_NOUN})-(?P<other>{_NOUN}) links?\b",
        r"(?:relationship|relation|association|connection|link)s? between (?P<one>[a-z' -]+?) and (?P<other>[a-z' -]+)",
    )
)


def of_relations(statement: str) -> str:
    """ "Establishing the account-contact relationship" is linking account and contact."""
    for form in _RELATING:
        statement = form.sub(
            lambda match: f"{'linking' if match['ing'] == 'ing' else 'link'} {match['one']} and {match['other']}",
            statement,
        )
    return statement


_STAYS_INSIDE = re.compile(
    r"^(?P<what>(?:[\w'-]+ ){0,3}(?:records|data|files|documents|lists|information|reports|backups|copies)) "
    r"(?:(?:must|may|should|shall|can) ?(?:not|never)|never) leaves? (?:the |our |this )?[\w '-]+?"
    r"(?P<more>:.*)?\.?$",
    re.IGNORECASE,
)
_MOVED = r"(?:exports?|imports?|downloads?|uploads?|cop(?:y|ies)|transfers?|changes?|prints?|edits?)"
_NO_ACT_OF = re.compile(
    rf"^no (?P<acts>{_MOVED}(?:(?:, | or | and |, or |, and ){_MOVED})*) (?:of|to) (?P<what>[^.;:,]+)\.?$",
    re.IGNORECASE,
)


_TOLD_BEFORE = re.compile(
    r"^(?P<things>[^:;.]{3,80}?) (?:is|are) (?:strictly |always )?[\w -]{3,40}: "
    r"(?P<ban>(?:do not|don't|never) [^.;]*?) (?:any of (?:them|these|it)|them|these)(?P<rest>[^.;\w][^.;]*)?\.?$",
    re.IGNORECASE,
)


def of_things_told(statement: str) -> str:
    """ "Reports of the board are secret: never share them" as "Never share reports of the board"."""
    if (match := _TOLD_BEFORE.match(statement.strip())) is None:
        return statement
    things = f"{match['things'][:1].lower()}{match['things'][1:]}"
    return f"{match['ban'][:1].upper()}{match['ban'][1:]} {things}{match['rest'] or ''}."


def of_holding(statement: str) -> str:
    """ "Records must not leave the office" forbids to hand them out; "no export of lists" forbids to export them.

    What the first says in general, a colon may tell in particular ("...: no copy of the list"): that is said as well.
    """
    if match := _NO_ACT_OF.match(statement.strip()):
        return f"Do not {_in_the_singular(match['acts'])} {match['what']}."
    if match := _STAYS_INSIDE.match(statement.strip()):
        more = of_holding(match["more"].lstrip(": ")) if match["more"] else ""
        what = match["what"]
        return f"Do not export or download {what[:1].lower()}{what[1:]}. {more}".strip()
    return statement


def _in_the_singular(acts: str) -> str:
    return re.sub(
        r"\b(export|import|download|upload|transfer|change|print|edit)s\b", r"\1", acts.replace("copies", "copy")
    )


_CARRIED_OUT = re.compile(
    r"\b(?P<before>before|prior to) (?:finali[sz]ing|completing|concluding|performing|conducting|executing|initiating"
    r"|processing|carrying out|proceeding with|going (?:ahead|through) with) "
    r"(?P<what>(?:(?:the|any|an?|all|this|such|every|each) )?(?P<noun>(?!changes?\b)[a-z]+)\b)",
    re.IGNORECASE,
)


def of_acts(statement: str) -> str:
    """ "Before finalizing the creation of a project" is before its creation: the noun says what is done."""

    def bare(match: re.Match[str]) -> str:
        is_act = (stem(match["noun"]),) in NOUNS or is_noun_of_act(match["noun"])
        return f"{match['before']} {match['what']}" if is_act else match.group()

    statement = _PROCEEDS.sub(lambda match: f"Ask the user for confirmation before {match['act']}.", statement.strip())
    for form, stem_of_verb, rest in _BY_NOUN:
        statement = form.sub(partial(_as_verb, stem_of_verb, rest), statement)
    return _CARRIED_OUT.sub(bare, statement)


def _as_verb(stem_of_verb: str, rest: str, match: re.Match[str]) -> str:
    return f"{stem_of_verb}{'ing' if match['ing'] else 'e'}{rest}"


_PROCEEDS = re.compile(
    rf"^(?:.{{0,40}}?\b)?{NOT} (?:proceed|continue|go ahead|move forward) with (?P<act>.+?)"
    rf" (?:without|unless|until)\b(?=.*\b{USER}\b).*\b(?:{LEAVE}|confirm(?:s|ed)?"
    r"|approv(?:es|ed)|agree[sd]?|consent(?:s|ed)?)\b.*$",
    re.IGNORECASE,
)
_BY_NOUN = tuple(
    (re.compile(form, re.IGNORECASE), stem_of_verb, rest)
    for form, stem_of_verb, rest in (
        (r"\bmak(?:e|(?P<ing>ing)) (?:any )?(?:changes|edits|modifications|updates|adjustments) to\b", "chang", ""),
        (r"\bsend(?P<ing>ing)? (?:an? |any |out |the )*(?:invitations?|invites?)(?: to)?(?= [a-z])", "invit", ""),
        (r"\bsend(?P<ing>ing)? (?:an? |any |out |the )*(?:invitations?|invites?)\b", "invit", " people"),
    )
)


_OWNER_WANTS = re.compile(
    rf"^{_OWNER} (?:requires?|demands?|wants?|insists?|expects?|stipulates?|prescribes?|says?) that (?P<rest>.+)$",
    re.IGNORECASE,
)
_OWNER_FORBIDS = re.compile(
    rf"^{_OWNER} (?:(?:does|do) not (?:allow|permit|tolerate|accept|want)|forbids?|prohibits?|bans?|disallows?) "
    r"(?P<what>(?!you |it |agents? |assistants? |.*\bto \w).+?)\.?$",
    re.IGNORECASE,
)


def of_owner(statement: str) -> str:
    """What the owner of the rules wants, as the rule itself: "The company does not allow X" is "X are not allowed"."""
    if match := _OWNER_WANTS.match(statement.strip()):
        return match["rest"][:1].upper() + match["rest"][1:]
    if match := _OWNER_FORBIDS.match(statement.strip()):
        return f"{match['what'][:1].upper()}{match['what'][1:]} are not allowed."
    return statement


_ONE_OF_THEM = re.compile(
    rf"^(?:an?|any|every|each) (?P<who>{PERSONA}) "
    r"(?P<kind>(?:who|whose|without|with|aged|under|over|below|above|younger|older)\b(?:(?!\b(?:may|can|but)\b).)*?) "
    r"(?:cannot|can not|can't|may not|must not|shall not|is not (?:allowed|permitted) to) (?P<act>.+)$",
    re.IGNORECASE,
)
_HAS_TO_BE = re.compile(
    rf"^(?:(?:an?|any|every|each|the) )?(?P<who>{PERSONA})s? (?:has to|have to|needs? to|must|should|is required to)"
    r" (?P<be>be|hold|have|own|possess) (?P<what>(?:(?!\bbefore\b)[^,])+?) (?:in order )?to (?P<act>[a-z].+)$",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(
    r"^(?P<who>(?!the (?:user|customer) )[^,;:.]{3,80}?) (?:may|can|(?:is|are) (?:allowed|permitted) to) "
    r"(?P<verb>[a-z]+)(?P<first>(?: [^,;.]+?)?),? but (?:(?:may|can) )?(?:not|never) (?P<second>[^;.]+)$",
    re.IGNORECASE,
)
"""What some people may do and what they may not, in one sentence."""

_NOBODY = re.compile(r"^(?:nobody|no one) (?P<verb>[a-z]+s) (?P<rest>.+)$", re.IGNORECASE)
_MANY = (
    (r"\bwho is\b", "who are"),
    (r"\bwho has\b", "who have"),
    (r"\bwho does\b", "who do"),
    (r"^aged (?=under|over|below|above|less|younger)", ""),
)


def of_people(statement: str) -> str:
    """What people may not do, in the one form that the families read.

    What one of them may not do, none of them may: "A guest without a badge cannot ..." as "Guests without ...".
    Of what they may and may not do, only the second forbids.
    """
    text = statement.strip().rstrip(".")
    if match := _ONE_OF_THEM.match(text):
        kind = match["kind"]
        for one, many in _MANY:
            kind = re.sub(one, many, kind, flags=re.IGNORECASE)
        return f"{match['who'].capitalize()}s {kind} must not {match['act']}."
    if (match := _BUT_NOT.match(text)) and not re.match(r"(?:be|have|been)\b", match["verb"]):
        second = match["second"].removeprefix("to ")
        if pronoun := re.match(r"(?P<verb>[a-z]+) (?:them|it|one|any)$", second):
            second = f"{pronoun['verb']}{match['first']}"
        elif second == "apply" and (looked := re.match(r" (?:at|for|up|through) (?P<what>.+)$", match["first"])):
            second = f"apply for {looked['what']}"
        act = second if verb_at(second) and second.split()[0] not in ("the", "an", "a") else f"{match['verb']} {second}"
        who = match["who"]
        if not re.fullmatch(rf"(?:the |a |an )?(?:{PERSONA}s?|{AGENT})", who, re.IGNORECASE):
            return f"{who[:1].upper()}{who[1:]} must not {act}."
    if (match := _NOBODY.match(text)) and (verb := third_person(match["verb"])) is not None:
        return f"Never {verb} {match['rest']}."
    if match := _HAS_TO_BE.match(text):
        lack = f"who are not {match['what']}" if match["be"].lower() == "be" else f"without {match['what']}"
        return f"{match['who'].capitalize()}s {lack} must not {match['act']}."
    return statement


def plainly(statement: str) -> str:
    """The statement in plainer words; unchanged (but for `clean`) when no rewriting applies."""
    text = clean(statement)
    for pattern, replacement in _REWRITINGS:
        text = pattern.sub(replacement, text)
    banned = re.match(rf"^(?P<act>.+?) (?:is|are|will) (?:not be )?{_BANNED}$", text)
    if banned and _STARTS_WITH_ACT.match(banned.group("act")):
        text = f"must not {banned.group('act')}"
    return text
