"""Two runs side by side: their figures, and their steps with those that belong together in one line. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from .report_story import RunStory, StepStory, Tone


@dataclass(frozen=True)
class StepPair:
    """A step of each run that belong together; None where one run has no such step."""

    left: StepStory | None
    right: StepStory | None

    @property
    def same(self) -> bool:
        """True when both runs proposed and judged alike here."""
        return self.left is not None and self.right is not None and told(self.left) == told(self.right)


@dataclass(frozen=True)
class Figure:
    """One figure of both runs; None where it is not known."""

    name: str
    left: str | int | float | None
    right: str | int | float | None


@dataclass(frozen=True)
class Comparison:
    """Two runs, their figures, and their steps in order."""

    left: RunStory
    right: RunStory
    figures: tuple[Figure, ...]
    steps: tuple[StepPair, ...]

    @property
    def sides(self) -> tuple[RunStory, RunStory]:
        """Both runs."""
        return self.left, self.right

    @property
    def same_task(self) -> bool:
        """True when both runs worked on the same task in the same words."""
        return _goal(self.left) == _goal(self.right)


def compare(left: RunStory, right: RunStory) -> Comparison:
    """Two runs side by side. Steps belong together when they are on the same page of the site and go the same way."""
    return Comparison(left, right, tuple(_figures(left, right)), tuple(_paired(left.steps, right.steps)))


def told(step: StepStory) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """What was proposed in a step and what came of it, without what differs from run to run by chance."""
    return tuple(
        (_act(step, index), attempt.tone, () if attempt.verdict is None else attempt.verdict.violated)
        for index, attempt in enumerate(step.attempts)
    )


def tone_of(step: StepStory | None) -> Tone | None:
    """The colour of a step, when there is one."""
    return None if step is None else step.tone


def _figures(left: RunStory, right: RunStory) -> Iterator[Figure]:
    yield Figure("outcome", left.outcome or "not finished", right.outcome or "not finished")
    yield Figure("mode", left.mode or None, right.mode or None)
    yield Figure("web agent", left.web_agent or None, right.web_agent or None)
    yield Figure("judge", left.judge or None, right.judge or None)
    yield Figure("policy book", left.book_version[:12] or None, right.book_version[:12] or None)
    yield Figure("steps", len(left.steps), len(right.steps))
    yield Figure("violations", left.violations, right.violations)
    yield Figure("revisions", left.revisions, right.revisions)
    yield Figure("judge calls", left.judge_calls, right.judge_calls)
    yield Figure("tokens", left.tokens.total, right.tokens.total)
    yield Figure("guarding, ms", round(left.guard_milliseconds, 1), round(right.guard_milliseconds, 1))


def _paired(left: list[StepStory], right: list[StepStory]) -> Iterator[StepPair]:
    codes = SequenceMatcher(None, [_where(s) for s in left], [_where(s) for s in right], autojunk=False).get_opcodes()
    for kind, i, j, k, m in codes:
        if kind == "equal":
            yield from (StepPair(one, other) for one, other in zip(left[i:j], right[k:m], strict=True))
            continue
        for offset in range(max(j - i, m - k)):
            one = left[i + offset] if i + offset < j else None
            other = right[k + offset] if k + offset < m else None
            yield StepPair(one, other)


def _where(step: StepStory) -> tuple[str, str]:
    """The page without its host and port, and the first act on it: what makes two steps the same one."""
    page = "" if step.observation is None else urlsplit(step.observation.url).path
    return page, _act(step, 0) if step.attempts else ""


def _act(step: StepStory, index: int) -> str:
    action = step.attempts[index].proposal.action
    target = None if step.observation is None else step.observation.element(action.ref)
    name = (target.role, target.name) if target is not None else (action.name or "",)
    address = urlsplit(action.url).path if action.url else ""
    return " ".join((action.type, *name, action.value or "", address))


def _goal(story: RunStory) -> str:
    return "" if story.task is None else story.task.goal
