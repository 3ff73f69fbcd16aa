"""Loading files and web pages into elements that keep their place."""

from .bridge import load_with
from .content import Content
from .document import Document, DocumentElement, ElementKind
from .gathering import FoundDocument, Gathering, SkippedDocument
from .loading import document_of, load_document
from .site import SiteLimits

__all__ = [
    "Content",
    "Document",
    "DocumentElement",
    "ElementKind",
    "FoundDocument",
    "Gathering",
    "SiteLimits",
    "SkippedDocument",
    "document_of",
    "load_document",
    "load_with",
]
