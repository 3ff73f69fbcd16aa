"""Files that acts bring and files that they upload."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from harmonyguard.steps import Action, PermitError
from harmonyguard.web_agent.browser.downloads import safe_name
from harmonyguard.web_agent.browser.limits import Limits
from harmonyguard.web_agent.browser.session import BrowserSession
from harmonyguard.web_agent.browser.sessions import close_all, open_session

from .conftest import Hand, MemoryPermits, Site, named, page_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIELD = "<form method=post action=/in enctype=multipart/form-data><label>File <input type=file name=f></label></form>"
LINK = "<a download='{name}' href='data:application/octet-stream;base64,{content}'>Get</a>"


def found(folder: Path, part: str) -> list[Path]:
    """Files anywhere in `folder` whose names hold `part`."""
    return list(folder.rglob(f"*{part}*"))


@pytest_asyncio.fixture(loop_scope="module")
async def session(browser: None, site: Site, permits: MemoryPermits, tmp_path: Path) -> AsyncIterator[BrowserSession]:
    """A session that may upload from one folder, keeps downloads in another, and takes little of them."""
    outbox = tmp_path / "outbox"
    outbox.mkdir()
    (outbox / "report.txt").write_text("quarterly")
    (tmp_path / "secret.txt").write_text("secret")
    (outbox / "link.txt").symlink_to(tmp_path / "secret.txt")
    yield await open_session(
        run="run",
        permits=permits,
        allowed_hosts=frozenset({site.host}),
        downloads=tmp_path / "inbox",
        uploads=outbox,
        limits=Limits(download_bytes=1_000),
    )
    await close_all()


async def test_a_file_is_uploaded_by_name(hand: Hand, site: Site, tmp_path: Path) -> None:
    await hand.goto(site.page("/p", FIELD))
    result = await hand.on("upload_file", "File", "report.txt")
    assert result.error is None
    page = page_of(hand.session)
    assert await page.evaluate("document.querySelector('input').files[0].text()") == "quarterly"
    seen = await hand.session.observe()
    assert seen.forms[0].fields["File"] == "report.txt"
    assert str(tmp_path) not in str(seen.to_json()) + str(result.to_json())


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "link.txt", "none.txt", "", ".", "..\\secret.txt"])
async def test_only_files_right_in_the_folder_are_uploaded(hand: Hand, site: Site, tmp_path: Path, name: str) -> None:
    await hand.goto(site.page("/p", FIELD))
    result = await hand.on("upload_file", "File", name)
    assert result.error is not None and "report.txt" in result.error and str(tmp_path) not in result.error
    assert await page_of(hand.session).evaluate("document.querySelector('input').files.length") == 0


async def test_a_file_goes_into_no_other_field_than_the_judged_one(hand: Hand, site: Site) -> None:
    await hand.goto(site.page("/p", FIELD))
    action = await hand.action("upload_file", "File", "report.txt")
    permit = hand.permits.mint(action, await hand.session.observe())
    await page_of(hand.session).evaluate("document.forms[0].action = '/elsewhere'")
    with pytest.raises(PermitError):
        await hand.session.perform(action, permit)
    await hand.goto(site.page("/q", "<button>Pick</button>"))
    result = await hand.on("upload_file", "Pick", "report.txt")
    assert result.error == "upload_file: the target is no field for files"


async def test_a_download_is_kept_under_a_safe_name(hand: Hand, site: Site, tmp_path: Path) -> None:
    await hand.goto(site.page("/p", LINK.format(name="../../.bashrc", content="aGVsbG8=")))
    for name in (".bashrc", "-2.bashrc"):
        result = await hand.on("click", "Get")
        (file,) = result.downloads
        assert (result.error, file.size, file.sha256) == (None, 5, hashlib.sha256(b"hello").hexdigest())
        assert (tmp_path / "inbox" / file.name).read_bytes() == b"hello"
        assert file.name.endswith(name)
    assert {path.parent.name for path in found(tmp_path, "bashrc")} == {"inbox"}


async def test_a_download_that_is_too_large_is_not_kept(hand: Hand, site: Site, tmp_path: Path) -> None:
    await hand.goto(site.page("/p", LINK.format(name="big.bin", content="A" * 4_000)))
    result = await hand.on("click", "Get")
    assert result.error == "big.bin was not kept: it is larger than 1000 bytes"
    assert found(tmp_path, "big") == []


async def test_a_download_that_no_act_led_to_is_refused(hand: Hand, site: Site, tmp_path: Path) -> None:
    await hand.goto(site.page("/p", LINK.format(name="drive-by.exe", content="TVo=")))
    async with page_of(hand.session).expect_download():
        await page_of(hand.session).evaluate("document.querySelector('a').click()")
    assert (await hand.session.observe()).notices == ("The page wanted to download drive-by.exe by itself: refused.",)
    assert found(tmp_path, "drive-by") == []


@pytest.mark.parametrize(
    ("suggested", "name"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.exe", "a.exe"),
        (".bashrc", "bashrc"),
        ("", "download"),
        ("...", "download"),
        ("a\u202efdp.exe", "a_fdp.exe"),
        ("x" * 300 + ".txt", "x" * 96 + ".txt"),
        ("a\x00b\nc", "a_b_c"),
    ],
)
async def test_names_of_downloads_are_safe(suggested: str, name: str) -> None:
    assert safe_name(suggested) == name


async def test_without_a_folder_nothing_is_uploaded(hand: Hand, site: Site, permits: MemoryPermits) -> None:
    other = await open_session(run="other", permits=permits, allowed_hosts=frozenset({site.host}))
    bare = Hand(other, permits)
    seen = await bare.goto(site.page("/p", FIELD))
    result = await bare.do(Action(type="upload_file", ref=named(seen, "File"), value="report.txt"))
    assert result.error is not None and "may not upload" in result.error
