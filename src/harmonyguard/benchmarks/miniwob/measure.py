"""Works on the suite without and with the guard, and reduces the episodes to figures."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from harmonyguard.benchmarks.demo import read_examples
from harmonyguard.steps import Record
from harmonyguard.web_agent.agent import WebAgent
from harmonyguard.web_agent.grammar_agent import GrammarAgent
from harmonyguard.web_agent.sessions import keep_browser

from .episodes import Episode, Side, StepTime, work_on
from .goals import read_goals
from .server import serve


class Figures(Record):
    """One side of the benchmark. Times are wall time in milliseconds; `guard_share` is of a step (0 to 1)."""

    episodes: int
    successes: int
    tasks_solved: int
    mean_reward: float
    held_up: int
    step_median: float
    step_p95: float
    guard_median: float
    guard_p95: float
    guard_share_median: float
    guard_share_p95: float

    @property
    def success_rate(self) -> float:
        """Share of the episodes that earned the full raw reward."""
        return self.successes / self.episodes


def make_agent(model: str | None) -> WebAgent:
    """The offline agent, or one that asks the chat model `model`. Raises InputError for an unknown model."""
    if model is None:
        return GrammarAgent()
    from harmonyguard.models import load_model
    from harmonyguard.web_agent.model_agent import ModelWebAgent

    return ModelWebAgent(load_model(model), model)


async def run_suite(
    tasks: Sequence[str],
    sides: Sequence[Side],
    *,
    episodes: int,
    seed: int = 0,
    agent: WebAgent,
    step: Callable[[str], None] = lambda _: None,
) -> dict[Side, tuple[Episode, ...]]:
    """Work on `episodes` seeds of each task, from `seed` on, on each side in turn; `step` hears of each one done.

    One browser serves all; every episode has a context of its own in it. Both sides get the same seeds, one right
    after the other, so that what else the machine does is no difference between them.
    """
    wanted = [(task, number) for task in tasks for number in range(seed, seed + episodes)]
    done: dict[Side, list[Episode]] = {side: [] for side in sides}
    with as_file(files("harmonyguard.examples")) as examples:
        book = await read_examples(examples)
    with tempfile.TemporaryDirectory(prefix="harmonyguard-miniwob-") as folder:
        async with serve() as pages:
            goals = await read_goals(pages, wanted)
            async with keep_browser():
                for task, number in wanted:
                    for side in sides:
                        episode = await work_on(
                            task,
                            number,
                            goals[task, number],
                            side,
                            agent=agent,
                            pages=pages,
                            book=book,
                            runs=Path(folder),
                        )
                        done[side].append(episode)
                        step(f"{task}, seed {number}, guard {side}")
    return {side: tuple(found) for side, found in done.items()}


def figures_of(episodes: Sequence[Episode]) -> Figures:
    """The figures of one side."""
    steps: list[StepTime] = [step for episode in episodes for step in episode.steps]
    shares = [step.guard / step.whole for step in steps]
    solved = dict.fromkeys((episode.task for episode in episodes), True)
    for episode in episodes:
        solved[episode.task] = solved[episode.task] and episode.success
    return Figures(
        episodes=len(episodes),
        successes=sum(episode.success for episode in episodes),
        tasks_solved=sum(solved.values()),
        mean_reward=statistics.fmean(episode.reward or 0.0 for episode in episodes),
        held_up=sum(episode.held_up for episode in episodes),
        step_median=_quantile([step.whole for step in steps], 0.5),
        step_p95=_quantile([step.whole for step in steps], 0.95),
        guard_median=_quantile([step.guard for step in steps], 0.5),
        guard_p95=_quantile([step.guard for step in steps], 0.95),
        guard_share_median=_quantile(shares, 0.5),
        guard_share_p95=_quantile(shares, 0.95),
    )


def _quantile(values: Sequence[float], part: float) -> float:
    """The value below which `part` of them lie: nearest rank, 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0
