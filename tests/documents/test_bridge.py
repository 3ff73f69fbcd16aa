"""Any LangChain loader as a source of policies."""

from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document as Loaded

from harmonyguard.documents import load_with
from harmonyguard.policy_agent import PolicyAgent
from harmonyguard.steps import InputError


class Shelf(BaseLoader):
    """A loader of one's own."""

    def __init__(self, *documents: Loaded) -> None:
        self._documents = documents

    def load(self) -> list[Loaded]:
        return list(self._documents)


async def test_a_loader_of_ones_own_feeds_the_policy_agent() -> None:
    text = "# Orders\n\nOrders must not be deleted."
    (document,) = await load_with(Shelf(Loaded(page_content=text, metadata={"source": "wiki/orders.md"})))
    (policy,) = PolicyAgent().extract(document).policies
    assert (policy.clause, policy.place) == ("Orders must not be deleted.", "orders.md, Orders")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_a_loader_of_langchain_community_feeds_the_policy_agent(tmp_path: Path) -> None:
    from langchain_community.document_loaders import TextLoader

    file = tmp_path / "rules.txt"
    file.write_text("Orders must not be deleted.\n", encoding="utf-8")
    (document,) = await load_with(TextLoader(str(file), encoding="utf-8"))
    assert [policy.clause for policy in PolicyAgent().extract(document).policies] == ["Orders must not be deleted."]


@pytest.mark.parametrize(
    ("documents", "complaint"),
    [
        ((), "loaded nothing"),
        ((Loaded(page_content="Orders must not be deleted."),), "without a source"),
        ((Loaded(page_content=" ", metadata={"source": "empty.md"}),), "empty.md is empty"),
    ],
)
async def test_what_cannot_be_cited_is_bad_input(documents: tuple[Loaded, ...], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        await load_with(Shelf(*documents))
