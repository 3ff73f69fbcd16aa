"""Answers the dialogs of one page the moment they open, because an open one freezes the page."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Awaitable, Callable

from playwright.async_api import Dialog, Page
from playwright.async_api import Error as PlaywrightError

from harmonyguard.steps import Action

from .limits import Limits
from .redaction import Redactor

LONGEST_MESSAGE = 1_000
_WINDOW_SECONDS = 20.0


class Dialogs:
    """`alert` and `beforeunload` are accepted; `confirm` and `prompt` are dismissed, unless the act was judged with
    this very message, and each once.

    `said` is what dialogs said since the act began; `questions` the messages of its `confirm` and `prompt` dialogs, and
    `dismissed` those that got a no; `by_itself` what came up while no act was under way. A page that opens one dialog
    after the other without end can neither be used nor be read: `give_up` is called with the reason then.
    """

    def __init__(
        self, page: Page, redactor: Redactor, limits: Limits, give_up: Callable[[str], Awaitable[None]]
    ) -> None:
        self.said: list[str] = []
        self.questions: list[str] = []
        self.dismissed: list[str] = []
        self.by_itself: list[str] = []
        self._redactor = redactor
        self._most = limits.dialogs
        self._give_up = give_up
        self._given_up = False
        self._expected: deque[str] = deque()
        self._text: str | None = None
        self._acting = False
        self._times: deque[float] = deque(maxlen=limits.dialogs)
        page.on("dialog", self._answer)

    def begin(self, action: Action) -> None:
        """An act begins: the dialogs from here on are its consequences."""
        self.said, self.questions, self.dismissed = [], [], []
        self._expected = deque(action.accept_dialogs)
        self._text = action.prompt_text
        self._acting = True

    def end(self) -> None:
        """The act is over: no dialog is accepted any more."""
        self._expected.clear()
        self._acting = False

    def offered(self) -> tuple[str, ...]:
        """The questions of the last act, when one got a no: what the same act can be proposed again with."""
        return tuple(self.questions) if self.dismissed else ()

    async def _answer(self, dialog: Dialog) -> None:
        if await self._is_a_storm():
            return
        accept = self._judge(dialog)
        try:
            if not accept:
                await dialog.dismiss()
            elif dialog.type == "prompt" and self._text is not None:
                await dialog.accept(self._text)
            else:
                await dialog.accept()
        except PlaywrightError:
            # The page went away and took its dialog along.
            return

    def _judge(self, dialog: Dialog) -> bool:
        if dialog.type == "beforeunload":
            return True
        message = shown_message(dialog.message, self._redactor)
        (self.said if self._acting else self.by_itself).append(message)
        if dialog.type == "alert":
            return True
        if not self._acting:
            return False
        self.questions.append(message)
        if self._expected and self._expected[0] == message:
            self._expected.popleft()
            return True
        # Once a question got a no, the ones after it are no longer those that were judged.
        self._expected.clear()
        self.dismissed.append(message)
        return False

    async def _is_a_storm(self) -> bool:
        now = time.monotonic()
        full = len(self._times) == self._most and now - self._times[0] < _WINDOW_SECONDS
        self._times.append(now)
        if (full or self._given_up) and not self._given_up:
            self._given_up = True
            await self._give_up(f"it opened more than {self._most} dialogs one after the other")
        return self._given_up


def shown_message(message: str, redactor: Redactor) -> str:
    """A dialog's message as observations hold it: secrets taken out, a long one cut and told apart by its digest."""
    text = redactor.text(message)
    if len(text) <= LONGEST_MESSAGE:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{text[:LONGEST_MESSAGE]} [{len(text)} characters in all, sha256 {digest}]"
