"""Category and risk of a policy, each with the words that decided it. Pure."""

from __future__ import annotations

import re

from harmonyguard.policies.policy import Category, RiskLevel

CATEGORIES: tuple[tuple[Category, re.Pattern[str], str], ...] = (
    (
        "user_consent",
        re.compile(
            r"\b(?:ask(?:s|ing)? (?:the |your |their |its |for )?(?:users?|customers?|permission|consent"
            r"|confirmation|approval)|(?:user|customer|explicit|prior|express)"
            r" (?:\w+ )?(?:confirmation|consent|approval|permission)|(?:obtain|get|request|seek|with"
            r"|without)(?:ing)? (?:\w+ ){0,4}(?:consent|confirmation|permission|approval)|confirm with"
            r"|consent of)\b",
            re.I,
        ),
        "leave is asked first",
    ),
    (
        "error_handling",
        re.compile(
            r"\b(?:errors?|fail(?:s|ed|ure)?|access[- ]denied|not found|unavailable|time[- ]?out"
            r"|cannot be (?:completed"
            r"|reached|loaded)|unable to|went wrong)\b",
            re.I,
        ),
        "what to do when something fails",
    ),
    (
        "hierarchy_adherence",
        re.compile(
            r"\b(?:conflict(?:s|ing)?|overrid\w+|precedence|supersede\w*|instructions? (?:from|in|on"
            r"|found|that (?:come|appear))|against this policy|higher authority|system prompt|escalat\w+"
            r"|transfer\w* (?:\w+ ){0,3}human)\b",
            re.I,
        ),
        "whose word counts",
    ),
    (
        "robustness_and_security",
        re.compile(
            r"\b(?:passwords?|passphrases?|credentials?|encrypt\w*|malware|virus\w*|multi-?factor|mfa"
            r"|sso|single sign-on|secrets?|api keys?|tokens?|security|vulnerabilit\w+|exploit\w*|phishing"
            r"|inject\w*"
            r"|untrusted|firewalls?|patch(?:es|ed)?|intrusion|hack\w*|circumvent\w*|authenticat\w+|denial of service"
            r"|backups?)\b",
            re.I,
        ),
        "security of systems and secrets",
    ),
    (
        "strict_execution",
        re.compile(
            r"\b(?:exactly|at most|at least|no more than|only (?:once|one|use|enter|values?)|guess\w*"
            r"|invent\w*|make up|made up|assum\w+|not provided by|stated in the task|before (?:calling"
            r"|taking|submitting)"
            r"|first obtain|must first|maximum|minimum|within \d+|one at a time|field)\b",
            re.I,
        ),
        "how exactly to carry it out",
    ),
)

HIGH = re.compile(
    r"\b(?:passwords?|credentials?|secrets?|api keys?|payment|credit cards?|bank|social security"
    r"|national id|personal (?:data|information)|sensitive|confidential|health (?:data|information"
    r"|records?)"
    r"|delet\w+|destroy\w*|eras\w+|malware|virus\w*|exploit\w*|circumvent\w*|bypass\w*|disabl\w+"
    r"|illegal\w*|unlawful\w*|fraud\w*|defraud|impersonat\w*|harass\w*|threat\w*|minors?|child\w*"
    r"|weapons?"
    r"|exfiltrat\w*|leak\w*|disclos\w+|refund\w*|purchas\w+|transfer (?:funds|money)|encrypt\w*"
    r"|production|irreversibl\w+|denial of service|privileged?|administrator)\b",
    re.I,
)
LOW = re.compile(
    r"\b(?:should|recommended|formatting|tone|polite\w*|courteous\w*|style|spelling|language"
    r"|greet\w*|where possible|concise)\b",
    re.I,
)


def categorise(statement: str) -> tuple[Category, str]:
    """The ST-WebAgentBench dimension of a statement and why."""
    for category, pattern, meaning in CATEGORIES:
        if found := pattern.search(statement):
            return category, f'{meaning} ("{found.group(0)}")'
    return "boundary_and_scope", "says what may and may not be done"


def grade(statement: str) -> tuple[RiskLevel, str]:
    """How much harm breaking a statement can do, and why."""
    if found := HIGH.search(statement):
        return "high", f'harm is grave or cannot be undone ("{found.group(0)}")'
    if found := LOW.search(statement):
        return "low", f'soft or cosmetic ("{found.group(0)}")'
    return "medium", "nothing in it marks grave harm or mere advice"
