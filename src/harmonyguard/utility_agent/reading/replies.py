"""What a user answers when asked for leave, read from the words alone: a yes, a yes that is tied, a no afterwards."""

from __future__ import annotations

import re
from collections.abc import Set

from harmonyguard.policies.kinship import has_kin
from harmonyguard.policies.words import normalise, stem, words

_OPENING = re.compile(
    r"^(?:(?:ah|oh|h+m+|um|well|so|good|great|nice|excellent|perfect|thanks|thank you|cheers|right"
    r"|(?:i )?(?:love|like) it|i see"
    r"|(?:that|it|this)(?: would be|.d be| will be) (?:perfect|great|good|fine|lovely|wonderful|ideal|ok|okay)"
    r"|(?:thanks|thank you) for (?:explaining|checking|clarifying|letting me know|the \w+|your \w+|all of that|that)"
    r"|i (?:guess|think|suppose)(?: so)?"
    r"|i(?: have|.ve)? (?:read|seen|checked|reviewed|looked at) (?:it|them|that|this|everything)"
    r"|(?:the|that|this|your|his|her|their) [\w -]{2,40} (?:is|are|looks?) (?:right|correct|fine|ok|okay|good|accurate"
    r"|up to date))[,.;! ]+)+"
)
"""What comes before an answer and is none: "Thanks, good, ...", "The address is right. ..."."""

_STRONG_YES = re.compile(
    r"^(?:yes|yep|yup|yeah|ok|okay|okey|sure|alright|alrighty|all right|absolutely|certainly|definitely|totally"
    r"|affirmative|lgtm|of course|by all means|make it so|do (?:it|so|that)|permission granted"
    r"|please(?= (?:do|go ahead|proceed|continue)\b|\W*$)"
    r"|(?:i give you|you have|you.ve got|you got) my (?:\w+ )?(?:permission|consent|approval|ok|okay|go-ahead|leave)"
    r"|(?:i|we) (?:hereby )?(?:confirm|agree|approve|consent|do)"
    r"|you (?:do|have|have (?:it|that))(?=\W*$|[.,;!])|you are(?= (?:allowed|free to|welcome to)\b|\W*$)"
    r"|you (?:may|can)(?= (?:do (?:it|so|that)|go ahead|proceed|continue|carry on)\b|\W*$|[.,;!])"
    r"|(?:i(?:.d| would) (?:like|love)|i want|(?:let.s|we can)|i.m ready|i am ready)(?: to)?"
    r" (?:proceed|go ahead|go on|continue|move forward|go through)\b"
    r"|i would(?= please|,|\W*$)|i(?:.d| would) (?:like|love) (?:it|that|this)\b(?! to\b))\b"
    r"(?!\s*\?)(?!\W+(?:no|not)\b)"
)
"""A yes, whatever else is said."""

_YES = re.compile(
    r"^(?:y|kk?|fine|go (?:right )?(?:ahead|for it)|(?:go|carry) on|feel free|good to go|let.s go|it.s a (?:go|yes)"
    r"|let.s do (?:it|that|this|so)(?: (?:tomorrow|later|first))?|(?:you have (?:the|a|my) )?green light|proceed"
    r"|confirm(?:ed|ing)?|approved|granted|agreed|correct|exactly|perfect|(?:that |it |this )?works for me|that works"
    r"|no (?:objections?|problem)(?: from me| at all)?|do (?:it|that) later"
    r"|(?:both|all)(?: of (?:them|these|those))?(?: are)? (?:fine|ok|okay|right|correct)"
    r"|i(?:.m| am| would be|.d be) (?:ok|okay|fine|good|happy) with (?:it|that|this|them|both)"
    r"|(?:(?:that|it|this|everything|all) )?(?:sounds|looks) (?:good|great|fine|perfect|right|ok|okay|like a plan)"
    r"|(?:that|it)(?:.s| is) (?:fine|right|correct|ok|okay|good)"
    r"|ja|jawohl|gerne|sí|si|claro|oui|d'accord|certo|va bene|sim)"
    # With more behind it that is not said to it, it may be anything: "Go ahead and ask Mia", "Correct the name".
    r"(?=\W*$|\s*[.,;!:)–—-]|\s*[👍👌✅✔🙂😊]| (?:please|then|now|thanks|thank you|thx|as well|too|sir|madam|all)\b"
    r"| with (?:it|that|this|them|those|both|all|everything|the|your|my)\b"
    r"| (?:to|for|by|from|on) (?:me|us|go|my side|all|both|everything)\b"
    r"| (?:if|only|as long as|when|once|up to|until|after)\b)"
)
"""A yes where little or nothing follows."""

_LIMITS = re.compile(
    r"\b(?:up to|at most|no more than|not more than|only|if|as long as|provided|unless|under|below|less than|until|once"
    r"|after|when|tomorrow|later|first)\b"
)
"""Words that tie a yes to something: whether that holds here, the words alone do not say."""

_POINTS_OUT = re.compile(
    r"\b(?:the|that|this)(?:.s| is| are| was)? (?:(?:the|my) )?(?:only|first)\b(?= (?:one|ones|option|item|items|choice"
    r"|thing|things|change|changes|modification|order|room|flight|seat|slot|date|time)\b|[,.;])"
)
"""Which one is meant, and no limit: "the first one", "that is the only item"."""

_TAKES_BACK = re.compile(
    r"^no\b(?! (?:objections?|problem|longer|more|other|further|additional|questions?|worries|need)\b)"
    r"|^(?:nope|stop|wait|hold on|don.t|do not|never ?mind|forget it|leave it|cancel that|not yet|rather not)"
    r"|\b(?:changed my mind|i take (?:that|it) back|on second thou?ghts?|better not|please don.t|do not do|stop that)\b"
)
_REMARKS = re.compile(
    r"\bbut (?:thanks|thank you)(?: for [\w' ]+)?"
    r"|\b(?:(?:it|that|this|they|i)(?:.s| is| do| does| did)? ?)(?:do not|does not|did not|don.t|doesn.t|didn.t|not)"
    r" (?:matter|mind|care)(?: (?:it|them|this|that))?(?: at all| anyway| now)?(?=\W*$|[.,;!])"
    r"|\b(?:i (?:do not|don.t|won.t|will not) (?:need|want|have)(?: to \w+)?"
    r" (?:any|anything)(?: (?:other|more|else|further|additional)\b)"
    r"|(?:there (?:is|are|.s) )?(?:nothing|no) (?:else|other|more|further|additional)\b"
    r"|(?:that|this)(?:.s| is|.ll be| will be) (?:all|everything|it)\b)"
    r"(?: (?:that |which )?[a-z' ]{1,60}?)?(?=\W*$|[.,;!])"
    r"|\b(?:i|we) (?:understand|know|see|am aware|.m aware|realise|realize)\b[^.!?;]*?"
    r"(?=[.!?;]|,? (?:so|and|but|please)\b|, |\W*$)"
    r"|\b(?:and |also )*(?:could|can|would|will) you (?:also |please |then )*"
    r"(?:tell|let|inform|explain|give|send)\b[^.!?]*\?"
    r"|\b(?:and |then |please |just )*(?:let me know|(?:tell|inform|update|ping) me|report back)"
    r" (?:when|once|after|as soon as) (?:it|that|this|everything|all|you)"
    r"(?:.s|.re|.ve| is| are| have|.ve been| has been)?"
    r" ?(?:all )?(?:done|finished|through|ready|sent|saved|over)\b"
)
"""What people add to a yes and ties it to nothing: thanks, that they do not mind, to hear when it is done."""

_NOT_NEEDED = re.compile(
    r"\b(?:it|that|this|they|we|i|he|she)(?:.s|.re| is| are| do| does| did| will| was)? ?"
    r"(?:do not|does not|did not|don.t|doesn.t|didn.t|won.t|isn.t|aren.t|not|no longer) "
    r"(?:need(?:ed)?|use[ds]?|required?|work(?:s|ing)?|valid|wanted)"
    r"(?: (?:it|them|this|that|these|those))?(?: any ?more| any longer| at all| anyway| now)?(?=\W*$|[.,;!])"
)
"""Why a thing may go: beside a yes to removing it no objection, beside a yes to anything else one."""

_BUT = re.compile(
    r"\b(?:but|not|don.t|do not|wait|hold on|instead|before that|actually|except|rather|nothing|by nobody|neither|none"
    r"|never|wrong|as (?:it|they) (?:is|are)|either way|in theory|forget (?:it|that|about)"
    r"|(?:the )?other (?:one|ones|way)|the other \w+|another|a different|aber|nein|nicht|mais|non|pero|que no)\b"
    r"|\b(?P<verb>keep|leave|skip|spare|cancel|stop) (?:it|them|that|this|him|her|everything|the|my|our)\b"
)


def agrees(reply: str, *, verbs: Set[str], removes: bool) -> bool:
    """A yes, a thumb up, or the act itself as an order: "Merge them".

    `verbs` are the stems of what the act is called by, `removes` says that it takes something away.
    """
    answer = _plain(reply, removes=removes)
    said = answer.lstrip(_MARKS)
    is_yes = _says_yes(said, verbs) or any(_says_yes(part, verbs) for part in _SENTENCE.split(said)[1:])
    return bool(is_yes or _YES_AT_LAST.search(said) or (not said and _THUMBS.match(answer))) and not objects(
        answer, verbs=verbs
    )


def _says_yes(said: str, verbs: Set[str]) -> bool:
    after = _OPENING.sub("", said)
    order = _LEADS_TO_AN_ORDER.sub("", after)
    ordered = stem((words(order) or [""])[0]) in verbs and "?" not in said
    carried_out = _CARRY_OUT.match(order)
    ordered = ordered or (carried_out is not None and _is_the_act(carried_out["what"], verbs))
    return ordered or any(form.match(text) for form in (_STRONG_YES, _YES) for text in (said, after))


def _is_the_act(what: str, verbs: Set[str]) -> bool:
    """ "The cancellation" of what is cancelled, or a word for any act: "these changes"."""
    return any(stem(word) in verbs | _ANY_ACT or has_kin(stem(word), frozenset(verbs)) for word in words(what)[-1:])


_CARRY_OUT = re.compile(
    r"^(?:make|do|process|complete|finali[sz]e|submit|perform|carry out|execute|start|initiate|place|issue)"
    r" (?:the|that|this|these|those|my|both|all(?: of)?(?: the| these| those)?) (?P<what>(?:\w+ ){0,2}?\w+)"
    r"(?= (?:for|of|to|from|in|with|on|as|please|now|then)\b|\W*$|[.,;!])"
)
_ANY_ACT = frozenset(stem(word) for word in "change update modification request action adjustment".split())

_SENTENCE = re.compile(r"(?<=[.!])\s+")
"""What was asked besides may be answered first: "It is the blue card. Go ahead and charge it."."""

_YES_AT_LAST = re.compile(
    r"(?<=[,;] )(?:(?:and|so|then) )?"
    r"(?:yes(?:,? (?:do|start|send|delete|save|create|make|run|export|submit) (?:it|that|so|them))?"
    r"|yep|go ahead|please (?:do|go ahead|proceed)|proceed|i (?:confirm|agree|approve))"
    r"(?:,? (?:please|go ahead|do (?:it|so|that)|proceed|thanks|thank you))*\W*$"
)
"""... in the same sentence: "The blue card, yes please"."""


def objects(reply: str, *, verbs: Set[str] = frozenset()) -> bool:
    """The words hold something against it, or ask for something else: "Yes, but ...", "OK, keep it".

    What the act itself is called, one of `verbs`, is no objection to it.
    """
    found = _BUT.finditer(normalise(reply))
    return any(match["verb"] is None or stem(match["verb"]) not in verbs for match in found)


def is_tied(reply: str, *, removes: bool) -> bool:
    """A condition or a limit stands beside the yes: "only the first one", "if it costs less"."""
    return _LIMITS.search(_POINTS_OUT.sub(" ", _plain(reply, removes=removes))) is not None


def takes_back(reply: str) -> bool:
    """A no, or the end of an earlier yes: "Stop", "I changed my mind"."""
    return _TAKES_BACK.search(normalise(reply)) is not None


def after_a_no(reply: str) -> str:
    """What is said after a "no" to whether there is anything else: "No, that is all. Please proceed."."""
    rest = _NO_MORE.sub("", normalise(reply))
    return rest if words(rest) else reply


_NO_MORE = re.compile(r"^(?:no|nope|nothing(?: else)?|none)\b(?:,? (?:thanks|thank you))?[,.;! -]+")


def asks_for_more(question: str) -> bool:
    """The agent asks whether there is anything else, to which a "no" is no refusal."""
    return _MORE.search(normalise(question)) is not None


_MORE = re.compile(
    r"\b(?:any(?:thing)? (?:else|other|more|further|additional)"
    r"|any (?:questions?|concerns?)|other \w+ (?:you|to)\b)[^.!?]*\?"
    r"|\b(?:is|are) (?:this|that|these|those|it) (?:all|everything|the only)\b[^.!?]*\?"
)


def asks_back(reply: str) -> bool:
    """Nothing but a question: the answer is still to come."""
    return _ASKS_BACK.fullmatch(reply) is not None


def _plain(reply: str, *, removes: bool) -> str:
    plain = _REMARKS.sub(" ", normalise(reply))
    return _NOT_NEEDED.sub(" ", plain) if removes else plain


_LEADS_TO_AN_ORDER = re.compile(r"^(?:(?:please|just|then|you (?:may|can)|feel free to|go (?:on|ahead) and) )+")
"""What stands before an order: "Feel free to delete it"."""

_ASKS_BACK = re.compile(r"[^.!?]+\?\s*")

_MARKS = "👍👌✅✔🙂😊 \ufe0f.,!-–—"
_THUMBS = re.compile("[👍👌✅✔]")
