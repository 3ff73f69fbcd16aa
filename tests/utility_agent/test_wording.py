"""Where a judge can be asked, other words alone do not clear an act that cannot be undone."""

from __future__ import annotations

from harmonyguard.policies.atom import Atom
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.facts.answers import answer
from harmonyguard.utility_agent.facts.wording import answer_for_judge

from .making import button, situation

WIDGETS = Atom(kind="thing", term="widgets")
REMOVE = Act(situation(button("Remove tile"), goal="Clean up the start page."))
RENAME = Act(situation(button("Rename tile"), goal="Clean up the start page."))


def test_other_words_for_a_thing_are_left_to_the_judge() -> None:
    assert REMOVE.irreversible is True
    assert answer_for_judge(REMOVE, WIDGETS) is None


def test_things_that_are_common_on_pages_are_told_apart_where_the_act_can_be_undone() -> None:
    act = Act(situation(button("Rename folder"), goal="Clean up the start page."))
    assert act.irreversible is False
    assert answer_for_judge(act, Atom(kind="thing", term="invoice")) is False
    assert answer_for_judge(RENAME, WIDGETS) is None, "neither name is known"


def test_what_a_verb_does_is_told_by_its_effects() -> None:
    saves = Act(situation(button("Save ticket"), goal="Save the ticket.", fields={"Title": "x"}))
    assert answer_for_judge(saves, Atom(kind="verb", term="deleted")) is False


def test_known_answers_stay() -> None:
    for atom in (Atom(kind="thing", term="tile"), Atom(kind="effect", term="delete"), Atom(kind="effect", term="send")):
        assert answer_for_judge(REMOVE, atom) is answer(REMOVE, atom)
