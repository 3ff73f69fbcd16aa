"""Where a step comes from: the user's goal, or words on a page.

An act is explained by the goal when the goal's own words lead to it, and by the page when a directive in page
content does. Following the page alone is what injected instructions look like (DESIGN, provenance and taint).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from harmonyguard.policies.lexicon import VERBS, effects_named, match_at
from harmonyguard.policies.words import contains_phrase, normalise, related, stem, subject_stems, words
from harmonyguard.steps import Effect

from .act import Act
from .addresses import host_of, split_address
from .effects import CONSEQUENTIAL

_CONTENT = frozenset(
    """statictext text paragraph listitem cell gridcell article generic blockquote note comment heading strong
    emphasis""".split()
)
_NODE = re.compile(r"^\s*(?:-\s*)?(?:\[\w+\]\s*)?(?P<role>[A-Za-z]+)?(?P<rest>.*)$")
_QUOTED = re.compile(r"['\"](.*)['\"]|:\s+(.*)$")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+|\s-\s|\s*[*#>]+\s+")
_ADDRESSED = re.compile(
    r"\b(?:you (?:must|should|need to|have to|are (?:now|required))|please|important|attention|objective|instruction|"
    r"instead|first|before you|in order to|ignore|disregard|forget|override|assistant|agent|system|todo|urgent|now)\b"
)


@dataclass(frozen=True)
class Directive:
    """One sentence of page content that tells its reader to do something."""

    text: str

    def mentions(self, act: Act) -> bool:
        """True when following this sentence would be (part of) the act."""
        folded = normalise(self.text)
        if act.destination and _address_in(act.destination, folded):
            return True
        if act.name and len(act.name) > 3 and contains_phrase(self.text, act.name):
            return True
        if any(entry.now and len(entry.value) > 3 and normalise(entry.value) in folded for entry in act.entries):
            return True
        told, done = effects_named(self.text), _consequences(act)
        return bool(told & done) and bool(related(_subject(act), subject_stems(self.text)))


def directives(text: str) -> tuple[Directive, ...]:
    """The directives in page content. Names of controls are not content: a button "Delete" orders nothing."""
    found: list[Directive] = []
    for line in text.splitlines():
        content = _content_of(line)
        for sentence in _SENTENCE.split(content):
            if _is_directive(sentence):
                found.append(Directive(sentence))
    return tuple(found)


def explained_by_goal(act: Act) -> bool:
    """True when the user's goal (or an earlier message of the user) leads to this act."""
    said = _said_by_user(act)
    folded = normalise(said)
    if act.destination and _address_in(act.destination, folded):
        return True
    wanted, done = effects_named(said), _consequences(act)
    stated, about = subject_stems(said), _subject(act)
    own = [entry.value for entry in act.entries if entry.value and entry.value.strip()]
    if own and any(_is_stated(value, folded, stated) for value in own):
        return True
    if done:
        return bool(done & wanted) or bool(related(about, stated))
    return not own


def follows_page(act: Act) -> bool | None:
    """True when only page content explains the act; None when nothing that is known does."""
    if act.action.type in ("ask_user", "send_msg_to_user", "finish", "report_infeasible", "scroll", "go_back", "wait"):
        return False
    goal_explains = explained_by_goal(act)
    link = act.target.name if act.target is not None and act.target.role == "link" else ""
    carried = _beyond_path(unquote(act.destination or "").replace("-", " ").replace("+", " "))
    lured = any(_is_shouted(directive.text) for directive in directives(f"{link}\n{carried}"))
    told = [directive for directive in directives(act.observation.text) if directive.mentions(act)]
    if lured or (told and not _goal_names(act, told)):
        return True
    if goal_explains:
        return False
    if _consequences(act) or (act.situation.instructions_seen and not act.is_plain_read):
        return None
    return False


def holds_instructions(text: str) -> bool:
    """True when page content addresses the agent: the taint that later steps of the run carry."""
    return any(_is_shouted(directive.text) for directive in directives(text))


def _goal_names(act: Act, told: list[Directive]) -> bool:
    """A stricter reading of `explained_by_goal`, for acts that a directive on the page asks for as well."""
    said = _said_by_user(act)
    folded, stated = normalise(said), subject_stems(said)
    if act.destination and _address_in(act.destination, folded):
        return True
    if act.name and len(act.name) > 2 and contains_phrase(said, act.name):
        return True
    own = [entry.value for entry in act.entries if entry.value and entry.value.strip()]
    dictated = " ".join(normalise(directive.text) for directive in told)
    if any(len(v) > 3 and normalise(v) in dictated and not _is_stated(v, folded, stated) for v in own):
        return False
    if own and any(_is_stated(value, folded, stated) for value in own):
        return True
    about, done = _subject(act), _consequences(act)
    if done:
        return bool(done & effects_named(said)) and (not about or bool(related(about, stated)))
    return bool(related(about, stated))


def _said_by_user(act: Act) -> str:
    situation = act.situation
    talk = [e.text or e.value or "" for e in situation.history if e.type == "user_message"]
    return "\n".join([situation.task.goal, situation.task.url or "", *talk])


def _consequences(act: Act) -> frozenset[Effect]:
    return frozenset(effect for effect, known in act.effects.items() if effect in CONSEQUENTIAL and known)


def _verb_stems(act: Act) -> frozenset[str]:
    stemmed = [stem(word) for word in words(act.name)]
    hit = match_at(VERBS, stemmed, 0)
    return frozenset(stemmed[: hit[1]]) if hit else frozenset()


def _subject(act: Act) -> frozenset[str]:
    return (subject_stems(act.name) - _verb_stems(act)) | _path_subject(act)


def _path_subject(act: Act) -> frozenset[str]:
    if act.destination is None or act.submits:
        return frozenset()
    return subject_stems(unquote(split_address(act.destination).path).replace("/", " ").replace("-", " "))


def _is_stated(value: str, folded: str, stated: frozenset[str]) -> bool:
    text = normalise(value)
    if text in folded:
        return True
    about = subject_stems(value)
    return bool(about) and len(about & stated) >= 0.6 * len(about)


def _address_in(url: str, folded: str) -> bool:
    address = split_address(url)
    bare = normalise(f"{host_of(url)}{unquote(address.path)}").rstrip("/")
    if bare and bare.removeprefix("www.") in folded:
        return True
    path = normalise(unquote(address.path)).strip("/")
    return path.count("/") >= 1 and path in folded


def _content_of(line: str) -> str:
    node = _NODE.match(line)
    if node is None:
        return line
    role, rest = (node.group("role") or "").lower(), node.group("rest")
    if not _is_tree_line(line):
        return line
    if role not in _CONTENT:
        return ""
    quoted = _QUOTED.search(rest)
    return (quoted.group(1) or quoted.group(2) or "") if quoted else line


def _is_tree_line(line: str) -> bool:
    """True for a line of an accessibility tree, False for a line of plain text."""
    return bool(re.match(r"^\s*(?:- \w+|\[\w+\] \w+ '|\w+ ['\"])", line))


def _is_directive(sentence: str) -> bool:
    stemmed = [stem(word) for word in words(sentence)]
    if len(stemmed) < 2:
        return False
    while stemmed and stemmed[0] in ("pleas", "now", "then", "also", "first", "to", "so", "and", "just", "kindly"):
        stemmed = stemmed[1:]
    if stemmed and (stemmed[0] == "click" or match_at(VERBS, stemmed, 0)):
        return True
    return bool(_ADDRESSED.search(normalise(sentence))) and bool(effects_named(sentence))


def _is_shouted(text: str) -> bool:
    return len(re.findall(r"\b[A-Z]{3,}\b", text)) >= 3 or bool(
        re.search(
            r"\b(?:you must|ignore (?:all|the|any|previous)|disregard|override|objective|new instruction)",
            normalise(text),
        )
    )


def _beyond_path(url: str) -> str:
    """Query and fragment of a link: where instructions hide in an address."""
    address = split_address(url)
    return f"{address.query}\n{address.fragment}"
