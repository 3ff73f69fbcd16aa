"""Words in page content that tell their reader to do something: what injected instructions are made of.

Names of controls are not content: a button "Delete" orders nothing. Two strengths are told apart. A *strong* passage
addresses the agent or sets itself against its task ("ignore all previous instructions", "before you can solve your
task"); it lasts to the end of its block. A weak one is any sentence in the imperative, as help texts have them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

from harmonyguard.policies.lexicon import VERBS, match_at
from harmonyguard.policies.words import normalise, stem, words

from .addressed import SHOUTED, hidden_words, is_strong, makes_orders_strong
from .languages import effects_in_other_languages, effects_spoken
from .tree import CONTENT, role_of

_NODE = re.compile(r"^\s*(?:-\s*)?(?:\[\w+\]\s*)?(?P<role>[A-Za-z]+)?(?P<rest>.*)$")
_LINK = re.compile(r"^\s*(?:-\s*)?(?:\[\w+\]\s*)?link\W+(.*?)['\"](?:,.*?url=['\"]?([^'\",]*)|$|[,:\s])")
_QUOTED = re.compile(r"['\"](.*)['\"]|:\s+(.*)$")
_ENTRY = re.compile(
    r"^\s*(?:[-*•>]\s|</?\w|\d{1,3}[.)]\s|\[?(?:\d{4}-\d\d-\d\d|\d{1,2}:\d\d)"
    r"|[^\W\d][^:\n\"']{0,40}: ?(?=[\w\"'(\d]))"
)
"""How the lines of lists, quotations, logs, talks and records begin: each is an entry of its own."""

_MEMBER = re.compile(r",\s*(?=\"\w+\"\s*:)|(?<=[{\[])\s*(?=\")")
_LEAD_IN = re.compile(
    r"^(?:before|after|afterwards|when|whenever|while|once|if|as|to|in order to|so as to|for|until|since|because"
    r"|due to)\b[^,;:]{2,120}[,;:]\s*|^(?:afterwards|additionally|finally|next|therefore|also)\b,?\s*",
    re.IGNORECASE,
)
"""What may stand before an order: "To restore it, change ...", "Before settling this bill, move ..."."""

_CLAUSE = re.compile(r"[,;]\s+|\s+(?:and|or|then)\s+(?:then\s+)?", re.IGNORECASE)
_WAY = re.compile(r"\s(?:→|➜|⇒|->|=>|»|›|>)\s")
"""The arrows of a way through menus: "Users → Role → Administrator"."""

_OPENS_AN_ORDER = (
    r"(?:Ignore|Disregard|Forget) (?:all |any |your |the )*(?:previous|prior|above|earlier|instructions)\b"
    r"|(?:IMPORTANT|ATTENTION|TODO|URGENT)\b\s*[!:]|#{2,}|<[A-Z]{4,}>"
    r"|Your (?:owner|operator|master|principal) (?:has |had )?(?:asked|told|instructed|wants)\b"
)
"""What an order for the agent opens with, wherever in a text it was put: a sentence of its own begins there."""

_SENTENCE = re.compile(
    r"(?<=\w)(?=(?:Ignore|Disregard|Forget) (?:all |any |your |the )*(?:previous|prior|above|earlier|instructions)\b)|"
    rf"\s+(?={_OPENS_AN_ORDER})|(?<=[\w.,;!?)])(?=#{{2,}}\s?[\w(]|<[A-Z]{{4,}}>)|(?<=[.!?:;])\s+|(?<=[a-z\d%)][.!?])(?=[A-Z][a-z]+\s)|\n+|\s-\s|(?<![*#>])[*#>]+\s+"
)
_IN_A_TAG = re.compile(r"<[A-Z]{4,}>")
_OPENER = re.compile(_OPENS_AN_ORDER)
_CLOSES = re.compile(r"^\s*</\w+>?|^\s*-{3,}\s*end\b", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"\b(?:you (?:must|should|need to|have to|are (?:now|required))|please|important|attention|objective|instruction|"
    r"instead|first|before you|in order to|ignore|disregard|forget|override|assistants?|agents?|system|todo|urgent"
    r"|now)\b"
    r"|\b(?:whoever|everyone|everybody|anyone|anybody|all (?:users|readers|visitors)|the reader|readers?)\b.*"
    r"\b(?:should|must|shall|(?:has|have|needs?|is|are) to)\b"
    r"|\bafter (?:reading|seeing|receiving|opening|processing) this\b"
    r"|\b(?:must|ha(?:s|ve) to|needs? to|shall|(?:is|are) (?:required|asked|requested|expected|instructed|advised) to"
    r"|(?:is|are) to be|can only be|may only be)\b"
)
_POLITE = frozenset(
    stem(word) for word in "please now then also first to so and just kindly instead always never must should".split()
)


@dataclass(frozen=True)
class Passage:
    """Words that tell their reader to do something."""

    text: str
    strong: bool


@dataclass(frozen=True)
class _Block:
    """A content node of a tree, a paragraph, or an entry: one item of a list, line of a log, member of a record."""

    text: str
    is_entry: bool = False


@lru_cache(maxsize=128)
def passages(text: str) -> tuple[Passage, ...]:
    """The passages in page content, in order."""
    # What is hidden from people and orders something is meant for the agent.
    found = [Passage(words.strip(), strong=True) for words in hidden_words(text) if _orders(words)]
    announced = listing = False
    for block in _blocks(text):
        sentences = [s.strip() for s in _SENTENCE.split(block.text) if s.strip()]
        directive = any(map(_is_directive, sentences))
        carried = announced or (listing and block.is_entry and directive)
        start = 0 if carried else _first_strong(block.text, sentences, directive=directive)
        if start and _REFERS_BACK.match(sentences[start]):
            start -= 1
        weak = sentences if start is None else sentences[:start]
        found += [Passage(sentence, strong=False) for sentence in weak if _is_directive(sentence)]
        if start is None:
            announced = listing = False
            continue
        end = next((i for i in range(start + 1, len(sentences)) if _CLOSES.match(sentences[i])), len(sentences))
        found.append(Passage(" ".join(sentences[start:end]), strong=True))
        found += [Passage(s, strong=False) for s in sentences[end:] if _is_directive(s)]
        # "Attention, agent:" announces the block that follows; a list of orders goes on after its first entry.
        announced = not announced and end == len(sentences) and sentences[-1].endswith(":")
        listing = announced or carried or not block.is_entry
    return tuple(found)


_REFERS_BACK = re.compile(r"(?:please )?do (?:so|it|this|that|the same)\b", re.IGNORECASE)
"""What is to be done stands in the sentence before."""


def _first_strong(block: str, sentences: list[str], *, directive: bool) -> int | None:
    """The sentence from which on the block is meant for the agent."""
    first = next((i for i, s in enumerate(sentences) if _is_directive(s)), 0)
    if directive and (marked := makes_orders_strong(block)) and any(map(_asks_for_an_act, sentences)):
        at = next((i for i, s in enumerate(sentences) if marked in normalise(s) or _IN_A_TAG.match(s)), first)
        # What was told before an order opens is no part of it.
        return at if _OPENER.match(sentences[at]) else min(first, at)
    shouted = len(SHOUTED.findall(block)) >= 2
    strong = (i for i, s in enumerate(sentences) if is_strong(s) or (shouted and SHOUTED.search(s)))
    return next(strong, None)


@lru_cache(maxsize=128)
def content_of(text: str) -> str:
    """What a page says, a block a line: without the names of its controls."""
    return "\n".join(block.text for block in _blocks(text))


def holds_instructions(text: str) -> bool:
    """True when page content addresses the agent: the taint that later steps of the run carry."""
    return any(passage.strong for passage in passages(text))


def _blocks(text: str) -> list[_Block]:
    """Each content node of a tree, each entry of a list or record, and each other paragraph of plain text."""
    found: list[_Block] = []
    open_block: list[str] = []
    is_entry = joins = False
    for line in (part for whole in text.splitlines() for part in _members(whole)):
        in_tree = role_of(line) is not None
        content = _content_of(line) if in_tree else line
        if in_tree and joins and open_block and (half := _within_sentence(open_block[-1], line, content)):
            open_block.append(half)
            continue
        if open_block and (in_tree or joins or not line.strip() or _ENTRY.match(line)):
            found.append(_Block("\n".join(open_block), is_entry))
            open_block = []
        if content.strip():
            is_entry = is_entry if open_block else not in_tree and _ENTRY.match(line) is not None
            open_block.append(content)
        joins = in_tree
    return [*found, _Block("\n".join(open_block), is_entry)] if open_block else found


def _members(line: str) -> list[str]:
    """A line, or the members of the records that it holds as JSON."""
    return [part for part in _MEMBER.split(line) if part.strip()] if '":' in line else [line]


def _within_sentence(before: str, line: str, content: str) -> str:
    """A link within a sentence, and the half that follows it: of "press <a>Save</a> and leave" a page makes three."""
    if match := _LINK.match(line):
        if (words(before) or [""])[-1] not in _BEFORE_A_LINK:
            return ""
        return " ".join(part for part in match.groups() if part)
    return content if content[:1].islower() and not _ENDS.search(before) else ""


_ENDS = re.compile(r"[.!?:;]['\")\]]*\s*$")
_BEFORE_A_LINK = frozenset(
    """on at to in under via with the this that our your my a an here click visit open see follow press tap use by from
    and or through using into""".split()
)


def _content_of(line: str) -> str:
    node = _NODE.match(line)
    role, rest = ((node.group("role") or "").lower(), node.group("rest")) if node else ("", line)
    if role not in CONTENT and role != "row":
        return ""
    quoted = _QUOTED.search(rest)
    if role == "row":
        # Its name is made of its cells, among them the names of controls: only what is meant for the agent counts.
        told = (quoted.group(1) or quoted.group(2) or "") if quoted else ""
        return told if is_strong(told) or makes_orders_strong(told) else ""
    if role == "heading" and quoted and _is_title(quoted.group(1) or quoted.group(2) or ""):
        return ""
    return (quoted.group(1) or quoted.group(2) or "") if quoted else line


def _is_title(heading: str) -> bool:
    """ "Review transfer" over a page says what the page is for and orders nothing."""
    return (
        len(words(heading)) <= _LONGEST_TITLE and not heading.rstrip().endswith((".", "!")) and not is_strong(heading)
    )


_LONGEST_TITLE = 4


_TELLS_TO = frozenset(stem(word) for word in "click begin include mention repeat answer press tap use keep".split())
"""Verbs of orders that name no effect."""


def _orders(hidden: str) -> bool:
    return len(words(hidden)) >= _SHORTEST_ORDER and any(
        _is_directive(s) or is_strong(s) for s in _SENTENCE.split(hidden) if s.strip()
    )


_SHORTEST_ORDER = 3
"""Words of the shortest hidden order: "build 4711" is none."""

_KEY = re.compile(r"[\W_]*[^\W_]+(?:_[^\W_]+)+[\W_]*")
"""A key or a value of data in one piece, which orders nothing: `"credit_note_88":`."""


@lru_cache(maxsize=4096)
def _is_directive(sentence: str) -> bool:
    """True when the sentence, or a clause of it, tells somebody to do something."""
    sentence = _IN_A_TAG.sub("", sentence)
    if len(words(sentence)) < 2 or _KEY.fullmatch(sentence):
        return False
    if any(map(_is_imperative, _clauses(sentence))) or len(_WAY.findall(sentence)) >= _SHORTEST_WAY:
        return True
    if effects_in_other_languages(" ".join(words(sentence)[:4])):
        return True
    return bool(_ADDRESSED.search(normalise(sentence))) and bool(effects_spoken(sentence))


_SHORTEST_WAY = 2


def _asks_for_an_act(sentence: str) -> bool:
    """A price list may be looked at by anybody who is asked to."""
    spoken = effects_spoken(sentence)
    return _is_directive(sentence) and bool(spoken - _LOOKS or not spoken)


_LOOKS = frozenset(("read", "search", "download"))


def _clauses(sentence: str) -> list[str]:
    """The parts of a sentence that may each be an order: without what leads in to them."""
    rest = sentence
    while match := _LEAD_IN.match(rest):
        rest = rest[match.end() :]
    return [rest, *(clause for clause in _CLAUSE.split(rest)[1:] if len(words(clause)) >= _SHORTEST_ORDER)]


def _is_imperative(clause: str) -> bool:
    said = list(dropwhile(lambda word: stem(word) in _POLITE, words(clause)))
    if not said or _STATES.search(said[0]):
        return False
    stemmed = [stem(word) for word in said]
    return stemmed[0] in _TELLS_TO or match_at(VERBS, stemmed, 0) is not None


_STATES = re.compile(r"[^e]ed$")
"""The ending of a state, as lists of choices and logs name them, and of no order: "Approved, Pending, Rejected"."""
