"""Loading files and web pages into elements that keep their place."""

from .bridge import load_with
from .document import Document, DocumentElement, ElementKind
from .loading import load_document

__all__ = ["Document", "DocumentElement", "ElementKind", "load_document", "load_with"]
