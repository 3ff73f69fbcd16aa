"""From the events of a run to its report, and from two runs to their comparison: as text, or as a file.

Everything that came from a page or a model is text. Characters that could disguise text (direction overrides,
zero-width characters) are shown by their code, and the page's own security policy forbids every script but ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harmonyguard.runs.comparison import Comparison
from harmonyguard.runs.report_story import Attempt, JournalEvent, RunStory, StepStory, Tone, tell
from harmonyguard.runs.spending import PARTS, Part

from .changes import Change, changes
from .charts import policy_bars, segments_by_policy, time_bars
from .pictures import Outline, Picture, Rectangle, crop_of, in_view, outlines, pictures_of
from .shell import render, write_whole
from .words import PART_WORDS, Phrase, phrase


@dataclass(frozen=True)
class Shots:
    """The pictures of one step: the page before, with the targets, and what it became."""

    before: Picture | None
    after: Picture | None
    targets: tuple[Outline, ...]
    out_of_view: bool
    crop_before: Rectangle | None
    crop_after: Rectangle | None


def render_report(events: Iterable[JournalEvent], *, folder: Path | None = None) -> str:
    """The report of the run that `events` (in order) tell of, as one HTML document.

    `folder` is the run's folder, where screenshots are looked up; without it there are none.
    Raises InputError when the events cannot be read.
    """
    story = tell(events)
    pictures = pictures_of(story.steps, folder)
    bars = policy_bars(story)
    parts: list[Part] = [part for part in PARTS if any(part in step.times.of for step in story.steps)]
    return render(
        "run.html.j2",
        run=story,
        tone=run_tone(story),
        tones=_tones(story),
        pictures=pictures,
        shots=_shots(story, pictures),
        changed=_changed(story),
        policies=bars,
        policy_segments=segments_by_policy(bars),
        times=time_bars(story),
        parts=parts,
        part_keys=[(part, PART_WORDS[part]) for part in parts],
    )


def write_report(events: Iterable[JournalEvent], out: Path, *, folder: Path | None = None) -> Path:
    """Render and write the report to `out`, whole or not at all. Returns `out`. Errors as `render_report`."""
    return write_whole(render_report(events, folder=folder), out)


def render_comparison(found: Comparison) -> str:
    """Two runs side by side as one HTML document."""
    return render("comparison.html.j2", found=found, tones={side.run: run_tone(side) for side in found.sides})


def write_comparison(found: Comparison, out: Path) -> Path:
    """Render and write the comparison to `out`, whole or not at all. Returns `out`."""
    return write_whole(render_comparison(found), out)


def run_tone(story: RunStory) -> Tone:
    """The colour of the whole run."""
    tones: dict[str, Tone] = {"done": "allow", "infeasible": "ask", "stopped": "stop", "limit": "ask"}
    return tones.get(story.outcome or "", "error")


def _tones(story: RunStory) -> dict[Tone, int]:
    order: tuple[Tone, ...] = ("allow", "revise", "ask", "stop", "error", "plain")
    counted: dict[Tone, int] = {tone: sum(step.tone == tone for step in story.steps) for tone in order}
    return {tone: count for tone, count in counted.items() if count}


def _shots(story: RunStory, pictures: Mapping[int, Picture]) -> dict[int, Shots]:
    found = {}
    for step, following in zip(story.steps, [*story.steps[1:], None], strict=True):
        before = pictures.get(step.number)
        after = pictures.get(following.number) if following is not None and _acted(step) else None
        if before is None and after is None:
            continue
        targets = outlines(step.attempts, before) if before is not None else ()
        # On the page that was acted on, what became of the target is of interest; of a new page, its top.
        focus = targets if _same_page(step, following) else ()
        found[step.number] = Shots(
            before,
            after,
            targets,
            out_of_view=any(attempt.box is not None and not in_view(attempt.box) for attempt in step.attempts),
            crop_before=None if before is None else crop_of(before, targets),
            crop_after=None if after is None else crop_of(after, focus),
        )
    return found


def _same_page(step: StepStory, following: StepStory | None) -> bool:
    if following is None or step.observation is None or following.observation is None:
        return False
    return step.observation.document == following.observation.document


def _acted(step: StepStory) -> bool:
    return any(attempt.result is not None for attempt in step.attempts)


def _changed(story: RunStory) -> dict[tuple[int, int], tuple[Change, ...]]:
    found: dict[tuple[int, int], tuple[Change, ...]] = {}
    for step in story.steps:
        for before, after in zip(step.attempts, step.attempts[1:], strict=False):
            found[step.number, after.number] = changes(_phrase(before, step), _phrase(after, step))
    return found


def _phrase(attempt: Attempt, step: StepStory) -> Phrase:
    return phrase(attempt.proposal.action, step.observation)
