"""Lines of an accessibility tree, as BrowserGym and Playwright write it, told from lines of any other text."""

from __future__ import annotations

import re

CONTENT = frozenset(
    """statictext text paragraph listitem cell gridcell article generic blockquote note comment heading strong
    emphasis alert status definition term code caption log tooltip legend figure inlinetextbox labeltext""".split()
)
"""Roles of nodes that hold what a page says."""

_ROLES = CONTENT | frozenset(
    """rootwebarea alertdialog application banner button checkbox columnheader combobox complementary contentinfo dialog
    document feed form grid group iframe image img link list listbox main mark marquee math menu menubar menuitem
    menuitemcheckbox menuitemradio meter navigation none option presentation progressbar radio radiogroup region row
    rowgroup rowheader scrollbar search searchbox section separator slider spinbutton subscript superscript switch tab
    table tablist tabpanel textbox time timer toolbar tree treegrid treeitem""".split()
)
"""ARIA roles, by which a line of an accessibility tree is told from a line of text ("- general" is a list item)."""
_TREE_LINE = re.compile(r"^\s*(?:- (\w+)(?::|\s['\"\[]|\s*$)|\[\w+\] (\w+) ['\"]|(\w+) ['\"])")


def role_of(line: str) -> str | None:
    """The role that a line of a tree begins with, in lower case; None for a line of text."""
    match = _TREE_LINE.match(line)
    role = match.group(match.lastindex or 0).lower() if match is not None else None
    return role if role in _ROLES else None
