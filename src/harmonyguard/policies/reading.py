"""That a document was read: which edition, by which engine. The same reading again needs no work."""

from __future__ import annotations

from harmonyguard.steps import Record


class DocumentReading(Record):
    """`sha256` is the digest of the document's bytes; `engine` names what read it ("offline 0.1.0")."""

    uri: str
    sha256: str
    engine: str
