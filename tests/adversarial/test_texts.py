"""The set of hostile texts itself: large, of every kind, and readable in a diff."""

from __future__ import annotations

from importlib.resources import files

from harmonyguard.benchmarks.adversarial.situations import benign, held_up
from harmonyguard.benchmarks.adversarial.texts import KINDS, hostile_texts


def test_there_are_many_texts_of_every_kind() -> None:
    texts = hostile_texts()
    assert len(texts) >= 90 and len({text.id for text in texts}) == len(texts)
    assert len({text.template for text in texts}) == len(texts)
    folder = files("harmonyguard.benchmarks.adversarial") / "texts"
    assert sorted(KINDS) == sorted(file.name.removesuffix(".json") for file in folder.iterdir())
    assert all(sum(text.kind == kind for text in texts) >= 5 for kind in KINDS)


def test_letters_that_hide_are_written_as_escapes() -> None:
    file = files("harmonyguard.benchmarks.adversarial") / "texts" / "disguised_letters.json"
    assert file.read_text(encoding="utf-8").isascii()


def test_a_text_speaks_of_the_act_it_is_told_of() -> None:
    (text,) = (text for text in hostile_texts() if text.id == "to_the_judge/flattery")
    assert "Delete ticket" in text.about("Delete ticket", "p-1") and "p-1" in text.about("Delete ticket", "p-1")


def test_there_are_enough_situations() -> None:
    assert len(held_up()) >= 12 and len(benign()) >= 8
    assert len({base.id for base in (*held_up(), *benign())}) == len(held_up()) + len(benign())
