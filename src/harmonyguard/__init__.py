"""HarmonyGuard: a guard that keeps LLM web agents inside policies without making them useless.

The names below are loaded when they are first used: importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from harmonyguard.documents import load_document
    from harmonyguard.graphs.guarded_agent import build_guarded_agent
    from harmonyguard.graphs.running import run_task
    from harmonyguard.policies.book import PolicyBook
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.policies.policy import Policy
    from harmonyguard.policy_agent import PolicyAgent
    from harmonyguard.state import GuardContext
    from harmonyguard.steps import Action, Element, Finding, Guidance, Observation, Proposal, Situation, Task, Verdict
    from harmonyguard.utility_agent.agent import UtilityAgent
    from harmonyguard.utility_agent.evaluator import Evaluator
    from harmonyguard.web_agent.agent import View, WebAgent
    from harmonyguard.web_agent.browser.custom_actions import CustomAction

_PLACES = {
    "Action": "steps",
    "CustomAction": "web_agent.browser.custom_actions",
    "Element": "steps",
    "Evaluator": "utility_agent.evaluator",
    "Finding": "steps",
    "GuardContext": "state",
    "Guidance": "steps",
    "Observation": "steps",
    "Policy": "policies.policy",
    "PolicyAgent": "policy_agent",
    "PolicyBook": "policies.book",
    "PolicyLog": "policies.log",
    "Proposal": "steps",
    "Situation": "steps",
    "Task": "steps",
    "UtilityAgent": "utility_agent.agent",
    "Verdict": "steps",
    "View": "web_agent.agent",
    "WebAgent": "web_agent.agent",
    "build_guarded_agent": "graphs.guarded_agent",
    "load_document": "documents",
    "run_task": "graphs.running",
}

__all__ = [
    "Action",
    "CustomAction",
    "Element",
    "Evaluator",
    "Finding",
    "GuardContext",
    "Guidance",
    "Observation",
    "Policy",
    "PolicyAgent",
    "PolicyBook",
    "PolicyLog",
    "Proposal",
    "Situation",
    "Task",
    "UtilityAgent",
    "Verdict",
    "View",
    "WebAgent",
    "build_guarded_agent",
    "load_document",
    "run_task",
]


def __getattr__(name: str) -> Any:
    place = _PLACES.get(name)
    if place is None:
        raise AttributeError(f"module 'harmonyguard' has no attribute {name!r}")
    return getattr(import_module(f"harmonyguard.{place}"), name)


def __dir__() -> list[str]:
    """What the package offers, and not what this module is made of."""
    return [*__all__, "__version__"]
