"""Making many values at once that all stay: a whole policy log, the versions of a whole book."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """While this lasts Python does not look for garbage.

    It would walk over everything that was made so far, again and again: for 10,000 policies that takes longer than
    reading them, and finds nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
