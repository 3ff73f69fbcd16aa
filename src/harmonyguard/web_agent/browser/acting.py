"""What is acted on, and the word for an act that cannot be carried out."""

from __future__ import annotations

from dataclasses import dataclass


class ActError(Exception):
    """Why an act could not be carried out, in one line."""


@dataclass(frozen=True)
class Target:
    """The element that an act was judged for: its ref, the frame it is in, and what it was like."""

    ref: str
    frame: str
    fingerprint: str
