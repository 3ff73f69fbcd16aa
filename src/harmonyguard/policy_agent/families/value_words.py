"""The words of policies on values: names of fields, values, whom a demand is made of, and purposes that say nothing."""

from __future__ import annotations

FIELD = (
    r"(?:(?!(?:the|a|an|to|as|of|with|in|on|at|its|their|that|is|be|and|or)\b)[\w-]+ ){0,2}?"
    r"(?:status|state|stage|phase|step|role|type|kind|category|class|classification|priority|severity|urgency"
    r"|visibility(?: level)?|audience|scope|level|tier|plan|label|tag|owner|assignee|location|place|venue|room|currency"
    r"|language|team|group|queue|department|region|country|rating|source|reason(?: code)?|code|channel|method|format"
    r"|template|module|resolution|outcome|access(?: level)?|permission|sensitivity|confidentiality|colou?r|size|unit"
    r"|reminder|purpose|duration|time ?zone|frequency|mode|milestone|sprint"
    r"|payment terms?|tax rate|cost cent(?:er|re))(?! (?:type|status|stage|level|role|code|group|method)\b)"
)
"""Names of fields that policies speak of, of up to three words."""

QUOTED = r"['\"](?P<value>[^'\"]+)['\"]"
_NO_VALUE = (
    r"(?!(?:the|a|an|to|as|of|with|in|on|at|by|from|for|not|never|no|any|all|same|own|correct|right|new|be|set"
    r"|who|which"
    r"|that|their|its|his|her|is|are|only|more|less|fewer|least|most|above|below|over|under|beyond|higher|lower|other|or|and|unless|except|until|if|when|where|while|before|after|because)\b)"
)
BARE = rf"{_NO_VALUE}[\w-]+(?: {_NO_VALUE}[\w-]+)?"
MARKS = r"(?:private|public|confidential|internal|draft|restricted|unlisted|hidden|secret)"
"""Values that say themselves of which field they are."""

ROLES = (
    r"(?:owner|admin|administrator|maintainer|developer|reporter|guest|manager|moderator|editor|viewer|contributor"
    r"|superuser"
    r"|super admin|member)"
)
"""Values that are roles wherever somebody is made one."""

MUST = r"(?:must|shall|should|ha(?:ve|s) to|needs? to|ought to|(?:is|are) to|will)(?: (?:always|first|initially|only))?"
WHAT = (
    r"(?:(?:all|every|each|any|the|an?|our|your|these|such) )*"
    r"(?P<what>(?!no |not |never |before |only |do )(?:[^'\":;.,]|(?<=\w)'s?\b|(?<=\d)[.,](?=\d))+?"
    r"(?: (?:with|of|in|at|on|whose) [^'\",;.]*['\"][^'\"]+['\"](?: (?:or|and) (?:above|higher|more|below|lower))?)?)"
)
"""Of what a demand is made: a noun phrase, at most one value in it ("tickets with priority 'high' or above")."""

PURPOSE = (
    r"^(?:first\b)?(?:[ ,]*(?:(?:for|as part of|because of) (?:(?!the |their |its |our |all |any |customers"
    r"|clients|users)[\w-]+ )*"
    r"[\w-]*(?:ing|ance|ence|tion|ment|ity|ities|review|audits?|purposes?|oversight|reasons?|records?|approvals?"
    r"|checks?|control|statistics)\b[^.;]*"
    r"|(?:so that|in order to|to (?:comply|ensure|allow|avoid|make|help|keep|meet|support|protect|enable|be)|since"
    r"|because|as (?:the|an?|per|required)) [^.;]*|too|as well|please|immediately|at once|by default|right away"
    r"|automatically|for (?:the|their|its) first [\w -]+"
    r"|for (?:all |every |each "
    r"|any )?new [\w-]+|in the (?:system|form|app|crm)))?$"
)
"""What may follow and narrows nothing: "for compliance", "as the dedicated desk", "so that audits find it"."""

SCALES: tuple[tuple[str, ...], ...] = (
    ("lowest", "trivial", "very low"),
    ("low", "minor"),
    ("normal", "medium", "moderate", "standard"),
    ("high", "major"),
    ("urgent", "highest", "very high", "critical", "blocker", "immediate", "emergency"),
)
"""Values of one scale, lowest first: "'high' or above" means all from there on."""

RIGHTS = ("guest", "reporter", "developer", "maintainer", "owner")
"""Roles that each may more than the one before."""

NUMBERED = ("5", "4", "3", "2", "1")
"""Numbered priorities and severities, "P3" or "Sev 2": the lower the number, the more urgent."""

VALUE = rf"(?:{QUOTED}|(?P<bare>{BARE}))"
ITS = r"(?:the |an? |its |their |his |her |this )?"
NAMED_FIELD = rf"(?P<field>{FIELD})"
REST = r"(?P<rest>(?:[ ,].*)?)$"
SET_SO = r"(?:set|changed|switched|moved|put|updated|turned)"
"""A value, what stands before it, the field that holds it, what follows, and that it is put there."""
