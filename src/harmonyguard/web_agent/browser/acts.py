"""How each action type is carried out on a page, once its permit has been redeemed. Used by the session alone."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable
from pathlib import Path
from typing import Literal, TypedDict
from urllib.parse import urlsplit

from playwright.async_api import Locator, Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from harmonyguard.steps import Action

from .acting import ActError, Target
from .hosts import url_allowed
from .limits import Limits
from .reading import worlds_of
from .tabs import OpenTab, Tabs
from .uploads import read_upload
from .word_refs import WORD_ENGINE, WORD_REF
from .worlds import PageWorlds

PASSIVE_KEYS = frozenset(
    {"Escape", "Tab", "Shift+Tab", "PageUp", "PageDown", "Home", "End"}
    | {f"Arrow{way}" for way in ("Up", "Down", "Left", "Right")}
)
"""Keys that type nothing and activate nothing: they need no target."""

SCROLLS = {"up": (0, -600), "down": (0, 600), "left": (-600, 0), "right": (600, 0)}
"""Pixels by which `scroll` goes when `value` names a direction."""

_IN_ONE_PIECE = frozenset({"select_option", "upload_file"})
_HARMLESS = frozenset({"scroll", "hover"})


class _Patience(TypedDict):
    wait_until: Literal["domcontentloaded"]
    timeout: float


class Acts:
    """Carries out actions in the tabs of one run, which may reach `hosts` and upload the files in `uploads`."""

    def __init__(self, tabs: Tabs, *, hosts: frozenset[str], uploads: Path | None, limits: Limits) -> None:
        self._tabs = tabs
        self._hosts = hosts
        self._uploads = uploads
        self._limits = limits

    async def carry_out(self, tab: OpenTab, action: Action, target: Target | None, to: Target | None) -> None:
        """Do `action` in `tab`. `target` and `to` are None for actions that name no element.

        Raises ActError or playwright's Error when it cannot be done.
        """
        if target is not None:
            await self._on_target(tab.page, worlds_of(tab), action, target, to)
            return
        match action.type:
            case "goto":
                await self._goto(tab.page, action)
            case "new_tab":
                self._check_address(action)
                opened = await self._tabs.open()
                if action.url:
                    await self._goto(opened.page, action)
            case "tab_focus":
                await self._tabs.focus(int(_number(action.value, -1)))
            case "tab_close":
                await self._tabs.close_current()
            case "go_back" | "go_forward":
                await self._move_in_history(tab, action)
            case "press":
                key = action.value or ""
                if key not in PASSIVE_KEYS:
                    raise ActError(f"press {key}: a key that types or activates needs the ref of its element")
                await worlds_of(tab).call("armAny")
                await asyncio.wait_for(tab.page.keyboard.press(key), self._limits.act)
            case "scroll":
                await asyncio.wait_for(_scroll(tab.page, action), self._limits.act)
            case "wait":
                await asyncio.sleep(min(_number(action.value, 1_000) / 1_000, self._limits.wait))
            case "drag_and_drop":
                raise ActError("drag_and_drop needs ref, what is dragged, and to_ref, where it is dropped")
            case _:
                raise ActError(f"{action.type} is not something that this browser session does")

    async def _on_target(
        self, page: Page, worlds: PageWorlds, action: Action, target: Target, to: Target | None
    ) -> None:
        if action.type in _IN_ONE_PIECE:
            await self._in_one_piece(worlds, action, target)
            return
        locator = _locate(page, target)
        value = action.value or ""
        milliseconds = self._limits.act * 1_000
        if action.type not in _HARMLESS:
            await _arm(worlds, action, target, to)
        match action.type:
            case "scroll":
                await locator.scroll_into_view_if_needed(timeout=milliseconds)
            case "hover":
                await locator.hover(timeout=milliseconds)
            case "click":
                await locator.click(timeout=milliseconds)
            case "dblclick":
                await locator.dblclick(timeout=milliseconds)
            case "fill":
                await locator.fill(value, timeout=milliseconds)
            case "press":
                await locator.press(value, timeout=milliseconds)
            case "check":
                await locator.check(timeout=milliseconds)
            case "uncheck":
                await locator.uncheck(timeout=milliseconds)
            case "drag_and_drop" if to is not None:
                await locator.drag_to(_locate(page, to), timeout=milliseconds)
            case _:
                raise ActError(f"{action.type} is not something that this browser session does")

    async def _in_one_piece(self, worlds: PageWorlds, action: Action, target: Target) -> None:
        """Acts that the guard's own program carries out in the page, in one piece with its last look at the target."""
        given: tuple[str, ...] = ("select", action.value or "")
        if action.type == "upload_file":
            file = await asyncio.to_thread(read_upload, self._uploads, action.value or "", self._limits.upload_bytes)
            given = ("upload", file.name, file.media_type, base64.b64encode(file.content).decode("ascii"))
        function, *arguments = given
        answers = await worlds.call(function, target.ref, target.fingerprint, *arguments, frame=target.frame)
        if (objection := answers.get(target.frame, "the target is gone")) is not None:
            raise ActError(f"{action.type}: {objection}")

    def _check_address(self, action: Action) -> None:
        address = action.url or ""
        if not address and action.type == "new_tab":
            return
        if not address.startswith(("http://", "https://")):
            raise ActError(f"{action.type} takes only http and https addresses")
        if "@" in urlsplit(address).netloc:
            raise ActError(f"{action.type} takes no address with a user name or password in it")
        if not url_allowed(address, self._hosts):
            raise ActError(f"{action.type}: the host of {address} is not among the allowed hosts")

    async def _goto(self, page: Page, action: Action) -> None:
        self._check_address(action)
        await self._load(action, page.goto(action.url or "", **self._patience))

    async def _move_in_history(self, tab: OpenTab, action: Action) -> None:
        place, addresses = await worlds_of(tab).history()
        place += -1 if action.type == "go_back" else 1
        # The empty page that every tab begins with is no page to go to.
        if not 0 <= place < len(addresses) or (place == 0 and addresses[0] == "about:blank"):
            raise ActError(f"{action.type}: there is no page to go to")
        move = tab.page.go_back if action.type == "go_back" else tab.page.go_forward
        await self._load(action, move(**self._patience))

    @property
    def _patience(self) -> _Patience:
        return {"wait_until": "domcontentloaded", "timeout": self._limits.load * 1_000}

    async def _load(self, action: Action, loading: Awaitable[object]) -> None:
        try:
            await loading
        except PlaywrightTimeout as error:
            raise ActError(
                f"{action.type}: the page did not come within {self._limits.load:g} s; what has come is shown"
            ) from error


def _locate(page: Page, target: Target) -> Locator:
    engine = WORD_ENGINE if WORD_REF.fullmatch(target.ref) else "aria-ref"
    return page.locator(f"{engine}={target.ref}")


async def _arm(worlds: PageWorlds, action: Action, target: Target, to: Target | None) -> None:
    if to is not None and to.frame != target.frame:
        raise ActError(f"{action.type}: from one frame into another is not possible")
    dropped = () if to is None else (to.ref, to.fingerprint)
    keys = action.type == "press"
    armed = await worlds.call("arm", target.ref, target.fingerprint, keys, *dropped, frame=target.frame)
    if armed.get(target.frame) is not True:
        raise ActError(f"{action.type}: the target changed at the last moment, nothing was done")


async def _scroll(page: Page, action: Action) -> None:
    if action.value in SCROLLS:
        across, down = SCROLLS[action.value]
    else:
        across = int(_number(action.arguments.get("delta_x"), 0))
        down = int(_number(action.arguments.get("delta_y", action.value), 600))
    size = page.viewport_size or {"width": 1280, "height": 720}
    await page.mouse.move(size["width"] / 2, size["height"] / 2)
    await page.mouse.wheel(across, down)


def _number(value: object, default: float) -> float:
    if value is None:
        return default
    try:
        return float(str(value))
    except ValueError as error:
        raise ActError(f"{value!r} is not a number") from error
