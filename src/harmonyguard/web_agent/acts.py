"""How each action type is carried out on a page, once its permit has been redeemed. Used by the session alone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.async_api import Page

from harmonyguard.steps import Action

from .hosts import url_allowed
from .worlds import PageWorlds

ACT_MILLISECONDS = 4_000
LOAD_MILLISECONDS = 20_000
LONGEST_WAIT_MILLISECONDS = 10_000

PASSIVE_KEYS = frozenset(
    {"Escape", "Tab", "Shift+Tab", "PageUp", "PageDown", "Home", "End"}
    | {f"Arrow{way}" for way in ("Up", "Down", "Left", "Right")}
)
"""Keys that type nothing and activate nothing: they need no target."""

SCROLLS = {"up": (0, -600), "down": (0, 600), "left": (-600, 0), "right": (600, 0)}
"""Pixels by which `scroll` goes when `value` names a direction."""


class ActError(Exception):
    """Why an act could not be carried out, in one line."""


@dataclass(frozen=True)
class Target:
    """The element that an act was judged for: its ref, the frame it is in, and what it was like."""

    ref: str
    frame: str
    fingerprint: str


async def act(page: Page, worlds: PageWorlds, action: Action, target: Target | None, hosts: frozenset[str]) -> None:
    """Carry out `action`. `target` is None for actions that name no element.

    Raises ActError or playwright's Error when it cannot be done.
    """
    if target is not None:
        await _on_target(page, worlds, action, target)
        return
    match action.type:
        case "goto":
            address = action.url or ""
            if not address.startswith(("http://", "https://")):
                raise ActError("goto takes only http and https addresses")
            if "@" in urlsplit(address).netloc:
                raise ActError("goto takes no address with a user name or password in it")
            if not url_allowed(address, hosts):
                raise ActError(f"goto: the host of {address} is not among the allowed hosts")
            await page.goto(address, wait_until="domcontentloaded", timeout=LOAD_MILLISECONDS)
        case "go_back" | "go_forward":
            move = page.go_back if action.type == "go_back" else page.go_forward
            if (
                await move(wait_until="domcontentloaded", timeout=LOAD_MILLISECONDS) is None
                and page.url == "about:blank"
            ):
                raise ActError(f"{action.type}: there is no page to go to")
        case "press":
            key = action.value or ""
            if key not in PASSIVE_KEYS:
                raise ActError(f"press {key}: a key that types or activates needs the ref of its element")
            await worlds.call("armAny")
            await page.keyboard.press(key)
        case "scroll":
            await _scroll(page, action)
        case "wait":
            await asyncio.sleep(min(_number(action.value, 1_000), LONGEST_WAIT_MILLISECONDS) / 1_000)
        case _:
            raise ActError(f"{action.type} is not something that this browser session does")


async def _on_target(page: Page, worlds: PageWorlds, action: Action, target: Target) -> None:
    locator = page.locator(f"aria-ref={target.ref}")
    value = action.value or ""
    if action.type == "select_option":
        answers = await worlds.call("select", target.ref, target.fingerprint, value, frame=target.frame)
        if (objection := answers.get(target.frame, "the target is gone")) is not None:
            raise ActError(f"select_option: {objection}")
        return
    if action.type == "scroll":
        await locator.scroll_into_view_if_needed(timeout=ACT_MILLISECONDS)
        return
    if action.type == "hover":
        await locator.hover(timeout=ACT_MILLISECONDS)
        return
    armed = await worlds.call("arm", target.ref, target.fingerprint, action.type == "press", frame=target.frame)
    if armed.get(target.frame) is not True:
        raise ActError(f"{action.type}: the target changed at the last moment, nothing was done")
    match action.type:
        case "click":
            await locator.click(timeout=ACT_MILLISECONDS)
        case "dblclick":
            await locator.dblclick(timeout=ACT_MILLISECONDS)
        case "fill":
            await locator.fill(value, timeout=ACT_MILLISECONDS)
        case "press":
            await locator.press(value, timeout=ACT_MILLISECONDS)
        case "check":
            await locator.check(timeout=ACT_MILLISECONDS)
        case "uncheck":
            await locator.uncheck(timeout=ACT_MILLISECONDS)
        case _:
            raise ActError(f"{action.type} is not something that this browser session does")


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
