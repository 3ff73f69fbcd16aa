"""From what the browser says of a page to an `Observation`: refs, values and destinations, secrets taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harmonyguard.steps import Element, Form, Observation, Tab

from .acting import Target
from .redaction import Redactor
from .trimming import Kept
from .worlds import Frame

REF = re.compile(r"\[ref=([A-Za-z0-9]+)\]")

Fit = Callable[[str], Kept]


@dataclass(frozen=True)
class RawPage:
    """One look at a page before redaction. Never leaves this package.

    `readings` holds, by frame id, what `page_script` read.
    """

    url: str
    title: str
    snapshot: str
    frames: Sequence[Frame]
    readings: Mapping[str, Mapping[str, Any]]
    status: int | None = None
    dialogs: tuple[str, ...] = ()
    tabs: tuple[Tab, ...] = ()
    notices: tuple[str, ...] = ()
    left_out: str = ""

    def target(self, ref: str) -> Target | None:
        """The element with this ref, one of those that were asked for; None when it is not there."""
        for frame, reading in self.readings.items():
            if (fingerprint := reading["fingerprints"].get(ref)) is not None:
                return Target(ref, frame, fingerprint)
        return None

    @property
    def focused(self) -> str | None:
        """Ref of the element with the focus; a frame has it when something in it has."""
        focused = [reading["focused"] for reading in self.readings.values() if reading["focused"] is not None]
        return focused[-1] if focused else None


def build_observation(raw: RawPage, redactor: Redactor, fit: Fit = Kept) -> Observation:
    """The typed observation of `raw`, main frame first: the refs that the snapshot names now, and what it leaves out.

    `dialogs`, `tabs` and `notices` come without secrets already. `fit` cuts a text that is too long to show; what it
    leaves out is no part of the observation.
    """
    cut = fit(raw.snapshot)
    shown = set(REF.findall(cut.text))
    main = raw.frames[0]
    # Every secret must be known before the first text is redacted.
    for reading in raw.readings.values():
        _learn_secrets(reading, redactor)
    text = cut.text
    elements: list[Element] = []
    forms: list[Form] = []
    for frame in raw.frames:
        if frame.id not in raw.readings:
            continue
        reading = raw.readings[frame.id]
        prefix = "" if frame is main else f"{frame.loader[:8]}:"
        address = None if frame is main else redactor.text(frame.url)
        for read in reading["elements"]:
            if read["ref"] not in shown and not read["unlisted"]:
                continue
            if read["input_type"] == "password" and read["value"]:
                text = redactor.snapshot_line(text, read["ref"], redactor.secret(read["value"]))
            elements.append(_element(read, prefix, address, redactor))
        forms.extend(_form(read, prefix, redactor) for read in reading["forms"])
    return Observation(
        url=redactor.text(raw.url),
        title=redactor.text(raw.title),
        text=redactor.text(text),
        elements=tuple(elements),
        forms=tuple(forms),
        status=raw.status,
        document=main.loader,
        dialogs=raw.dialogs,
        tabs=raw.tabs,
        focused=raw.focused if raw.focused in shown else None,
        notices=raw.notices,
        left_out=" ".join(part for part in (raw.left_out, cut.left_out) if part),
        whole=cut.digest,
    )


def shows_secret(raw: RawPage, redactor: Redactor) -> bool:
    """True when a known secret can be read on the page, outside of the password fields that hide it."""
    text = "\n".join((raw.title, raw.snapshot))
    for reading in raw.readings.values():
        for read in reading["elements"]:
            if read["input_type"] == "password" and read["value"]:
                text = redactor.snapshot_line(text, read["ref"], "")
    return redactor.text(text) != text


def _learn_secrets(reading: Mapping[str, Any], redactor: Redactor) -> None:
    for read in reading["elements"]:
        if read["input_type"] == "password" and read["value"]:
            redactor.secret(read["value"])
    for form in reading["forms"]:
        for field in form["fields"]:
            if field["kind"] == "secret":
                redactor.secret(field["value"])


def _element(read: Mapping[str, Any], prefix: str, frame: str | None, redactor: Redactor) -> Element:
    value = read["value"]
    if value is not None:
        value = redactor.secret(value) if read["input_type"] == "password" else redactor.text(value)
    return Element(
        ref=read["ref"],
        role=read["role"],
        name=redactor.text(read["name"]),
        value=value,
        checked=read["checked"],
        disabled=read["disabled"],
        required=read["required"],
        readonly=read["readonly"],
        url=None if read["url"] is None else redactor.text(read["url"]),
        method=read["method"],
        input_type=read["input_type"],
        form=None if read["form"] is None else prefix + read["form"],
        path=tuple(redactor.text(name) for name in read["path"]),
        frame=frame,
        options=tuple(redactor.text(option) for option in read["options"]),
    )


def _form(read: Mapping[str, Any], prefix: str, redactor: Redactor) -> Form:
    fields: dict[str, str] = {}
    for field in read["fields"]:
        kind, value = field["kind"], field["value"]
        if kind == "hidden":
            label, value = f"hidden:{field['label']}", redactor.digest(value)
        else:
            label = redactor.text(field["label"])
            value = redactor.secret(value) if kind == "secret" else redactor.text(value)
        fields[_free(label, fields)] = value
    # Labels can stay while what is sent changes (option values, field names, a button's value): this binds it all.
    fields["hidden:(sent)"] = redactor.digest(read["sent"])
    return Form(id=prefix + read["id"], action=redactor.text(read["action"]), method=read["method"], fields=fields)


def _free(label: str, taken: Mapping[str, str]) -> str:
    if label not in taken:
        return label
    number = 2
    while f"{label} ({number})" in taken:
        number += 1
    return f"{label} ({number})"
