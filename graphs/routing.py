"""Where a run goes next: small pure functions of the state, one for each node that more than one follows.

They only choose a way. What may be done is decided by permits, so a state that was edited into another way meets
a node that finds none.
"""

from __future__ import annotations

from typing import Literal

from harmonyguard.nodes.shared.entering import task_of
from harmonyguard.state import AgentState

AfterStart = Literal["policy_ingestion", "observe_page"]
AfterObservation = Literal["web_action", "finish"]
AfterProposal = Literal["utility_evaluation", "finish"]
AfterEvaluation = Literal["execute_action", "policy_update", "human_review", "ask_user", "finish"]
AfterUpdate = Literal["reflection", "finish"]
AfterReflection = Literal["web_action", "finish"]
AfterReview = Literal["execute_action", "ask_user", "utility_evaluation", "reflection", "finish"]
AfterAct = Literal["observe_page", "finish"]


def after_start(state: AgentState) -> AfterStart:
    """Documents are read first. Raises InputError for a task without words or URL, before anything happens."""
    task_of(state)
    return "policy_ingestion" if state.get("sources") else "observe_page"


def after_observe_page(state: AgentState) -> AfterObservation:
    """On to the proposal."""
    return "finish" if _over(state) else "web_action"


def after_web_action(state: AgentState) -> AfterProposal:
    """Every proposal is judged."""
    return "finish" if _over(state) else "utility_evaluation"


def after_utility_evaluation(state: AgentState) -> AfterEvaluation:
    """By the verdict; in shadow mode as if it were an allow."""
    verdict = state.get("verdict")
    if _over(state) or verdict is None:
        return "finish"
    outcome = verdict.get("outcome")
    if outcome == "allow" or (state.get("run") or {}).get("mode") == "shadow":
        return _let_through(state)
    if outcome == "revise":
        return "policy_update"
    return "human_review" if outcome == "ask_human" else "finish"


def after_policy_update(state: AgentState) -> AfterUpdate:
    """Revisions in one step are bounded."""
    return "finish" if _over(state) or _revisions_used_up(state) else "reflection"


def after_reflection(state: AgentState) -> AfterReflection:
    """The Web Agent proposes again."""
    return "finish" if _over(state) else "web_action"


def after_human_review(state: AgentState) -> AfterReview:
    """By the answer; whatever is no answer ends the run."""
    review = state.get("review")
    answer = None if _over(state) or review is None else review.get("answer")
    if answer == "approve":
        return _let_through(state)
    if answer == "edit":
        return "utility_evaluation"
    return "reflection" if answer == "reject" and not _revisions_used_up(state) else "finish"


def after_act(state: AgentState) -> AfterAct:
    """After execute_action and ask_user: the next look at the page, as long as there are steps left."""
    most = (state.get("run") or {}).get("max_steps", 0)
    return "finish" if _over(state) or state.get("step", 0) >= most else "observe_page"


def _over(state: AgentState) -> bool:
    return state.get("error") is not None


def _revisions_used_up(state: AgentState) -> bool:
    most: int = (state.get("run") or {}).get("max_revisions", 0)
    return state.get("revision", 0) >= most


def _let_through(state: AgentState) -> Literal["execute_action", "ask_user", "finish"]:
    kind = ((state.get("proposal") or {}).get("action") or {}).get("type")
    if kind == "ask_user":
        return "ask_user"
    return "finish" if kind in ("finish", "report_infeasible", None) else "execute_action"
