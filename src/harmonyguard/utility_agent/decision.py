"""From findings to an outcome: one pure function, the table that a compliance officer signs.

| what is known                               | the act                              | outcome                 |
|---------------------------------------------|--------------------------------------|-------------------------|
| an error of the guard                       | plain read                           | allow, error recorded   |
|                                             | anything else                        | ask_human               |
| a policy is violated                        | revisions left                       | revise                  |
|                                             | none left, consent lifts all         | ask_human               |
|                                             | none left otherwise                  | stop                    |
| a policy is undecided, high risk            | not a plain read, not reversible     | ask_human               |
| a policy is undecided, low or medium risk   | irreversible                         | ask_human               |
|                                             | reversible                           | allow, undecided recorded |
| off the task, following a page              | revisions left / none left           | revise / stop           |
| off the task otherwise                      | no effects                           | allow                   |
|                                             | effects, first time                  | revise                  |
|                                             | effects, again: reversible / not     | allow / ask_human       |
| nothing of this                             | any                                  | allow                   |

Rows are tried from the top. Policies under `warn` or `audit` are recorded and decide nothing. Messages to the
agent's own user reach nobody else: an undecided policy does not hold them up.
"""

from __future__ import annotations

from dataclasses import dataclass

from harmonyguard.steps import Alignment, Finding, Outcome


@dataclass(frozen=True)
class Judgement:
    """Everything that the outcome depends on.

    `irreversible` is None when the act's effects are unknown. `revisions` were made in this step so far;
    `deviated_before` says that a proposal of this step was held up as off the task already.
    """

    violated: tuple[Finding, ...] = ()
    undecided: tuple[Finding, ...] = ()
    alignment: Alignment = "unknown"
    follows_page: bool = False
    error: str | None = None
    is_plain_read: bool = False
    irreversible: bool | None = None
    revisions: int = 0
    max_revisions: int = 3
    deviated_before: bool = False


def outcome_of(judgement: Judgement) -> Outcome:
    """The outcome that the table gives."""
    violated = [finding for finding in judgement.violated if finding.enforcement == "enforce"]
    undecided = [finding for finding in judgement.undecided if finding.enforcement == "enforce"]
    if judgement.error is not None:
        return "allow" if judgement.is_plain_read and not violated else "ask_human"
    revisions_left = judgement.revisions < judgement.max_revisions
    if violated:
        if revisions_left:
            return "revise"
        return "ask_human" if all(finding.consent_lifts for finding in violated) else "stop"
    if undecided and not judgement.is_plain_read and _needs_a_person(undecided, judgement.irreversible):
        return "ask_human"
    if judgement.alignment == "deviated":
        if judgement.follows_page:
            return "revise" if revisions_left else "stop"
        if judgement.irreversible is not False:
            if not judgement.deviated_before:
                return "revise"
            return "ask_human" if judgement.irreversible else "allow"
    return "allow"


def _needs_a_person(undecided: list[Finding], irreversible: bool | None) -> bool:
    if any(finding.risk_level == "high" for finding in undecided):
        return irreversible is not False
    return irreversible is True
