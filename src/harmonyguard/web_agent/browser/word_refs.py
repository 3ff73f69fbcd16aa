"""Finds clickable words in running text by the refs of `page_script`: Playwright gives them none."""

from __future__ import annotations

import re

from playwright.async_api import Playwright

WORD_REF = re.compile(r"w\d+")
WORD_ENGINE = "harmonyguard-word"
_SCRIPT = """({
  query: (root, ref) => globalThis.__harmonyguard ? globalThis.__harmonyguard.find(ref) : null,
  queryAll: (root, ref) => {
    const found = globalThis.__harmonyguard ? globalThis.__harmonyguard.find(ref) : null;
    return found ? [found] : [];
  },
})"""


async def register_word_refs(playwright: Playwright) -> None:
    """Teach this Playwright the refs. Once, before its first page; in the isolated world, out of reach of pages."""
    await playwright.selectors.register(WORD_ENGINE, _SCRIPT, content_script=True)
