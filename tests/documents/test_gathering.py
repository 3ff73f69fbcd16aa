"""From what was named to single documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from harmonyguard.documents import FoundDocument, Gathering, SiteLimits, SkippedDocument
from harmonyguard.steps import InputError


async def found(gathering: Gathering, sources: Sequence[str]) -> list[FoundDocument]:
    return [one async for one in gathering.find(sources) if isinstance(one, FoundDocument)]


async def test_a_folder_holds_the_documents_in_it(tmp_path: Path) -> None:
    for name in ("b.md", "a.PDF", "deep/c.html", "picture.png", ".git/notes.md", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    folder = str(tmp_path)
    documents = await found(Gathering(), [folder, str(tmp_path / "b.md")])
    assert [Path(one.uri).relative_to(tmp_path).as_posix() for one in documents] == ["a.PDF", "b.md", "deep/c.html"]
    assert {(one.source, one.is_named) for one in documents} == {(folder, False)}


async def test_a_folder_without_documents_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no documents in"):
        await found(Gathering(), [str(tmp_path)])
    with pytest.raises(InputError, match="no policy documents"):
        await found(Gathering(), [])


async def test_what_was_fetched_on_the_way_is_not_fetched_again(site) -> None:
    base, pages = site
    pages["/rules/"] = (200, {"Content-Type": "text/html"}, b"<p>Orders must not be deleted.</p><a href='x'>gone</a>")
    gathering = Gathering(private="of_named_host", site=SiteLimits())
    every = [one async for one in gathering.find([f"{base}/rules/"])]
    assert [type(one) for one in every] == [FoundDocument, SkippedDocument]
    document = every[0]
    assert isinstance(document, FoundDocument) and document.source == document.uri and not document.is_named
    del pages["/rules/"]
    assert b"must not" in (await gathering.read(document)).data
    with pytest.raises(InputError, match=r"is gone: read .* again"):
        await gathering.read(document)


async def test_a_key_of_an_edited_state_reaches_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Secrets must stay.")
    forged = FoundDocument(uri="u", source="s", put_aside=f"../../{tmp_path}/secret.txt")
    with pytest.raises(InputError, match="is gone"):
        await Gathering().read(forged)
    assert (tmp_path / "secret.txt").is_file()
