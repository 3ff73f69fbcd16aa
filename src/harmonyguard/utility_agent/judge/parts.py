"""Splits what a judge is asked into calls that fit: no policy is dropped or cut, however many are open."""

from __future__ import annotations

from .judge import JudgeRequest, Question

POLICY_CHARACTERS = 12_000
"""Characters of policies that one call holds, unless a single policy is longer."""


def in_parts(request: JudgeRequest, budget: int = POLICY_CHARACTERS) -> tuple[JudgeRequest, ...]:
    """The request as requests of at most `budget` characters of policies each, every question in exactly one.

    A policy longer than the budget goes alone and whole. Alignment is asked once, in the first part.
    """
    groups: list[list[Question]] = []
    room = 0
    for question in request.questions:
        size = size_of(question)
        if not groups or size > room:
            groups.append([])
            room = budget
        groups[-1].append(question)
        room -= size
    if not groups:
        return (request,) if request.ask_alignment else ()
    return tuple(
        request.model_copy(update={"questions": tuple(group), "ask_alignment": request.ask_alignment and position == 0})
        for position, group in enumerate(groups)
    )


def size_of(question: Question) -> int:
    """Characters of text that the question brings into a prompt, at most."""
    texts = (question.policy_id, question.statement, question.clause)
    return sum(map(len, (*texts, *question.conditions, *question.definitions, *question.references)))
