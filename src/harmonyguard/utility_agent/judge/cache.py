"""Remembers replies that decided everything they were asked, so that an equal question is not paid for twice."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

SIZE = 1024

Reply = TypeVar("Reply")


class ReplyCache(Generic[Reply]):
    """The newest `size` replies by the digest of their request. The one used longest ago goes first."""

    def __init__(self, size: int = SIZE) -> None:
        self._size = size
        self._replies: OrderedDict[str, Reply] = OrderedDict()

    def get(self, digest: str) -> Reply | None:
        """The reply to this request, or None."""
        if digest in self._replies:
            self._replies.move_to_end(digest)
        return self._replies.get(digest)

    def put(self, digest: str, reply: Reply) -> None:
        """Keep a reply. Callers give only those that are worth repeating: never an error, never an open answer."""
        self._replies[digest] = reply
        self._replies.move_to_end(digest)
        while len(self._replies) > self._size:
            self._replies.popitem(last=False)
