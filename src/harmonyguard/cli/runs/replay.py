"""`harmonyguard runs replay`: a recorded run judged again under another policy book, before that book is enforced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harmonyguard.cli.options import BookOption, JsonOption, ModelOption, RunArgument

if TYPE_CHECKING:
    from harmonyguard.runs.replay import Replayed

_WORDS = {
    "none": "",
    "held_up": "would be held up",
    "let_through": "would be let through",
    "other_outcome": "would go another way",
    "other_reasons": "other reasons",
}


def replay(run: RunArgument, book: BookOption = None, model: ModelOption = None, as_json: JsonOption = False) -> int:
    """Judge the proposals of a recorded run again under another book, and show what would change.

    Each proposal is judged on the page and the history that it was recorded on; nothing is opened or done. What the
    agent would have done after another verdict is not known.
    Exit code 0 when every proposal would have the same outcome, 1 when one would not, 3 when the guard failed on one.

    Example: harmonyguard runs replay 20261120-142657-52ef8e --book stricter.db
    """
    import asyncio

    from harmonyguard.cli.engines import make_utility_agent, read_book
    from harmonyguard.cli.output import emit_json
    from harmonyguard.runs.journal import read_journal
    from harmonyguard.runs.replay import recorded_run
    from harmonyguard.runs.replay import replay as judge_again
    from harmonyguard.settings import load_settings

    settings = load_settings({"book": book, "model": model})
    recorded = recorded_run(read_journal(settings.runs, run))
    pinned = recorded[0].pinned
    policies = read_book(settings.book)
    guard = make_utility_agent(settings.model_copy(update={"max_revisions": pinned.max_revisions}))
    replayed = asyncio.run(judge_again(recorded, lambda situation: guard.evaluate(situation, policies)))
    document = {
        "run": run,
        "book_version": policies.version,
        "book_version_of_run": pinned.book_version,
        "judge": settings.model or "offline",
        "judge_of_run": pinned.judge,
        "proposals": [_proposal(one) for one in replayed],
        "held_up": sum(one.effect == "held_up" for one in replayed),
        "let_through": sum(one.effect == "let_through" for one in replayed),
        "changed": sum(one.changes_outcome for one in replayed),
    }
    if as_json:
        emit_json(document)
    else:
        _show(document, replayed)
    # What a run already had is no failure of the new book.
    if any(one.now.error is not None and one.recorded.verdict.error is None for one in replayed):
        return 3
    return 1 if document["changed"] else 0


def _proposal(one: Replayed) -> dict[str, Any]:
    was, now = one.recorded.verdict, one.now
    return {
        "step": one.recorded.step,
        "attempt": one.recorded.attempt,
        "action": one.recorded.proposal.action.to_json(),
        "effect": one.effect,
        "was": {"outcome": was.outcome, "violated": list(was.violated), "undecided": list(was.undecided)},
        "now": {
            "outcome": now.outcome,
            "violated": list(now.violated),
            "undecided": list(now.undecided),
            "explanation": now.explanation,
            "error": now.error,
            "judge_calls": now.judge_calls,
        },
    }


def _show(document: dict[str, Any], replayed: tuple[Replayed, ...]) -> None:
    from harmonyguard.cli.output import counted, note, paragraph, print_table, say
    from harmonyguard.cli.words.action_words import action_words

    if document["judge"] != document["judge_of_run"]:
        note(f"the run was judged by {document['judge_of_run']}, this by {document['judge']}: that alone can differ")
    rows = [
        (
            f"{one.recorded.step}.{one.recorded.attempt}",
            action_words(one.recorded.proposal.action, one.recorded.situation.observation),
            one.recorded.verdict.outcome.replace("_", " "),
            one.now.outcome.replace("_", " "),
            _WORDS[one.effect],
        )
        for one in replayed
    ]
    print_table(["step", "proposal", "was", "now", ""], rows)
    for one in replayed:
        if one.effect != "none":
            say("")
            paragraph(f"{one.recorded.step}.{one.recorded.attempt}  {_WORDS[one.effect]}", style="bold")
            paragraph(f"     {one.now.explanation or 'No policy speaks against it.'}", indent=5)
            if one.now.error:
                paragraph(f"     guard error: {one.now.error}", indent=5, style="bold red")
    say("")
    say(
        f"{counted(document['changed'], 'proposal')} of {len(replayed)} would go another way: "
        f"{document['held_up']} held up, {document['let_through']} let through"
    )
