"""The picture of the graphs is the graphs."""

from __future__ import annotations

from pathlib import Path

from harmonyguard.graphs.draw import document
from harmonyguard.graphs.guarded_agent import graph

ROOT = Path(__file__).parents[2]


def test_the_documented_picture_is_current() -> None:
    assert (ROOT / "docs" / "graph.md").read_text(encoding="utf-8") == document()


def test_the_guarded_agent_has_the_nodes_of_the_design_and_no_others() -> None:
    assert set(graph.get_graph().nodes) == {
        "__start__",
        "policy_ingestion",
        "observe_page",
        "web_action",
        "utility_evaluation",
        "policy_update",
        "reflection",
        "human_review",
        "ask_user",
        "execute_action",
        "finish",
        "__end__",
    }


def test_only_execute_action_follows_from_a_judgement() -> None:
    """No edge leads to the node that acts except from the judgement and from the person who lifted it."""
    edges = {(edge.source, edge.target) for edge in graph.get_graph().edges}
    assert {source for source, target in edges if target == "execute_action"} == {"utility_evaluation", "human_review"}
