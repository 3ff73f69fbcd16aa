"""The numbers behind a report's charts: outcomes by policy, and time by step and part. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from harmonyguard.runs.report_story import RunStory
from harmonyguard.runs.spending import PARTS
from harmonyguard.steps import Finding

WIDTH = 100.0
"""The width of a bar's drawing, in its own units."""


@dataclass(frozen=True)
class Segment:
    """A stretch of a bar. `kind` names its colour, `x` and `width` are in the drawing's units."""

    kind: str
    x: float
    width: float


@dataclass
class PolicyBar:
    """What one policy said in a run, counted by proposal. `steps` are those in which it was violated or left open."""

    policy_id: str
    clause: str = ""
    source: str = ""
    violated: int = 0
    undecided: int = 0
    cleared: int = 0
    steps: list[int] = field(default_factory=list)

    @property
    def spoke(self) -> bool:
        """False for a policy that the judge only ever cleared."""
        return bool(self.violated or self.undecided)


@dataclass(frozen=True)
class TimeBar:
    """How long one step took, by part, in milliseconds."""

    step: int
    parts: dict[str, float]
    total: float
    segments: tuple[Segment, ...]


def policy_bars(story: RunStory) -> tuple[PolicyBar, ...]:
    """The policies that were violated, left open or put to the judge, those violated most often first."""
    bars: dict[str, PolicyBar] = {}
    for step in story.steps:
        for verdict in (attempt.verdict for attempt in step.attempts if attempt.verdict is not None):
            _name(bars, verdict.findings)
            for policy_id in dict.fromkeys((*verdict.violated, *verdict.undecided, *verdict.judged)):
                bar = bars.setdefault(policy_id, PolicyBar(policy_id))
                kind = _what_it_said(policy_id, verdict.violated, verdict.undecided)
                setattr(bar, kind, getattr(bar, kind) + 1)
                if kind != "cleared" and step.number not in bar.steps:
                    bar.steps.append(step.number)
    return tuple(sorted(bars.values(), key=lambda bar: (-bar.violated, -bar.undecided, -bar.cleared, bar.policy_id)))


def segments_by_policy(bars: Iterable[PolicyBar]) -> dict[str, tuple[Segment, ...]]:
    """The bars drawn; those that spoke on a scale of their own, since the others stand apart."""
    drawn: dict[str, tuple[Segment, ...]] = {}
    known = tuple(bars)
    for spoke in (True, False):
        group = [bar for bar in known if bar.spoke is spoke]
        most = max((bar.violated + bar.undecided + bar.cleared for bar in group), default=0)
        for bar in group:
            amounts = {"violated": bar.violated, "undecided": bar.undecided, "cleared": bar.cleared}
            drawn[bar.policy_id] = _segments({kind: float(amount) for kind, amount in amounts.items()}, most)
    return drawn


def time_bars(story: RunStory) -> tuple[TimeBar, ...]:
    """One bar for each step whose times the journal knows, on the scale of the longest."""
    timed = [step for step in story.steps if step.times.of]
    longest = max((step.times.total for step in timed), default=0.0)
    return tuple(
        TimeBar(
            step.number,
            {part: step.times.of[part] for part in PARTS if part in step.times.of},
            step.times.total,
            _segments({part: step.times.of.get(part, 0.0) for part in PARTS}, longest),
        )
        for step in timed
    )


def _name(bars: dict[str, PolicyBar], findings: Iterable[Finding]) -> None:
    for finding in findings:
        bar = bars.setdefault(finding.policy_id, PolicyBar(finding.policy_id))
        bar.clause, bar.source = finding.clause, finding.source


def _what_it_said(
    policy_id: str, violated: Iterable[str], undecided: Iterable[str]
) -> Literal["violated", "undecided", "cleared"]:
    if policy_id in violated:
        return "violated"
    return "undecided" if policy_id in undecided else "cleared"


def _segments(amounts: dict[str, float], whole: float) -> tuple[Segment, ...]:
    drawn: list[Segment] = []
    at = 0.0
    for kind, amount in amounts.items():
        if amount > 0 and whole > 0:
            width = amount / whole * WIDTH
            drawn.append(Segment(kind, round(at, 2), round(width, 2)))
            at += width
    return tuple(drawn)
