"""Layers of a PDF that are turned off when it is opened (ISO 32000-1, 8.11): nobody sees what is drawn in them."""

from __future__ import annotations

from typing import Any


def layers_off(pdf: Any) -> frozenset[int]:
    """The object numbers of the optional content groups that are off by default."""
    named = pdf.trailer["/Root"].get("/OCProperties")
    properties = {} if named is None else named.get_object()
    default = properties.get("/D")
    if default is None:
        return frozenset()
    default = default.get_object()
    if default.get("/BaseState") == "/OFF":
        return _numbers(properties.get("/OCGs")) - _numbers(default.get("/ON"))
    return _numbers(default.get("/OFF"))


def names_off(named: Any, off: frozenset[int], key: str | None = None) -> frozenset[str]:
    """The names in a resource dictionary that stand for a layer that is off; with `key`, for what belongs to one."""
    if named is None or not off:
        return frozenset()
    named = named.get_object()
    found = set()
    for name in named:
        group = named.raw_get(name)
        if key is not None:
            owner = group.get_object()
            group = owner.raw_get(key) if key in owner else None
        if group is not None and _is_off(group, off):
            found.add(str(name))
    return frozenset(found)


def _is_off(group: Any, off: frozenset[int]) -> bool:
    membership = group.get_object()
    if membership.get("/Type") != "/OCMD":
        return getattr(group, "idnum", None) in off
    groups = membership.raw_get("/OCGs") if "/OCGs" in membership else None
    if groups is None:
        return False
    members = groups.get_object() if not isinstance(groups.get_object(), dict) else [groups]
    states = [getattr(member, "idnum", None) not in off for member in members]
    wanted = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
    return bool(states) and not wanted.get(str(membership.get("/P")), any(states))


def _numbers(groups: Any) -> frozenset[int]:
    return frozenset() if groups is None else frozenset(group.idnum for group in groups.get_object())
