"""The many ways of demanding the user's leave brought to one: "Ask the user for confirmation before ...".

"I want to be asked before ...", "You need my yes to ...", "Only ... once I have agreed" and "Bulk changes: name the
number and wait for an answer" say the same. What is to be told with the question narrows nothing: the act waits for the
answer either way. Leave of anybody but the user is left to the other readers.
"""

from __future__ import annotations

import re

from harmonyguard.policies.words import normalise
from harmonyguard.policy_agent.reading.grammar import (
    ALLOWED,
    PERSONA,
    is_noun_of_act,
    is_participle,
    names_an_act,
    verb_at,
)

_WHO = rf"(?:(?:(?:the|an?|your|our) )?(?!requesters?\b|applicants?\b){PERSONA}s?)"
_WHOSE = rf"(?:(?:(?:the|an?|your|our) )?{PERSONA}(?:'s|s'|s)|my)"
_QUALITY = (
    r"(?:(?:an?|the|any|some|clear|explicit|express|plain|prior|written|spoken|personal|fresh|final|own"
    r"|separate) )*"
)
_YES = (
    r"(?:permission|confirmation|consent|approval|authori[sz]ation|go-ahead|go ahead|sign-off|okay|ok|agreement|assent"
    r"|blessing|green light|nod|say-so|yes|answer|reply|decision|word)"
)
_HAS = r"(?:has |have |had |'ve |'s )?(?:been )?(?:\w+ly |first |already )*"
_AGREED = (
    r"(?:agreed?s?|confirm(?:s|ed)?|approve[sd]?|consent(?:s|ed)?|authori[sz]e[sd]?|accept(?:s|ed)?"
    r"|(?:said|says?|replied|replies|answered|answers?)(?: with)?(?: an?| the)?(?: clear)? ?(?:yes|ok|okay|so)?"
    r"|(?:told|tells?) you (?:that (?:i|they|he or she) agrees?|to(?: do (?:it|so))?|so|yes|ok|it is (?:ok|okay|fine))"
    rf"|(?:gave|given|gives?) (?:it |you )?(?:{_WHOSE} |their |his or her )?{_QUALITY}{_YES})"
)
_WANTS = (
    r"(?:(?:want|wish|expect|need|have|has|am|are|is|ought|must|like)s?|would like|'d like|would want|prefer"
    r"|insist(?:s)? on)"
)
_TO_BE_ASKED = r"(?:to be asked|being asked|be asked|to be consulted|be consulted|you to ask(?: me)?|to get asked)"
_AGENT_WILL = (
    r"(?:you |the agent |the assistant )?(?:want|intend|plan|mean|have|wish|are|'re|is)?"
    r"(?: about| going| ready)?(?: to)?"
)
_ASK = rf"(?:(?:please |always |first )*(?:ask|check with|consult|confirm with|check back with|clear it with) {_WHO})"
_WAITS = (
    rf"(?:(?:wait|waits) for (?:{_WHOSE} |his or her |his |their )?{_QUALITY}{_YES}"
    rf"|(?:get|gets|obtain|await|seek|ask for|request|secure) (?:{_WHOSE} |his or her |his |their )?{_QUALITY}{_YES}"
    rf"|(?:go on|continue|proceed|carry on)(?: with it)? only (?:once|when|after|if|with) (?:{_WHO}"
    rf"|they) {_HAS}{_AGREED}"
    rf"|(?:ask (?:first|{_WHO})|check with {_WHO}|run it by {_WHO}))"
)
_ACT = r"(?P<act>[^.;:]+?)"
_LATER = r"(?: first| beforehand| in advance| each time| every time)?"

_BEFORE = r"(?:(?:right |immediately |just |always )*(?:before|prior to|ahead of))"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # The user speaks of being asked.
        rf"^{_WHO} ?{_WANTS} {_TO_BE_ASKED}{_LATER} {_BEFORE} {_ACT}$",
        rf"^{_BEFORE} {_ACT},? {_WHO} ?{_WANTS} {_TO_BE_ASKED}(?:,? .*)?$",
        # The agent is told to ask.
        rf"^{_ASK}{_LATER},? (?:if|when|whenever|in case|each time|every time) {_AGENT_WILL} ?{_ACT}$",
        rf"^(?:please )?ask (?:first|beforehand),? (?:if|when|whenever|before) {_AGENT_WILL} ?{_ACT}$",
        rf"^{_BEFORE} {_ACT},? (?:please |always |first )*ask(?: {_WHO})?(?: (?:first|whether|if|for)\b.*)?$",
        rf"^(?:run (?:it|this|that) (?:by|past)|clear (?:it|this|that) with|check back with|check in with) {_WHO}"
        rf" {_BEFORE} {_ACT}$",
        # Leave as a thing to be had.
        rf"^(?:you |the agent |the assistant )(?:need|needs|require|requires|must have|has to have|have to have)"
        rf" (?:{_WHOSE} )?{_QUALITY}{_YES}(?: (?:of|from|by) {_WHO})? (?:{_BEFORE}|for|to) (?:you |it )?{_ACT}$",
        rf"^(?:please |always |first )*(?:wait for|get|obtain|seek|ask for|request|secure|have) "
        rf"(?:(?:{_WHOSE}) )?{_QUALITY}{_YES}(?: (?:of|from|by) {_WHO})?(?: (?:for|on"
        rf"|as to) [^.;:,]+?)? {_BEFORE} {_ACT}$",
        rf"^(?:please |always |first )*(?:get|obtain|seek|ask for|request|secure|have) {_WHOSE} {_QUALITY}{_YES} "
        rf"(?:for|on) (?P<act>(?:every|each|any|all) [^.;:]+?)$",
        rf"^{_WHOSE} {_QUALITY}{_YES} (?:must |has to |is to |should |shall )?(?:precedes?|comes? before"
        rf"|go(?:es)? before)"
        rf" {_ACT}$",
        rf"^{_ACT} (?:needs?|requires?|takes?|calls? for|must have|wants?) {_QUALITY}(?:{_WHOSE} )?{_QUALITY}{_YES}"
        rf" (?:from|of|by) {_WHO}{_LATER}$",
        rf"^{_WHO} (?:must|has to|have to|needs? to|is to|should|shall) (?:always |first |\w+ly )*(?:confirm|approve"
        rf"|agree to|consent to|okay|sign off(?: on)?) (?P<act>(?:every|each|any|all|the) [^.;:]+?){_LATER}$",
        # Only after leave.
        rf"^only {_ACT} (?:once|when|after|if|with) {_WHO} {_HAS}{_AGREED}(?: .*)?$",
        rf"^(?:do not|don't|never|must not|you must not|you may not|may not) {_ACT},? (?:until|unless|before"
        rf"|till) {_WHO} ?"
        rf"{_HAS}{_AGREED}(?: .*)?$",
        rf"^{_ACT} (?:may|can|must|should|shall|is to|are to) (?:only )?be (?P<done>\w+)(?: only)? (?:once|when"
        rf"|after|if)"
        rf" {_WHO} {_HAS}{_AGREED}(?: .*)?$",
        rf"^{_ACT} (?:is|are|gets?) (?P<done>\w+(?: (?:and|or) \w+)?) only (?:once|when|after"
        rf"|if) {_WHO} {_HAS}{_AGREED}(?: .*)?$",
        # What is to be told with the question.
        rf"^(?P<act>[^.;:]{{4,80}}): [^.;:]*\b{_WAITS}(?:,? .*)?$",
        rf"^{_BEFORE} (?P<act>[^.;:,]+), [^.;:]*\b{_WAITS}(?:,? .*)?$",
        rf"^[^.;:]*\band {_WAITS} {_BEFORE} {_ACT}$",
        rf"^no {_ACT} without (?:first )?(?:(?:{_WHOSE}) )?{_QUALITY}{_YES}(?: of [^.;:]+?)?(?: (?:by|from) {_WHO})$",
        rf"^{_ACT} (?:needs?|requires?) (?:{_WHOSE}) {_QUALITY}{_YES}(?:{_LATER}| before (?:it|they) (?:is|are) \w+)$",
        r"^(?:ask|request|seek|obtain|get|confirm|check|consult)\b[^.;:]*? (?:before|prior to) (?P<act>(?:making"
        r"|make) (?:any )?"
        r"(?:changes?|edits?|modifications?) (?:to|of|in) [^.;:]+"
        r"|(?:performing|taking|executing|carrying out) (?:an?|any) (?:actions?|operations?|changes?))$",
        rf"^(?:describe|explain|show|name|state|announce|list|summari[sz]e|tell {_WHO}) (?:the "
        rf"|your )?(?P<act>changes?|edits?"
        rf"|planned changes?|intended changes?|what you [^.;:]+?)(?: (?:to|for) {_WHO})? and {_WAITS}$",
    )
)
_ARE_ACTS = re.compile(
    r"^(?P<acts>.+?) (?:is|are) (?:an? )?(?:[\w-]+ ){0,3}?(?:acts?|actions?|steps?|operations?|matters?|decisions?"
    r"|moves?)$"
)
_IN_BULK = re.compile(
    r"^(?:an?|any|every|each|all|the)? ?(?:bulk|mass|batch) (?:operations?|actions?|changes?|work|jobs?|updates?|edits?"
    r"|(?P<deletes>deletions?|deletes?|removals?))$"
)
_LEANS = re.compile(r"^(?:such|these|those|they|it|this|that|them)\b")
_CARRIED_OUT = re.compile(
    r"^(?:confirm|perform|carry out|make|do|complete|execute|trigger|start)(?:ing)? (?:an?|the|any|every|each) "
    r"(?=(?:[a-z]+ )?[a-z]+(?:ion|al|ment|ure)s?$)"
)
_OUTGOING = re.compile(r"^(?:(?:every|each|any|all|the|an?) )?outgoing (?P<what>[a-z -]+)$")
_ANY_CHANGE = re.compile(
    r"^(?:(?:performing|taking|executing|carrying out|doing) )?(?:an?|any|every|each|all|the|your)? ?(?:planned "
    r"|intended )?"
    r"(?:changes?|edits?|actions?|operations?)(?: (?:at all|whatsoever))?$|^what you \w+"
)
_CHANGE_TO = re.compile(
    r"^(?:(?:making|make) )?(?:an?|any|every|each|all|the)? ?(?:changes?|edits?|modifications?|alterations?) (?:to"
    r"|of|in) "
    r"(?P<what>.+)$"
)
_PRESSED = re.compile(
    r"^(?:the |an? )?(?P<name>.+?) (?:button|link|control|icon) (?:is|are|may|can|must|gets?|be)?(?: be)? ?"
    r"(?:pressed|clicked(?: on)?|hit|used|tapped)$"
)
_DONE_TO = re.compile(
    r"^(?P<all>(?:every|each|any|all|the) )?(?P<what>[^,]+?) (?:that|which) (?:is|are) (?P<done>\w+)$"
)
_PASSIVE = re.compile(r"^(?P<what>(?!you\b|it\b).+?) (?:is|are|gets?) (?P<done>\w+)$")
_OPENS = re.compile(r"^(?:you |the agent |the assistant |it |actually |ever )+(?:(?:can|may|will|do|does) )?")
_OTHERS = re.compile(
    r"\b(?:managers?|supervisors?|team[- ]leads?|directors?|legal|finance|department|administrators?|hr|compliance"
    r"|committee"
    r"|board|officers?|security team|team|editors?|colleagues?|second person)\b"
)


def leave_first(statement: str) -> str:
    """The statement with each sentence that demands the user's leave as "Ask the user for confirmation before ...".

    What then only says why leave is needed, or what the question is to hold, is left out.
    """
    sentences = [part.strip() for part in _SENTENCE.split(statement) if part.strip()]
    told = [_demand_in(sentence) for sentence in sentences]
    if not any(told):
        return statement
    kept = [
        demand or sentence
        for demand, sentence in zip(told, sentences, strict=True)
        if demand or not (_TELLS_WHY.search(sentence) or _TELLS_HOW.match(sentence))
    ]
    return " ".join(part if part.endswith((".", "!", ";")) else f"{part}." for part in kept)


_SENTENCE = re.compile(r"(?<=[\w'\")])[.!]\s+(?=[A-Z'\"])")
_TELLS_WHY = re.compile(
    r"^(?!.*\b(?:must|never|do not|don't|may not)\b).*\b(?:cannot|can not|can't) be (?:undone|reversed|taken back)\b",
    re.I,
)
_TELLS_HOW = re.compile(
    r"^(?:please )?(?:name|give|state|mention|say|include|tell|show|quote)\b(?!.*\b(?:not|never)\b).*\b(?:when"
    r"|while|as|in)"
    r" (?:you |your |the )?(?:ask|asking|question|request)\b",
    re.I,
)


_IS_DATA = re.compile(
    r"^(?:the |their |an? |his or her )?(?:[a-z]+ ){0,2}(?:ids?|numbers?|codes?|names?|address(?:es)?|details?|reasons?"
    r"|dates?|amounts?|identity)\b(?! (?:changes?|updates?|corrections?))"
)
"""What is to be confirmed is a piece of data, and no act: "The guest must confirm the booking number"."""


def _demand_in(sentence: str) -> str | None:
    text = re.sub(r"[’‘]", "'", normalise(sentence)).strip(" .!")
    text = re.sub(r"^(?:please|always|note that|remember(?: that)?),? ", "", text)
    if _OTHERS.search(text) or len(text) > _LONGEST:
        return None
    for form in _FORMS:
        if (match := form.match(text)) is None:
            continue
        if _IS_DATA.match(match["act"]):
            continue
        act = _as_act(match["act"], match.groupdict().get("done"))
        if act is not None:
            return f"Ask the user for confirmation before {act}."
    return None


_LONGEST = 300


def _as_act(phrase: str, done: str | None) -> str | None:
    """The act as what follows "before": a verb phrase, a gerund, a noun of an act, or a passive clause turned round."""
    phrase = _OPENS.sub("", phrase.strip(" ,'\"")).strip()
    if phrase.count(",") > 1 or done in ALLOWED or _LEANS.match(phrase):
        return None  # a list of acts, "is allowed only once ...", "such acts": others read them
    if match := _ARE_ACTS.match(phrase):
        phrase = match["acts"]
    if _ANY_CHANGE.match(phrase):
        return "performing any write operation"
    if match := _CHANGE_TO.match(phrase):
        return f"changing or deleting {match['what']}"
    phrase = _CARRIED_OUT.sub("", phrase)
    if re.match(r"(?:click|press|hit|push|tap)(?:ing)?\b", phrase):
        return phrase
    if match := _IN_BULK.match(phrase):
        return "performing a bulk deletion" if match["deletes"] else "performing a bulk update or bulk deletion"
    if match := _OUTGOING.match(phrase):
        return f"sending {match['what']}"
    if match := _PRESSED.match(f"{phrase} {done}" if done else phrase):
        return f"clicking the {match['name']} button"
    if done is not None and " " in done:
        return f"{done} {phrase}" if is_participle(done.split()[0]) and is_participle(done.split()[-1]) else None
    if done is not None:
        return f"{phrase} is {done}" if is_participle(done) else None
    if match := _DONE_TO.match(phrase):
        return f"{match['what']} is {match['done']}" if is_participle(match["done"]) else None
    if match := _PASSIVE.match(phrase):
        what = "any record" if match["what"] in ("anything", "something") else match["what"]
        return f"{what} is {match['done']}" if is_participle(match["done"]) else None
    bare = re.sub(r"^(?:every|each|any|all|the|an?) ", "", phrase)
    if verb_at(phrase) or names_an_act(bare):
        return phrase
    parts = [part.strip() for part in re.split(r",| and | or ", bare) if part.strip()]
    if len(parts) > 1 and all(names_an_act(part) for part in parts):
        return phrase
    head = bare.split()[-1] if bare else ""
    if bare.startswith("new ") and len(bare.split()) <= 3:
        return f"creating or adding a {bare.removeprefix('new ')}"
    return phrase if head and is_noun_of_act(head) else None
