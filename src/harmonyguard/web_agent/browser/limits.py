"""How long and how much a browser session lets a page take. Everything that waits for a page is bounded by these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds, counts, characters and bytes.

    `elements`: shown of one page, of which only `part` when it has more; `text`: characters shown of one page.
    `start`: the browser to open an empty tab, in which no page has a say; `answer`: one question to a page; `act`: one
    act on an element; `load`: a page to load; `settle`: the consequences of an act to calm down; `wait`: the longest
    `wait`. `tabs`: open at once; `dialogs`: in twenty seconds; `downloads`: files that one act may bring, each of
    `download_bytes` within `download` seconds; `upload_bytes`: one uploaded file.
    """

    elements: int = 5_000
    part: int = 1_500
    text: int = 200_000
    start: float = 60.0
    answer: float = 5.0
    act: float = 4.0
    load: float = 20.0
    settle: float = 5.0
    wait: float = 10.0
    tabs: int = 8
    dialogs: int = 15
    downloads: int = 5
    download: float = 30.0
    download_bytes: int = 50_000_000
    upload_bytes: int = 25_000_000


LIMITS = Limits()
