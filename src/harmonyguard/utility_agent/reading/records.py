"""The records of a list in what a tool returned: mails, rows, files."""

from __future__ import annotations

import json
import re
from functools import lru_cache

_ITEM = re.compile(r"^- ", re.MULTILINE)


@lru_cache(maxsize=128)
def records_in(text: str) -> tuple[str, ...]:
    """Each record of a YAML list at the left margin, or of a JSON list; none where the text is no list of several."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    if len(starts) > 1:
        return tuple(text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True))
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    several = isinstance(found, list) and len(found) > 1
    return tuple(json.dumps(record, ensure_ascii=False) for record in found) if several else ()
