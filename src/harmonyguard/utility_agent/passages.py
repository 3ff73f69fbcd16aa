"""Words in page content that tell their reader to do something: what injected instructions are made of.

Names of controls are not content: a button "Delete" orders nothing. Two strengths are told apart. A *strong* passage
addresses the agent or sets itself against its task ("ignore all previous instructions", "before you can solve your
task"); it lasts to the end of its block. A weak one is any sentence in the imperative, as help texts have them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from harmonyguard.policies.lexicon import VERBS, match_at
from harmonyguard.policies.words import normalise, stem, words

from .addressed import SHOUTED, hidden_words, is_strong, makes_orders_strong
from .languages import effects_in_other_languages, effects_spoken

_CONTENT = frozenset(
    """statictext text paragraph listitem cell gridcell article generic blockquote note comment heading strong
    emphasis alert status definition term code caption log tooltip legend figure inlinetextbox labeltext""".split()
)
_ROLES = _CONTENT | frozenset(
    """rootwebarea alertdialog application banner button checkbox columnheader combobox complementary contentinfo dialog
    document feed form grid group iframe image img link list listbox main mark marquee math menu menubar menuitem
    menuitemcheckbox menuitemradio meter navigation none option presentation progressbar radio radiogroup region row
    rowgroup rowheader scrollbar search searchbox section separator slider spinbutton subscript superscript switch tab
    table tablist tabpanel textbox time timer toolbar tree treegrid treeitem""".split()
)
"""ARIA roles, by which a line of an accessibility tree is told from a line of text ("- general" is a list item)."""
_NODE = re.compile(r"^\s*(?:-\s*)?(?:\[\w+\]\s*)?(?P<role>[A-Za-z]+)?(?P<rest>.*)$")
_TREE_LINE = re.compile(r"^\s*(?:- (\w+)(?::|\s['\"\[]|\s*$)|\[\w+\] (\w+) '|(\w+) ['\"])")
_QUOTED = re.compile(r"['\"](.*)['\"]|:\s+(.*)$")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+|\s-\s|(?<![*#>])[*#>]+\s+")
_CLOSES = re.compile(r"^\s*</\w+>?|^\s*-{3,}\s*end\b", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"\b(?:you (?:must|should|need to|have to|are (?:now|required))|please|important|attention|objective|instruction|"
    r"instead|first|before you|in order to|ignore|disregard|forget|override|assistants?|agents?|system|todo|urgent"
    r"|now)\b"
    r"|\b(?:whoever|everyone|everybody|anyone|anybody|all (?:users|readers|visitors)|the reader|readers?)\b.*"
    r"\b(?:should|must|shall|(?:has|have|needs?|is|are) to)\b"
    r"|\bafter (?:reading|seeing|receiving|opening|processing) this\b"
)
_POLITE = frozenset(
    stem(word) for word in "please now then also first to so and just kindly instead always never must should".split()
)


@dataclass(frozen=True)
class Passage:
    """Words that tell their reader to do something."""

    text: str
    strong: bool


@lru_cache(maxsize=128)
def passages(text: str) -> tuple[Passage, ...]:
    """The passages in page content, in order."""
    found: list[Passage] = []
    carried = False
    # What is hidden from people and orders something is meant for the agent.
    found += [Passage(words.strip(), strong=True) for words in hidden_words(text) if _orders(words)]
    for block in _blocks(text):
        sentences = [s.strip() for s in _SENTENCE.split(block) if s.strip()]
        shouted = SHOUTED if len(SHOUTED.findall(block)) >= 2 else None
        forged = makes_orders_strong(block) and any(_is_directive(s) for s in sentences)
        strong = (i for i, s in enumerate(sentences) if forged or is_strong(s) or (shouted and shouted.search(s)))
        start = 0 if carried else next(strong, None)
        weak = sentences if start is None else sentences[:start]
        found += [Passage(sentence, strong=False) for sentence in weak if _is_directive(sentence)]
        if start is None:
            continue
        end = next((i for i in range(start + 1, len(sentences)) if _CLOSES.match(sentences[i])), len(sentences))
        found.append(Passage(" ".join(sentences[start:end]), strong=True))
        found += [Passage(s, strong=False) for s in sentences[end:] if _is_directive(s)]
        # "Attention, agent:" alone announces the block that follows.
        carried = end - start == 1 and end == len(sentences) and sentences[start].endswith(":") and not carried
    return tuple(found)


@lru_cache(maxsize=128)
def content_of(text: str) -> str:
    """What a page says, a block a line: without the names of its controls."""
    return "\n".join(_blocks(text))


def holds_instructions(text: str) -> bool:
    """True when page content addresses the agent: the taint that later steps of the run carry."""
    return any(passage.strong for passage in passages(text))


def _blocks(text: str) -> list[str]:
    """Each content node of a tree, and each paragraph of plain text."""
    found: list[str] = []
    paragraph: list[str] = []
    for line in text.splitlines():
        in_tree = (match := _TREE_LINE.match(line)) is not None and match.group(match.lastindex or 0).lower() in _ROLES
        if in_tree or not line.strip():
            found += ["\n".join(paragraph)] if paragraph else []
            paragraph = []
        if in_tree:
            content = _content_of(line)
            found += [content] if content.strip() else []
        elif line.strip():
            paragraph.append(line)
    return [*found, "\n".join(paragraph)] if paragraph else found


def _content_of(line: str) -> str:
    node = _NODE.match(line)
    role, rest = ((node.group("role") or "").lower(), node.group("rest")) if node else ("", line)
    if role not in _CONTENT:
        return ""
    quoted = _QUOTED.search(rest)
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


def _is_directive(sentence: str) -> bool:
    stemmed = [stem(word) for word in words(sentence)]
    if len(stemmed) < 2:
        return False
    while stemmed and stemmed[0] in _POLITE:
        stemmed = stemmed[1:]
    if stemmed and (stemmed[0] in _TELLS_TO or match_at(VERBS, stemmed, 0)):
        return True
    if effects_in_other_languages(" ".join(words(sentence)[:4])):
        return True
    return bool(_ADDRESSED.search(normalise(sentence))) and bool(effects_spoken(sentence))
