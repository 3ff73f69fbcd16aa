"""HTML to blocks: what a reader of the page sees, without the page's frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from harmonyguard.steps import InputError

from .blocks import Block
from .html_unread import COOKIES, UNSEEN_STYLE, hollowed, is_frame, is_hidden
from .nlp import all_prose, use_offline_pipeline

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from unstructured.documents.elements import Element

STYLE_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")


def html_blocks(html: str) -> tuple[list[Block], str]:
    """The blocks of a page, and the visible text that they must stand in."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(hollowed(html), "lxml", multi_valued_attributes=None)
    _drop_hidden(soup)
    _drop_frame(soup)
    body = soup.body
    if body is None:
        return [], ""
    content = _main(body)
    _flatten_lists(soup, content)
    _as_plain_parts(content)
    markup = f"<html><body>{content.decode()}</body></html>"
    return list(_blocks(_partition(markup))), content.get_text(" ")


def _as_plain_parts(content: Tag) -> None:
    """What the partitioner would take for the whole page, or for no text at all, becomes a plain part of it."""
    for tag in content.find_all(["main", "form", "fieldset", "details", "figure"]):
        tag.name = "div"
    for tag in content.find_all(["label", "legend", "summary", "figcaption"]):
        tag.name = "p" if tag.find_parent("p") is None else "span"


def _partition(markup: str) -> list[Element]:
    use_offline_pipeline()
    from unstructured.partition.html import partition_html

    try:
        with all_prose():
            return partition_html(text=markup, languages=["eng"])
    except (ValueError, RecursionError) as error:
        raise InputError(f"the HTML cannot be read: {str(error) or type(error).__name__}") from error


def _drop_hidden(soup: BeautifulSoup) -> None:
    """A document must not smuggle in words that its readers never see."""
    from bs4.element import PreformattedString
    from soupsieve import SelectorSyntaxError

    for text in soup.find_all(string=lambda s: isinstance(s, PreformattedString)):
        text.extract()
    for sheet in soup.find_all("style"):
        for selectors, declarations in STYLE_RULE.findall(_without_media(sheet.get_text())):
            if not UNSEEN_STYLE.search(declarations):
                continue
            try:
                matches = soup.select(selectors.strip())
            except (SelectorSyntaxError, NotImplementedError):
                continue  # a selector for a state (":hover") or of a newer CSS says nothing of the page at rest
            _drop(tag for tag in matches if tag.name not in {"html", "body"})
    _drop(tag for tag in soup.find_all(True) if is_hidden(tag.name, tag.attrs))


def _drop_frame(soup: BeautifulSoup) -> None:
    # One look at each tag: a selector for each kind takes longer than parsing the page.
    _drop(tag for tag in soup.find_all(True) if is_frame(tag.name, tag.attrs) or _is_page_header(tag))
    whole = len(soup.get_text())
    for tag in soup.find_all(True):
        if tag.decomposed or tag.name in {"html", "body", "main", "article"}:
            continue
        # A page about cookies keeps its own text: a banner is a small part of a page.
        if COOKIES.search(_words(tag, "class", "id", "aria-label")) and 2 * len(tag.get_text()) < whole:
            tag.decompose()
    for menu in soup.find_all(["ul", "ol"]):
        if not menu.decomposed and _is_menu(menu):
            menu.decompose()


def _is_page_header(tag: Tag) -> bool:
    return tag.name == "header" and tag.find_parent(["main", "article"]) is None


def _is_menu(menu: Tag) -> bool:
    """Three or more items that are nothing but short links."""
    items = menu.find_all("li")
    return len(items) >= 3 and all(
        (link := item.find("a")) is not None
        and link.get_text(strip=True) == item.get_text(strip=True)
        and len(link.get_text().split()) <= 8
        for item in items
    )


def _main(body: Tag) -> Tag:
    candidates = body.select("main, [role=main]")
    if len(candidates) == 1 and 2 * len(candidates[0].get_text()) >= len(body.get_text()):
        return candidates[0]
    return body


def _flatten_lists(soup: BeautifulSoup, content: Tag) -> None:
    """Paragraphs inside list items would lose their list: keep their words, drop the tags."""
    for tag in content.select("li p, li div, dd p"):
        if tag.find(["ul", "ol", "table", "p"]) is None:
            tag.insert_before(soup.new_string(" "))
            tag.insert_after(soup.new_string(" "))
            tag.unwrap()
    for line_break in content.find_all("br"):
        line_break.replace_with(soup.new_string(" "))


def _blocks(elements: list[Element]) -> Iterator[Block]:
    from unstructured.documents.elements import ListItem, PageBreak, Table, Title

    for element in elements:
        depth = element.metadata.category_depth
        if isinstance(element, PageBreak):
            continue
        if isinstance(element, Title):
            yield Block("heading", element.text, level=(depth or 0) + 1)
        elif isinstance(element, Table):
            yield from table_rows(element)
        elif isinstance(element, ListItem):
            yield Block("list_item", element.text, level=max(depth or 1, 1))
        else:
            yield Block("paragraph", element.text)


def table_rows(table: Element) -> Iterator[Block]:
    """One block for each row of a partitioned table; its cells are separated by tabs."""
    from bs4 import BeautifulSoup

    markup = table.metadata.text_as_html
    if not markup:
        yield Block("paragraph", table.text)
        return
    for row in BeautifulSoup(markup, "lxml").find_all("tr"):
        cells = [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])]
        if any(cells):
            yield Block("table_row", "\t".join(cell for cell in cells if cell))


def _words(tag: Tag, *names: str) -> str:
    return " ".join(str(value) for name in names if (value := tag.get(name)))


def _drop(tags: Iterable[Tag]) -> None:
    for tag in list(tags):
        if not tag.decomposed:
            tag.decompose()


def _without_media(css: str) -> str:
    """Style rules outside `@media` and other at-blocks: print styles hide what readers do see."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    kept: list[str] = []
    depth = start = 0
    position = 0
    while (at := css.find("@", position)) != -1:
        brace = css.find("{", at)
        if brace == -1:
            break
        kept.append(css[position:at])
        depth, start = 1, brace + 1
        while depth and start < len(css):
            depth += {"{": 1, "}": -1}.get(css[start], 0)
            start += 1
        position = start
    return "".join([*kept, css[position:]])
