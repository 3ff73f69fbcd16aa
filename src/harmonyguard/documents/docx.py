"""DOCX to blocks, without headers, footers, hidden text and deleted revisions."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from harmonyguard.steps import InputError

from .blocks import Block, squeezed
from .html import table_rows
from .nlp import use_offline_pipeline

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

MAX_UNPACKED_BYTES = 200 * 2**20
COUNTED = re.compile(r"^\s*\(?(?:\d+|[A-Za-z]|[ivxlcIVXLC]+)(?:\.\d+)*[.)]?\s+")
WRAPPERS = ("sdt", "smartTag", "fldSimple", "customXml")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_blocks(content: bytes) -> tuple[list[Block], str]:
    """The blocks of a Word document, and its visible text. Raises InputError when it cannot be read."""
    visible, text = _visible(content)
    use_offline_pipeline()
    from unstructured.documents.elements import Footer, Header, ListItem, PageBreak, Table, Title
    from unstructured.partition.docx import partition_docx

    blocks: list[Block] = []
    shown = squeezed(text)
    for element in partition_docx(file=io.BytesIO(visible), languages=["eng"]):
        depth = element.metadata.category_depth or 0
        if isinstance(element, Header | Footer | PageBreak):
            continue
        if isinstance(element, Title):
            blocks.append(Block("heading", _as_written(element.text, shown), level=depth + 1))
        elif isinstance(element, Table):
            blocks.extend(table_rows(element))
        elif isinstance(element, ListItem):
            blocks.append(Block("list_item", _as_written(element.text, shown), level=depth + 1))
        else:
            blocks.append(Block("paragraph", _as_written(element.text, shown)))
    return blocks, text


def _as_written(text: str, shown: str) -> str:
    """A paragraph without the number that Word prints before it: the partitioner counts, the author did not write."""
    bare = COUNTED.sub("", text)
    return bare if squeezed(text) not in shown and squeezed(bare) in shown else text


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
    _unwrap(body)
    text = "\n".join(_written(paragraph) for paragraph in body.iter(f"{WORD}p"))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue(), text


def _unwrap(body: BaseOxmlElement) -> None:
    """Take fields, content controls and tags away from around their words, and tables of contents altogether."""
    for style in list(body.iter(f"{WORD}pStyle")):
        if re.fullmatch(r"TOC\d|TOCHeading", str(style.get(f"{WORD}val")), re.I):
            _remove(style.getparent().getparent())
    for name in WRAPPERS:
        for wrapper in list(body.iter(f"{WORD}{name}")):
            inside = wrapper.find(f"{WORD}sdtContent") if name == "sdt" else wrapper
            for child in list(inside) if inside is not None else ():
                if not child.tag.endswith("Pr"):
                    wrapper.addprevious(child)
            _remove(wrapper)


def _written(paragraph: BaseOxmlElement) -> str:
    """The words of a paragraph as the partitioner spells them."""
    return "".join(
        "-" if part.tag == f"{WORD}noBreakHyphen" else part.text or ""
        for part in paragraph.iter(f"{WORD}t", f"{WORD}noBreakHyphen")
    )


def _remove(element: object) -> None:
    parent = element.getparent()  # type: ignore[attr-defined]
    if parent is not None:
        parent.remove(element)
