"""Loading files and web pages into elements that keep their place."""

from .document import Document, DocumentElement, ElementKind
from .loading import load_document

__all__ = ["Document", "DocumentElement", "ElementKind", "load_document"]
