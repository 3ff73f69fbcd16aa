"""MiniWoB++: the suite covers the package, episodes are seeded, and the page's own reward decides."""

from __future__ import annotations

import pytest

from harmonyguard.benchmarks.miniwob.episodes import Episode, StepTime
from harmonyguard.benchmarks.miniwob.measure import agent_maker, figures_of, run_suite
from harmonyguard.benchmarks.miniwob.server import pages_folder
from harmonyguard.benchmarks.miniwob.suite import EXCLUDED, SUITE, chosen
from harmonyguard.steps import Action, InputError, Proposal
from harmonyguard.web_agent.agent import View


def test_every_page_of_the_package_is_worked_on_or_left_out_for_a_reason() -> None:
    pages = {path.stem for path in (pages_folder() / "miniwob").glob("*.html")}

    assert set(SUITE) | set(EXCLUDED) == pages
    assert not set(SUITE) & set(EXCLUDED)


def test_tasks_are_chosen_by_name() -> None:
    assert chosen(None) == SUITE
    assert chosen("login-user, click-button") == ("login-user", "click-button")
    with pytest.raises(InputError, match=r"draw-line is not in the suite\. Drawing"):
        chosen("draw-line")
    with pytest.raises(InputError, match='no task "login"'):
        chosen("login")


async def test_the_offline_agent_does_simple_tasks_guarded_and_not() -> None:
    told: list[str] = []

    done = await run_suite(
        ["click-button", "login-user"], ["off", "on"], episodes=1, make_agent=agent_maker(None), step=told.append
    )

    assert [(one.task, one.reward, one.success) for one in done["off"]] == [
        ("click-button", 1.0, True),
        ("login-user", 1.0, True),
    ]
    assert [(one.reward, one.held_up) for one in done["on"]] == [(1.0, 0)] * 2
    assert [one.goal for one in done["on"]] == [one.goal for one in done["off"]]
    assert len(told) == 4
    guarded, free = figures_of(done["on"]), figures_of(done["off"])
    assert (guarded.success_rate, guarded.tasks_solved) == (1.0, 2)
    assert free.guard_p95 == 0.0 < guarded.guard_median
    assert 0 < guarded.guard_share_median < 1


async def test_a_wrong_act_earns_what_the_page_says_and_ends_the_episode() -> None:
    class ClicksTheWrongOne:
        name = "wrong"

        async def propose(self, view: View) -> Proposal:
            buttons = [element for element in view.observation.elements if element.role == "button"]
            wrong = next(button for button in buttons if f'"{button.name}"' not in view.task.goal)
            return Proposal(action=Action(type="click", ref=wrong.ref))

    done = await run_suite(["click-button"], ["off"], episodes=1, seed=1, make_agent=ClicksTheWrongOne)

    (episode,) = done["off"]
    assert (episode.reward, episode.success, episode.answer) == (-1.0, False, "The episode is over.")


def test_a_task_done_in_part_is_not_done() -> None:
    def episode(task: str, reward: float | None) -> Episode:
        return Episode(
            task=task, seed=0, goal="", reward=reward, outcome="done", answer=None, held_up=0,
            steps=(StepTime(whole=100.0, guard=4.0),),
        )  # fmt: skip

    figures = figures_of([episode("a", 1.0), episode("a", 0.5), episode("b", 1.0), episode("c", None)])

    assert (figures.episodes, figures.successes, figures.tasks_solved) == (4, 2, 1)
    assert figures.mean_reward == pytest.approx(0.625)
    assert figures.guard_share_median == pytest.approx(0.04)
