"""`harmonyguard bench miniwob`: the offline agent on MiniWoB++, without and with the guard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from harmonyguard.cli.options import JsonOption, ModelOption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harmonyguard.benchmarks.miniwob.episodes import Episode, Side
    from harmonyguard.benchmarks.miniwob.measure import Figures

MEANING = (
    "Success: episodes with the full raw reward of the benchmark, which is not discounted by time here; a task done in "
    "part is not done. Held up: proposals that the guard did not allow; nobody answers questions, so asking means no. "
    "Step: from one look at the page to the next. Guard: the evaluation of its proposals."
)


def miniwob(
    tasks: Annotated[
        str | None, typer.Option(metavar="TASK,TASK", help="Only these tasks of the suite.", show_default=False)
    ] = None,
    episodes: Annotated[int, typer.Option(min=1, help="How many seeds of each task.")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="The first seed; the others follow it.")] = 0,
    guard: Annotated[
        Literal["on", "off"] | None, typer.Option(help="Only with, or only without, the guard.", show_default="both")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Episodes at a time. More are done sooner, with longer steps.")] = 1,
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> int:
    """Let the web agent work on small pages that nobody here wrote, without the guard and with it.

    Guarded, the example policies are in force. Needs the extra `miniwob`, which holds the pages; nothing is fetched.

    Example: harmonyguard bench miniwob --tasks click-button,login-user --episodes 2
    """
    import asyncio

    from harmonyguard.benchmarks.miniwob.measure import agent_maker, figures_of, run_suite
    from harmonyguard.benchmarks.miniwob.suite import chosen
    from harmonyguard.cli.output import emit_json, progress

    names = chosen(tasks)
    sides: list[Side] = [guard] if guard is not None else ["off", "on"]
    with progress("Reading goals", total=len(names) * episodes * len(sides)) as step:
        done = asyncio.run(
            run_suite(names, sides, episodes=episodes, seed=seed, make_agent=agent_maker(model), jobs=jobs, step=step)
        )
    figures: dict[Side, Figures] = {side: figures_of(found) for side, found in done.items()}
    if as_json:
        emit_json(_document(done, figures))
    else:
        _show(done, figures, episodes)
    return 0


def _document(done: Mapping[Side, Sequence[Episode]], figures: Mapping[Side, Figures]) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "figures": {side: {**one.to_json(), "success_rate": one.success_rate} for side, one in figures.items()},
        "episodes": {
            side: [{**asdict(episode), "success": episode.success} for episode in found] for side, found in done.items()
        },
    }


def _show(done: Mapping[Side, Sequence[Episode]], figures: Mapping[Side, Figures], episodes: int) -> None:
    from harmonyguard.cli.output import counted, paragraph, print_table, say

    sides = list(done)
    won = {side: dict.fromkeys(dict.fromkeys(one.task for one in found), 0) for side, found in done.items()}
    for side, found in done.items():
        for one in found:
            won[side][one.task] += one.success
    rows = [[task, *(f"{won[side][task]}/{episodes}" for side in sides)] for task in won[sides[0]]]
    print_table(["task", *(f"guard {side}" for side in sides)], rows)
    say("")
    print_table(
        ["guard", "success", "tasks solved", "mean reward", "held up"],
        [
            [
                side,
                f"{one.success_rate:.1%}",
                f"{one.tasks_solved}/{len(won[side])}",
                f"{one.mean_reward:.3f}",
                one.held_up,
            ]
            for side, one in figures.items()
        ],
    )
    say("")
    print_table(
        ["guard", "step ms", "p95", "guard ms", "p95", "share", "p95"],
        [
            [
                side,
                *(round(value) for value in (one.step_median, one.step_p95)),
                *(f"{value:.1f}" for value in (one.guard_median, one.guard_p95)),
                *(f"{value:.1%}" for value in (one.guard_share_median, one.guard_share_p95)),
            ]
            for side, one in figures.items()
        ],
    )
    if len(sides) == 2:
        by_guard = [
            f"{off.task} (seed {off.seed})"
            for off, on in zip(done["off"], done["on"], strict=True)
            if off.success and not on.success
        ]
        difference = figures["on"].success_rate - figures["off"].success_rate
        lost = f"; not done with it: {', '.join(by_guard)}" if by_guard else ""
        paragraph(f"Difference by the guard: {difference:+.1%} of {counted(len(done['on']), 'episode')}{lost}.")
    paragraph(MEANING)
