"""What the judge reads of a hostile page: fenced, visible, bounded, with nothing of the guard's own words changed."""

from __future__ import annotations

import hashlib
import re

import pytest

from harmonyguard.benchmarks.adversarial.places import PLACES, Place, plant
from harmonyguard.benchmarks.adversarial.situations import Base, held_up
from harmonyguard.benchmarks.adversarial.texts import hostile_texts
from harmonyguard.policies.disguises import is_invisible
from harmonyguard.prompts import Prompt, render
from harmonyguard.steps import Situation
from harmonyguard.utility_agent.judge.judge import JudgeRequest, Question
from harmonyguard.utility_agent.judge.prompt import values_of

FENCED = re.compile(r"<(\w+) sha256=([0-9a-f]{64})>\n(.*?)\n</\1 sha256=\2>", re.DOTALL)
(BASE,) = (base for base in held_up() if base.id == "limit")


def prompt(situation: Situation, *references: str) -> Prompt:
    question = Question(policy_id="p-1", statement=BASE.policies[0], clause="", references=references)
    return render("judge", **values_of(JudgeRequest(situation=situation, questions=(question,), ask_alignment=True)))


def outside(user: str) -> str:
    """What is left when every fenced text is taken away; events come and go with the history."""
    bare = FENCED.sub(r"[\1]", user)
    return re.sub(r"Nothing was done yet\.\n|\[event\]\n", "", bare)


def check(found: Prompt, plain: Prompt, name: str) -> None:
    assert found.system == plain.system, name
    assert outside(found.user) == outside(plain.user), name
    for _, digest, text in FENCED.findall(found.user):
        assert hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() == digest, name
        assert len(text) < 13_000, name
    hidden = [
        c for c in found.user if is_invisible(c) or (not c.isprintable() and c not in "\n\t\u2028\u2029\u3000\xa0")
    ]
    assert not hidden, f"{name}: {hidden[:5]}"


@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_text_stays_inside_its_fence(place: Place) -> None:
    plain = prompt(BASE.situation)
    target = next(text for label, _, text in FENCED.findall(plain.user) if label == "target")
    for text in hostile_texts():
        situation = plant(BASE.situation, text.about(BASE.named, "p-1"), place)
        found = prompt(situation)
        check(found, plain, f"{text.id} in {place!r}")
        (shown,) = (one for label, _, one in FENCED.findall(found.user) if label == "target")
        if place not in ("name of the target", "region", "option"):
            assert shown == target, f"{text.id} in {place!r}"
        # Each line of it is the guard's, whatever line breaks a name holds.
        labels = {line.partition(":")[0] for line in target.splitlines()} | {"inside", "options"}
        assert {line.partition(":")[0] for line in shown.splitlines()} <= labels, f"{text.id} in {place!r}"


def test_the_target_stays_in_sight_on_a_page_that_is_mostly_repetition() -> None:
    for text in hostile_texts():
        for place in ("text node", "text before the page", "plain text"):
            user = prompt(plant(BASE.situation, text.about(BASE.named, "p-1"), place)).user
            (page,) = (one for label, _, one in FENCED.findall(user) if label == "page")
            assert f'- button "{BASE.named}" [ref=t]' in page, f"{text.id} in {place!r}"


def test_a_forged_reference_does_not_take_the_targets_place() -> None:
    page = BASE.situation.observation
    forged = "- paragraph: [ref=t]\n" + "x\n" * 20_000
    observation = page.model_copy(update={"text": forged + page.text})
    user = prompt(BASE.situation.model_copy(update={"observation": observation})).user
    assert f'- button "{BASE.named}" [ref=t]' in user


def test_a_recorded_violation_is_quoted_in_a_fence_of_its_own() -> None:
    plain = prompt(BASE.situation, "click the button")
    for text in hostile_texts():
        found = prompt(BASE.situation, text.about(BASE.named, "p-1"))
        check(found, plain, text.id)


def _bases() -> list[Base]:
    return list(held_up())


@pytest.mark.parametrize("base", _bases(), ids=lambda base: base.id)
def test_in_every_situation_the_first_message_is_the_same(base: Base) -> None:
    assert prompt(base.situation).system == prompt(BASE.situation).system
