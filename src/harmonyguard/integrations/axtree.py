"""Elements read from the text of an accessibility tree, as BrowserGym and Playwright write it.

For callers that hand over a page as text: element roles, names, values, links and the regions around them.
"""

from __future__ import annotations

import re

from harmonyguard.steps import Element, Form

_BROWSERGYM = re.compile(
    r"^(?P<indent>\t*)\[(?P<ref>\w+)\] (?P<role>\w+) (?P<quote>['\"])(?P<name>.*?)(?P=quote)(?P<rest>(?:, .*)?)$"
)
"""Names are written as Python writes them: in double quotes where they hold an apostrophe."""

_PLAYWRIGHT = re.compile(
    r"^(?P<indent> *)- (?P<role>\w+)(?: \"(?P<name>(?:[^\"\\]|\\.)*)\")?(?P<rest>.*\[ref=(?P<ref>\w+)\].*)$"
)
_PROPERTY = re.compile(r"(\w+)=(?:'([^']*)'|\"([^\"]*)\"|(\S+?))(?=,|\]|$)")
_REQUIRED = re.compile(r"(?:, |\[)required(?=,|\]|$)")
_REGIONS = frozenset(
    {"dialog", "alertdialog", "form", "group", "radiogroup", "region", "navigation", "row", "article", "listitem"}
)
_FIELDS = frozenset({"textbox", "searchbox", "combobox", "spinbutton", "listbox"})
_CHOICES = frozenset({"radio", "checkbox", "switch"})


def form_around(elements: tuple[Element, ...], target: Element) -> Form:
    """The fields that the target's region holds, as the form that a tree alone does not tell apart."""
    region = target.path[:1] if target.path and target.role == "button" else ()
    fields: dict[str, str] = {}
    for element in elements:
        if region and element.path[:1] != region:
            continue
        if element.role in _FIELDS and not element.name.lower().startswith("search"):
            fields[element.name] = element.value or ""
        elif element.role in _CHOICES and element.checked:
            fields[element.path[-1] if element.path else element.name] = element.name
    return Form(id="region", method="post", fields=fields)


def elements_in(text: str) -> tuple[Element, ...]:
    """Every element of the tree that has a ref, in order."""
    found: list[Element] = []
    regions: list[tuple[int, str]] = []
    for line in text.splitlines():
        match = _BROWSERGYM.match(line) or _PLAYWRIGHT.match(line)
        if match is None:
            continue
        depth, role, name = len(match.group("indent")), match.group("role"), match.group("name") or ""
        while regions and regions[-1][0] >= depth:
            regions.pop()
        properties = {
            m.group(1): m.group(2) or m.group(3) or m.group(4) or "" for m in _PROPERTY.finditer(match.group("rest"))
        }
        found.append(
            Element(
                ref=match.group("ref"),
                role=role,
                name=name,
                value=properties.get("value"),
                checked={"true": True, "false": False}.get(properties.get("checked", "")),
                required=bool(_REQUIRED.search(match.group("rest"))),
                url=properties.get("url"),
                options=tuple(part.strip() for part in properties.get("options", "").split(",") if part.strip()),
                path=tuple(region for _, region in regions if region),
            )
        )
        if role in _REGIONS and name:
            regions.append((depth, name))
    return tuple(found)
