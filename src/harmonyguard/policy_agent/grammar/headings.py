"""Section headings by what they say of the clauses below them. Patterns are searched without a section's number."""

from __future__ import annotations

import re

BACKGROUND_HEADING = re.compile(
    r"^(?:[\dIVX.]+\s*)?(?:purpose|scope|background|overview|introduction|objectives?|applicability"
    r"|audience|contacts?|questions?\??|references?"
    r"|related (?:\w+ ?)+|revision history|version(?: history)?|document control|change log|about(?: this \w+)?"
    r"|summary|rationale|why .*|legal basis|authority"
    r"|further (?:reading|information|help)|resources|see also|(?:useful |related )?links|learn more"
    r"|more information|(?:getting )?help|document history|glossary|acknowledge?ments?|history|preamble"
    r"|purpose (?:and|&) scope"
    r"|intent|appendix.*|frequently asked questions|faqs?)\W*$",
    re.I,
)
ENFORCEMENT_HEADING = re.compile(
    r"\b(?:enforcement|sanctions|consequences|non-?compliance|violations?|disciplinary|penalt"
    r"|breach(?:es)? of (?:this|the))\b",
    re.I,
)
OWNER_HEADING = re.compile(
    r"\b(?:our (?:commitments?|promise|rights|responsibilit)|what (?:you can expect|to expect"
    r"|we (?:will|do|promise))|safe harbou?r|expect from us|we commit|how we(?!.*\b(?:each other|one another"
    r"|behave)\b)|your rights"
    r"|how to report|report(?:ing)? (?:abuse|a violation))",
    re.I,
)
PROHIBITING_HEADING = re.compile(
    r"\b(?:prohibit\w*|unacceptable|forbidden|not (?:allowed|permitted|acceptable|authori[sz]ed)"
    r"|not to\b|what to avoid|don['\u2019]?ts?|restrictions?|restricted|do not|must not|may not|never|can(?:no|')t"
    r"|misuse|banned"
    r"|disallowed|out of bounds)\b",
    re.I,
)
DESCRIBING_HEADING = re.compile(
    r"^(?:how (?!you\b|we\b|to\b).* works?|what .* looks? like|what (?:is|are) .*|who (?:is|are|we) .*|(?:project"
    r"|code|repository|folder"
    r"|directory|file) (?:structure|layout|overview|map)|(?:key )?facts(?: about .*)?|what you know.*|.* basics?"
    r"|architecture|(?:tech(?:nology)? )?stack|structure|layout"
    r"|features|roadmap|data model|domain model|service levels?|our (?:team|service|product)s?)\W*$",
    re.I,
)
"""Sections that tell what things are: a "must" in them is a fact unless it binds a person."""
SETUP_HEADING = re.compile(
    r"^(?:getting started|installation|installing.*|set-?up.*|setting up.*|quick ?start.*|running (?:locally|the .*)"
    r"|build(?:ing)?(?: and .*)?|(?:useful |common |key )?commands|prerequisites|usage|examples?|how to .*"
    r"|deploying.*"
    r"|local development|troubleshooting|debugging|known issues|tips.*|development (?:setup|environment))\W*$",
    re.I,
)
"""Sections of steps for the reader's own use: bare instructions in them are how-to."""
NOTICE_TITLE = re.compile(r"\b(?:privacy|cookies?)\b.*\b(?:notice|policy|statement)\b", re.I)
"""Titles of documents in which the owner tells what it does itself."""
LIABILITY_HEADING = re.compile(
    r"\b(?:liabilit\w+|warrant(?:y|ies)|disclaimers?|indemni\w+|governing law|jurisdiction|severability"
    r"|entire agreement"
    r"|waiver of|dispute resolution|force majeure|miscellaneous)\b",
    re.I,
)
ASKING_HEADING = re.compile(
    r"\b(?:ask (?:first|before|permission)|(?:needs?|requires?|with) (?:\w+ )?(?:approval|permission|confirmation"
    r"|sign-?off)"
    r"|only (?:after|with))\b",
    re.I,
)
"""Headings of things that may be done after asking."""
ROLES_HEADING = re.compile(r"\b(?:roles|responsibilit(?:y|ies)|duties)\b", re.I)
"""Sections that tell who does what: a bare "Keeps the log" is a duty in them."""
DUTY_HEADING = re.compile(
    r"^(?:your |user |users?'s? |staff |employee |student |researcher |participant |general |driver |volunteer )?"
    r"(?:responsibilit(?:y|ies)|obligations|duties|requirements)(?: of (?:the )?\w+)?\W*$|^what (?:you|users|staff"
    r"|everyone) must do\W*$|^(?:you|users|staff|employees|students) (?:must|shall|should|are expected to)\W*$"
    r"|^always\W*$"
    r"|^do'?s?\W*$|^must(?: do| have)?\W*$|^required\W*$",
    re.I,
)
"""Headings under which bare items are duties."""
