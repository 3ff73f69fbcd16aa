"""DOCX to blocks, without headers, footers, hidden text and deleted revisions."""

from __future__ import annotations

import io
import re
import zipfile

from harmonyguard.steps import InputError

from .blocks import Block, squeezed
from .html import table_rows
from .nlp import use_offline_pipeline

MAX_UNPACKED_BYTES = 200 * 2**20
NUMBERING = re.compile(r"^\s*(?:\(?[\dA-Za-z]{1,6}(?:\.[\dA-Za-z]{1,4})*[.)]?|[^\w\s])\s+")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_blocks(content: bytes) -> tuple[list[Block], str]:
    """The blocks of a Word document, and its visible text. Raises InputError when it cannot be read."""
    visible, text = _visible(content)
    whole = squeezed(text)
    use_offline_pipeline()
    from unstructured.documents.elements import Footer, Header, ListItem, PageBreak, Table, Title
    from unstructured.partition.docx import partition_docx

    blocks: list[Block] = []
    for element in partition_docx(file=io.BytesIO(visible), languages=["eng"]):
        depth = element.metadata.category_depth or 0
        if isinstance(element, Header | Footer | PageBreak):
            continue
        if isinstance(element, Title):
            blocks.append(Block("heading", element.text, level=depth + 1))
        elif isinstance(element, Table):
            blocks.extend(table_rows(element))
        elif isinstance(element, ListItem):
            blocks.append(Block("list_item", _as_written(element.text, whole), level=depth + 1))
        else:
            blocks.append(Block("paragraph", element.text))
    return blocks, text


def _as_written(item: str, whole: str) -> str:
    """The item without the number that its list gives it: Word counts items, and does not write the numbers down."""
    bare = NUMBERING.sub("", item)
    return bare if squeezed(item) not in whole and squeezed(bare) in whole else item


def _visible(content: bytes) -> tuple[bytes, str]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise InputError("the DOCX unpacks to more than 200 MB")
        document = docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise InputError(f"not a readable DOCX: {error}") from error
    body = document.element.body
    for deleted in list(body.iter(f"{WORD}del", f"{WORD}moveFrom")):
        _remove(deleted)
    for inserted in list(body.iter(f"{WORD}ins", f"{WORD}moveTo")):
        parent = inserted.getparent()
        # The mark of an inserted paragraph end (inside w:rPr) holds nothing; an inserted run is read as it stands.
        if parent is not None and not parent.tag.endswith("}rPr"):
            for child in list(inserted):
                inserted.addprevious(child)
            _remove(inserted)
    for run in list(body.iter(f"{WORD}r")):
        vanish = run.find(f"{WORD}rPr/{WORD}vanish")
        if vanish is not None and vanish.get(f"{WORD}val") not in {"0", "false", "off"}:
            _remove(run)
    text = "\n".join("".join(part.text or "" for part in p.iter(f"{WORD}t")) for p in body.iter(f"{WORD}p"))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue(), text


def _remove(element: object) -> None:
    parent = element.getparent()  # type: ignore[attr-defined]
    if parent is not None:
        parent.remove(element)
