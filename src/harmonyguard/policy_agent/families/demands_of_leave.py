"""Where a sentence demands the user's leave, and for which acts: in front of them, behind them or around them.

"Get the user's consent before ...", "... happen only once the user has agreed", "For ..., ask first", "No ... without a
yes". The acts are given as they stand: what they are, others read.
"""

from __future__ import annotations

import re

from harmonyguard.policy_agent.reading.grammar import AGENT, PERSONA

WHO = rf"(?:(?:(?:the|an?|your|our|its|their) )?{PERSONA}s?)"
_WHOSE = rf"(?:(?:(?:the|an?|your|our|its|their) )?{PERSONA}(?:'s|s'|s)|my|your|his|her|their)"
_YES = (
    r"(?:permission|confirmation|consent|approval|authori[sz]ation|go-ahead|go ahead|sign-off|okay|ok|agreement|assent"
    r"|blessing|green light|nod|say-so|yes|leave|clearance|positive answer)"
)
_QUALITY = (
    r"(?:(?:an?|the|any|some|clear|explicit|express|plain|prior|written|personal|fresh|own|separate|first"
    r"|knowledge and|knowledge or) )*"
)
LEAVE = rf"{_QUALITY}(?:{_WHOSE} )?{_QUALITY}{_YES}(?: (?:of|from|by) {WHO})?"
_HAS = r"(?:has |have |had |having |is |are |was |being |been )*(?:\w+ly |first |already |not )*"
_AGREED = (
    rf"(?:{WHO}|they|he or she|you|i) {_HAS}(?:agree[sd]?|confirm(?:s|ed)?|approve[sd]?|consent(?:s|ed)?"
    r"|authori[sz]e[sd]?|accept(?:s|ed)?|okay(?:s|ed)?|sa(?:id|ys) (?:yes|so)|asked(?: for (?:it|this|them))?|given"
    r"|wants? (?:it|this|them))"
)
BINDS = r"(?:must|should|shall|has to|have to|needs? to|(?:is|are) (?:required|obliged|expected) to|will|(?:is|are) to)"
_SUBJECT = (
    rf"(?:(?:stop|pause|wait) and )?(?:(?:[a-z'-]+ ){{1,5}}?(?:{BINDS} |(?=pauses? for |waits? for |asks? ))|please )?"
    r"(?:always |first |please |only )*"
)
_GET = (
    r"(?:pauses? for|waits? for|get|obtain|seek|secure|request|ask for|have|receive|require|need|await"
    r"|solicit)(?:s|ing)?"
)
_ASK = (
    r"(?:ask|consult|check (?:in )?with|check back with|confirm with|clear it with|turn to|come back to)"
    rf" (?:{WHO}|you|me)"
)
_FIRST = r"(?: first| beforehand| in advance| each time| every time| for (?:it|this|that)| whether[^,;.]*)?"
_BEFORE = r"(?:before|prior to|ahead of|in advance of|whenever|when|if|in case|each time|every time|any time|where|for)"
NOT = (
    r"(?:must not|must never|may not|may never|should not|should never|shall not|will not|will never|cannot|can not"
    r"|can't|do not|don't|does not|never|(?:is|are) not (?:allowed|permitted) to"
    r"|(?:must |shall |should |to )?refrain from|(?:is|are) (?:forbidden|prohibited) to"
    r"|it is (?:forbidden|prohibited|not allowed|not permitted) to)"
)
_MAY = r"(?:may|can|must|should|shall|is allowed to|are allowed to|is permitted to)"
_ACTS = r"(?P<acts>.+?)"
_GIVEN = r"(?:required|needed|necessary|obtained|sought|given|mandatory)"
_FOR_LEAVE = rf"(?: for {LEAVE}| to (?:agree|confirm|approve)| whether[^,;.]*?)?"
_ASIDE = r"(?:,? [-–—])?,?"
_ARE_BARRED = (
    r"(?:is|are|stays?|remains?) (?:strictly )?(?:off[- ]limits|forbidden|prohibited|banned|barred|blocked"
    r"|not (?:allowed|permitted|possible|to be [a-z]+))"
)
_HAPPEN = (
    rf"(?:happen|take place|go ahead|occur|proceed|{_ARE_BARRED}|(?:is|are) reserved for cases in which"
    r"|(?:may|must|can|should|shall|is|are|will) [^,;:]*?)"
)
_ASKING = (
    r"(?:first )?(?:asking|consulting|checking|getting|obtaining|having|seeking|requesting|confirming)"
    r"(?: (?!acc)[^.;]*)?"
)
_TOLD = r"(?:being told to|told to|told so|instructed to|asked to)(?: by [^.;]*)?"
_BEHIND = (
    rf"(?:(?:only )?(?:without|unless|until|before|except (?:with|after|when|if)|in which|cases in which) "
    rf"(?:{_ASKING}|{LEAVE}|{_AGREED}|{_TOLD}).*"
    rf"|only (?:with|after|once|when|if|upon) (?:{LEAVE}|{_AGREED}|{_ASKING}).*"
    rf"|(?:that|which) {WHO} (?:has|have) not (?:agreed to|approved|confirmed|authori[sz]ed|asked for|allowed).*)"
)
"""What stands behind the acts and says that leave is needed."""

_BY_ITSELF = (
    r"on (?:its|their|your) own(?: authority| initiative| account)?|by (?:itself|themselves|yourself)|unilaterally"
    r"|autonomously|independently|of (?:its|their|your) own accord"
)
_NEEDS_LEAVE = (
    rf"(?:{_SUBJECT}(?:{_GET} {LEAVE}|{_ASK}|ask(?: first)?)|{LEAVE} (?:is|must be|has to be) {_GIVEN}"
    rf"|{WHO} {BINDS} (?:first )?(?:be asked|agree|confirm|approve|consent))"
)
"""A clause of its own that demands leave."""

_FORMS = tuple(
    re.compile(form)
    for form in (
        # Leave stands first.
        rf"^{_SUBJECT}{_GET} {LEAVE}{_FIRST},? (?:{_BEFORE}|to) {_ACTS}$",
        rf"^{AGENT} (?:needs?|requires?) {LEAVE} (?:{_BEFORE}|to) {_ACTS}$",
        rf"^{_SUBJECT}{_ASK}{_FOR_LEAVE}{_FIRST},? {_BEFORE} {_ACTS}$",
        rf"^{LEAVE} (?:is|must be|has to be) {_GIVEN} {_BEFORE}:? {_ACTS}$",
        rf"^{LEAVE} (?:comes?|goes|stands) (?:first|before all)(?: for| with|:)? {_ACTS}$",
        rf"^{WHO} {BINDS} (?:first )?(?:approve|confirm|agree to|consent to|authori[sz]e|okay|sign off(?: on)?) "
        rf"{_ACTS}(?: first| beforehand| before .*)?$",
        rf"^{WHO} {BINDS} (?:first |always )?(?:say (?:yes|so)|agree|give {LEAVE}|be asked) {_BEFORE} {_ACTS}$",
        rf"^{WHO} (?:wants?|wish(?:es)?|expects?|wants?|would like|has|have|insists? on) (?:to be|being) asked{_FIRST}"
        rf" {_BEFORE} {_ACTS}$",
        rf"^only (?:with|after|upon) {LEAVE} (?:may|can|should) {AGENT} {_ACTS}$",
        rf"^(?:without|unless you have|before|except with) {LEAVE}, (?:.*?\b)?{NOT} (?:ever )?{_ACTS}$",
        # The acts stand first.
        rf"^(?:{_BEFORE}|with|in the case of|when it comes to|as to) {_ACTS}(?:(?:,|:| [-–—]) {_NEEDS_LEAVE}"
        rf"| {AGENT} {BINDS} (?:first |always )*(?:{_GET} {LEAVE}|{_ASK})| {WHO} {BINDS} (?:first )?(?:be asked"
        rf"|agree|confirm"
        r"|approve)).*$",
        rf"^{_ACTS}{_ASIDE} (?:needs?|requires?|calls? for|must have|demands?|presupposes?|(?:is|are) subject to"
        rf"|(?:must )?waits? for) (?:[^.;,]*? and )?(?:{LEAVE}|an? (?:question|request) to {WHO}).*$",
        rf"^{_ACTS}{_ASIDE} must wait (?:until|till) {_AGREED}.*$",
        rf"^{_ACTS}{_ASIDE} (?:may|can|must|should|shall|is|are) (?:only )?(?:be )?[a-z]+(?: out)? (?:only )?"
        rf"(?:after|once|with|when|if|upon) (?:{LEAVE}|{_AGREED}).*$",
        rf"^{_ACTS}{_ASIDE} (?:must|has to|have to|should|are to|is to|needs? to) (?:first )?be "
        rf"(?:approved|confirmed|agreed|authori[sz]ed|okayed|cleared|agreed on|agreed upon) (?:by|with) {WHO}.*$",
        rf"^{_ACTS}{_ASIDE} (?:must|has to|have to|should|are to|is to) be preceded by {LEAVE}.*$",
        rf"^{_ACTS}(?::| [-–—]) (?:{_NEEDS_LEAVE}|{_BEHIND}|(?:each|every one|all|they all) (?:needs?"
        rf"|requires?) {LEAVE})"
        r".*$",
        # The acts are forbidden but for leave, or allowed with it only.
        rf"^(?:there (?:must|shall|may|should|is to) be )?no {_ACTS}{_ASIDE} (?:{_HAPPEN} )?{_BEHIND}$",
        rf"^(?:.*?\b)?{NOT} (?:ever )?{_ACTS},? {_BEHIND}$",
        rf"^(?:.*?\b)?{NOT} (?:ever )?{_ACTS},? (?:{_BY_ITSELF})$",
        rf"^(?:{AGENT} )?{_MAY} {_ACTS},? only (?:with|after|once|when|if|upon) (?:{LEAVE}|{_AGREED}).*$",
        rf"^only {_ACTS},? (?:with|after|once|when|if|upon) (?:{LEAVE}|{_AGREED}).*$",
        rf"^{_ACTS}{_ASIDE} {_HAPPEN} (?!without){_BEHIND}$",
        rf"^{_ACTS}{_ASIDE} {_ARE_BARRED} {_BEHIND}$",
    )
)
_SENTENCE_OPENS = re.compile(
    r"^(?:for|in) (?:your|the [a-z']+|our|their|security|safety|reasons)[^,:;]{0,30}, (?=the |you )"
)
"""For whose good it is: it says nothing of the acts."""


_LISTED = re.compile(rf"^{LEAVE} (?:is|must be|has to be) {_GIVEN} {_BEFORE}: [^.]+; [^.]+$")


def in_one_list(text: str) -> str:
    """Acts behind a colon, parted by semicolons, are a list as if parted by commas."""
    return text.replace(";", ",") if _LISTED.match(text) else text


def acts_before_leave(sentence: str) -> str | None:
    """The acts before which a sentence demands the user's leave; None where it demands none."""
    sentence = _SENTENCE_OPENS.sub("", sentence)
    return next((match["acts"] for form in _FORMS if (match := form.match(sentence))), None)
