"""What of a page is not read: what nobody sees, and the frame around its text. Most of a page's markup is that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

NEVER_SHOWN = frozenset(
    "script style template noscript svg iframe object embed canvas title meta link datalist".split()
)
FRAME = frozenset("nav footer button select textarea input option".split())
FRAME_ROLES = frozenset("navigation banner contentinfo search complementary menu menubar".split())
CALLOUT = re.compile(r"note|warn|caution|important|callout|admonition|alert|danger|tip", re.I)
COOKIES = re.compile(
    r"cookie[-_ ]?(banner|bar|consent|notice|popup|dialog|law)?\b|onetrust|gdpr|consent-(banner|bar)", re.I
)
UNSEEN_CLASS = re.compile(r"\b(sr-only|visually-?hidden|screen-reader(-text)?|skip(-link|-to-content)?)\b", re.I)
UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|opacity\s*:\s*0(\.0+)?\s*(;|$|!)"
    r"|font-size\s*:\s*0(\.0+)?[a-z%]*\s*(;|$|!)|(left|top|text-indent)\s*:\s*-\d{4,}",
    re.I,
)
DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")


def is_hidden(name: str, attributes: Mapping[str, Any]) -> bool:
    """True for an element that readers of the page never see, by its kind, its attributes or its own style."""
    if name in NEVER_SHOWN or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style, classes = attributes.get("style"), attributes.get("class")
    return (style is not None and UNSEEN_STYLE.search(str(style)) is not None) or (
        classes is not None and UNSEEN_CLASS.search(str(classes)) is not None
    )


def is_frame(name: str, attributes: Mapping[str, Any]) -> bool:
    """True for an element of the page's frame. A `header` is one outside of its main part only, and not told here."""
    if name in FRAME or attributes.get("role") in FRAME_ROLES:
        return True
    if name == "dialog":
        return "open" not in attributes
    return name == "aside" and not CALLOUT.search(f"{attributes.get('class', '')} {attributes.get('role', '')}")


def hollowed(html: str) -> str:
    """The markup with all this emptied, style sheets aside; as it is where it cannot be parsed.

    The elements themselves stay where they are, so that style rules which count siblings still find the same ones.
    lxml alone does this in a fraction of the time that BeautifulSoup takes to build a tree of the whole page.
    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        parser.feed(DECLARATION.sub("", html))
        root = parser.close()
    except (etree.LxmlError, ValueError):
        return html
    for element in list(root.iter()):
        if element.tag != "style" and (is_hidden(element.tag, element.attrib) or is_frame(element.tag, element.attrib)):
            element.text = None
            del element[:]
    markup: str = etree.tostring(root, encoding="unicode", method="html")
    return markup
