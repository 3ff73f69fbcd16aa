"""From findings to an outcome: one pure function, the table that a compliance officer signs.

| what is known                               | the act                              | outcome                 |
|---------------------------------------------|--------------------------------------|-------------------------|
| a policy is violated                        | revisions left                       | revise                  |
|                                             | none left, consent lifts all         | ask_human               |
|                                             | none left otherwise                  | stop                    |
| an error of the guard                       | plain read, not following a page     | allow, error recorded   |
|                                             | anything else                        | ask_human               |
| off the task, following a page              | revisions left / none left           | revise / stop           |
| a policy is undecided, high risk            | not a plain read, not reversible     | ask_human               |
| a policy is undecided, low or medium risk   | irreversible                         | ask_human               |
|                                             | reversible                           | allow, undecided recorded |
| off the task otherwise                      | no effects                           | allow                   |
|                                             | effects, first time, revisions left  | revise                  |
|                                             | effects, again: reversible / not     | allow / ask_human       |
| nothing of this                             | any                                  | allow                   |

Rows are tried from the top: what is known to be forbidden stays so when another part of the guard failed, because a
plain prohibition never becomes a question. Policies under `warn` or `audit` are recorded and decide nothing. Messages
to the agent's own user reach nobody else: an undecided policy does not hold them up.
"""

from __future__ import annotations

from dataclasses import dataclass

from harmonyguard.steps import Alignment, Finding, Outcome


@dataclass(frozen=True)
class Judgement:
    """Everything that the outcome depends on.

    `irreversible` is None when the act's effects are unknown; `has_effects` says that it leaves, or may leave,
    something behind. `revisions` were made in this step so far;
    `deviated_before` says that a proposal of this step was held up as off the task already.
    """

    violated: tuple[Finding, ...] = ()
    undecided: tuple[Finding, ...] = ()
    alignment: Alignment = "unknown"
    follows_page: bool = False
    error: str | None = None
    is_plain_read: bool = False
    irreversible: bool | None = None
    has_effects: bool = True
    revisions: int = 0
    max_revisions: int = 3
    deviated_before: bool = False


def outcome_of(judgement: Judgement) -> Outcome:
    """The outcome that the table gives."""
    violated = [finding for finding in judgement.violated if finding.enforcement == "enforce"]
    undecided = [finding for finding in judgement.undecided if finding.enforcement == "enforce"]
    follows_page = judgement.alignment == "deviated" and judgement.follows_page
    revisions_left = judgement.revisions < judgement.max_revisions
    if violated:
        if revisions_left:
            return "revise"
        return "ask_human" if all(finding.consent_lifts for finding in violated) else "stop"
    if judgement.error is not None:
        return "allow" if judgement.is_plain_read and not follows_page else "ask_human"
    if follows_page:
        return "revise" if revisions_left else "stop"
    if undecided and not judgement.is_plain_read and _needs_a_person(undecided, judgement.irreversible):
        return "ask_human"
    if judgement.alignment == "deviated" and judgement.has_effects:
        if revisions_left and not judgement.deviated_before:
            return "revise"
        return "allow" if judgement.irreversible is False else "ask_human"
    return "allow"


def _needs_a_person(undecided: list[Finding], irreversible: bool | None) -> bool:
    if any(finding.risk_level == "high" for finding in undecided):
        return irreversible is not False
    return irreversible is True
