"""LangChain loaders by import path: options are typed, and what is wrong is said in one line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document as Loaded

from harmonyguard.documents import load_with
from harmonyguard.documents.loaders import make_loader
from harmonyguard.policy_agent import PolicyAgent
from harmonyguard.steps import InputError

WIKI = f"{__name__}.Wiki"
RECURSIVE = "langchain_community.document_loaders.RecursiveUrlLoader"


class Wiki(BaseLoader):
    """A loader of one's own."""

    def __init__(self, space: str, limit: int = 3, tags: list[str] | None = None, drafts: bool = False, free=None):  # type: ignore[no-untyped-def]
        if limit < 0:
            raise ValueError("limit is below 0")
        self.given = {"space": space, "limit": limit, "tags": tags, "drafts": drafts, "free": free}

    def lazy_load(self) -> Iterator[Loaded]:
        yield Loaded(page_content="Orders must not be deleted.", metadata={"source": f"wiki/{self.given['space']}.pdf"})
        yield Loaded(page_content="Orders must be kept.", metadata={"source": f"wiki/{self.given['space']}.pdf"})


def given(**options: str) -> dict[str, Any]:
    loader = make_loader(WIKI, options)
    assert isinstance(loader, Wiki)
    return loader.given


def test_values_are_read_as_the_constructor_types_them() -> None:
    found = given(space="12", limit="7", tags='["a", "b"]', drafts="true", free='{"x": 1}')
    assert found == {"space": "12", "limit": 7, "tags": ["a", "b"], "drafts": True, "free": {"x": 1}}
    assert given(space="x", free="plain words")["free"] == "plain words"


@pytest.mark.parametrize(
    ("path", "options", "says"),
    [
        ("Wiki", {}, "is no import path"),
        ("no such.Thing", {}, "is no import path"),
        ("no_such_package_here.Loader", {}, "cannot be imported"),
        ("json.NoLoader", {}, "json has no NoLoader"),
        ("json.JSONDecoder", {}, "is not a LangChain document loader"),
        (WIKI, {}, "needs space: give --loader-option space=VALUE"),
        (WIKI, {"space": "x", "depth": "2"}, "has no option depth: it has space, limit, tags, drafts, free"),
        (WIKI, {"space": "x", "limit": "many"}, "option limit of loader .* takes int, not 'many'"),
        (WIKI, {"space": "x", "limit": "-1"}, "cannot be made with these options: limit is below 0"),
    ],
)
def test_what_is_wrong_is_said(path: str, options: dict[str, str], says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        make_loader(path, options)
    assert "\n" not in str(caught.value)


async def test_pieces_of_one_source_are_one_document_whatever_its_name_promises() -> None:
    (document,) = await load_with(make_loader(WIKI, {"space": "orders"}))
    assert document.uri == "wiki/orders.pdf"
    assert [element.text for element in document.elements] == ["Orders must not be deleted.", "Orders must be kept."]


async def test_recursive_url_loader_reads_a_site(site: tuple[str, dict[str, Any]]) -> None:
    base, pages = site
    html = {"Content-Type": "text/html"}
    pages["/rules/"] = (200, html, b"<html><body><p>Read on.</p><a href='orders.html'>Orders</a></body></html>")
    pages["/rules/orders.html"] = (200, html, b"<html><body><p>Orders must not be deleted.</p></body></html>")
    loader = make_loader(RECURSIVE, {"url": f"{base}/rules/", "max_depth": "2"})
    documents = {document.uri: document for document in await load_with(loader)}
    (policy,) = PolicyAgent().extract(documents[f"{base}/rules/orders.html"]).policies
    assert policy.clause == "Orders must not be deleted."


def test_the_sunset_of_langchain_community_does_not_reach_the_terminal() -> None:
    code = f"from harmonyguard.documents.loaders import make_loader; make_loader({RECURSIVE!r}, {{'url': 'http://a.test'}})"
    ended = subprocess.run(
        [sys.executable, "-W", "default::DeprecationWarning", "-c", code], capture_output=True, text=True
    )
    assert ended.returncode == 0 and "sunset" not in ended.stderr
