"""Another chat model, or one for each agent: whatever LangChain has a chat model for, made by you."""

from __future__ import annotations

import sys
from pathlib import Path

from langchain_core.language_models import BaseChatModel

from harmonyguard import UtilityAgent, build_guarded_agent
from harmonyguard.examples.desk import POLICIES, on_a_desk, settings
from harmonyguard.utility_agent.judge.model_judge import ModelJudge
from harmonyguard.web_agent.model_agent import ModelWebAgent


async def guarded(browser: BaseChatModel, judge: BaseChatModel, desk: str, folder: Path) -> None:
    """`browser` works on the task, `judge` decides what rules leave open."""
    agent = build_guarded_agent(
        web_agent=ModelWebAgent(browser, "my browser model"),
        utility_agent=UtilityAgent(ModelJudge(judge, "my judge model")),
    )
    task = {"task": "What is this page called?", "url": f"{desk}/tickets", "sources": [POLICIES]}
    result = await agent.ainvoke(task, context=settings(folder))
    print(result["outcome"], "-", result.get("answer"))


async def main(desk: str, folder: Path) -> None:
    from langchain.chat_models import init_chat_model

    model = init_chat_model(sys.argv[1])
    await guarded(model, model, desk, folder)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m harmonyguard.examples.other_model provider:name")
    on_a_desk(main)
