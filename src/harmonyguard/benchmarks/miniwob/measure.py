"""Works on the suite without and with the guard, and reduces the episodes to figures."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from collections.abc import Callable, Coroutine, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from harmonyguard.benchmarks.demo import read_examples
from harmonyguard.steps import GuardError, InputError, Record
from harmonyguard.web_agent.agent import WebAgent
from harmonyguard.web_agent.browser.sessions import keep_browser
from harmonyguard.web_agent.grammar.grammar_agent import GrammarAgent

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


def agent_maker(model: str | None) -> Callable[[], WebAgent]:
    """Makes the agent of one episode: the offline one, or one that asks the chat model `model`.

    Raises InputError for an unknown model.
    """
    if model is None:
        return GrammarAgent
    from harmonyguard.models import load_model
    from harmonyguard.web_agent.model_agent import ModelWebAgent

    chat_model = load_model(model)
    return lambda: ModelWebAgent(chat_model, model)


async def run_suite(
    tasks: Sequence[str],
    sides: Sequence[Side],
    *,
    episodes: int,
    seed: int = 0,
    make_agent: Callable[[], WebAgent],
    jobs: int = 1,
    step: Callable[[str], None] = lambda _: None,
) -> dict[Side, tuple[Episode, ...]]:
    """Work on `episodes` seeds of each task, from `seed` on, on each side in turn; `step` hears of each one done.

    One browser serves all; every episode has a context of its own in it. Both sides get the same seeds, one right
    after the other, so that what else the machine does is no difference between them. `jobs` pairs are worked on at a
    time: more than one is quicker, and makes every step slower.
    """
    wanted = [(task, number) for task in tasks for number in range(seed, seed + episodes)]
    with as_file(files("harmonyguard.examples")) as examples:
        book = await read_examples(examples)
    with tempfile.TemporaryDirectory(prefix="harmonyguard-miniwob-", ignore_cleanup_errors=True) as folder:
        async with serve() as pages:
            goals = await read_goals(pages, wanted)
            free = asyncio.Semaphore(jobs)

            async def both_sides(task: str, number: int) -> list[Episode]:
                found = []
                async with free:
                    for side in sides:
                        goal, agent = goals[task, number], make_agent()
                        place = Path(folder)
                        found.append(
                            await work_on(task, number, goal, side, agent=agent, pages=pages, book=book, runs=place)
                        )
                        step(f"{task}, seed {number}, guard {side}")
                return found

            async with keep_browser():
                done = await _all([both_sides(task, number) for task, number in wanted])
    return {side: tuple(found[place] for found in done) for place, side in enumerate(sides)}


async def _all(works: Sequence[Coroutine[None, None, list[Episode]]]) -> list[list[Episode]]:
    """What all of them return, in order. The first that fails ends the others, and its error is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(work) for work in works]
    except* (GuardError, InputError) as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]


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
