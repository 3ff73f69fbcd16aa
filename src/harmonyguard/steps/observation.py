"""What an agent sees of a page before it proposes, and what the guard reads facts from."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from .record import Record


class Element(Record):
    """One element of the page as assistive technology sees it.

    `ref` is stable within one observation; `role` and `name` are ARIA role and accessible name; a field without
    a name is called by the words beside it, another thing to press by its text, an icon by the page's code;
    `value` is the current value with secrets redacted; `url` is where a link or submit button leads (absolute);
    `input_type` is the HTML type attribute; `form` is the id of the form that holds it;
    `path` is the names of the enclosing named regions, and the first words of a post, card or row, outermost first;
    `readonly` fields hold a value that cannot be typed; `frame` is the frame's URL when it is not the main one.
    """

    ref: str
    role: str
    name: str = ""
    value: str | None = None
    checked: bool | None = None
    disabled: bool = False
    required: bool = False
    readonly: bool = False
    url: str | None = None
    method: str | None = None
    input_type: str | None = None
    form: str | None = None
    path: tuple[str, ...] = ()
    frame: str | None = None
    options: tuple[str, ...] = ()


class Box(Record):
    """Where an element is in the picture of a page: CSS pixels from the top left corner of what is shown.

    `shown_width` and `shown_height` are those of the picture; a box that lies outside of it is not in view.
    """

    x: float
    y: float
    width: float
    height: float
    shown_width: int
    shown_height: int


class Form(Record):
    """A form with the values that it would send now: label of each field to its value, secrets redacted."""

    id: str
    action: str | None = None
    method: str = "get"
    fields: dict[str, str] = Field(default_factory=dict)


class Tab(Record):
    """One tab of the browser. `active` is True for the one that is looked at."""

    url: str
    title: str = ""
    active: bool = False


class Observation(Record):
    """One look at a page.

    `text` is the accessibility snapshot or visible text; `status` the HTTP status of the document when known;
    `document` changes with every load of the page, also of the same URL; `dialogs` are the messages of the `confirm`
    and `prompt` dialogs that the last act met, when one was dismissed: the same act can be proposed again to accept
    them; `focused` is the ref of the element that has the focus; `notices` say what the browser did by itself since
    the last look; `left_out` says in words what a page that is too large to show lacks here, and `whole` is the digest
    of all its text then (hex SHA-256); `screenshot` is a path relative to the run's folder.
    """

    url: str
    title: str = ""
    text: str = ""
    elements: tuple[Element, ...] = ()
    forms: tuple[Form, ...] = ()
    status: int | None = None
    document: str = ""
    dialogs: tuple[str, ...] = ()
    tabs: tuple[Tab, ...] = ()
    focused: str | None = None
    notices: tuple[str, ...] = ()
    left_out: str = ""
    whole: str = ""
    screenshot: str | None = None

    @cached_property
    def _by_ref(self) -> dict[str, Element]:
        return {element.ref: element for element in self.elements}

    @cached_property
    def _forms_by_id(self) -> dict[str, Form]:
        return {form.id: form for form in self.forms}

    def element(self, ref: str | None) -> Element | None:
        """The element with this ref, or None."""
        return self._by_ref.get(ref) if ref is not None else None

    def form_of(self, element: Element | None) -> Form | None:
        """The form that holds this element, or None."""
        return self._forms_by_id.get(element.form) if element is not None and element.form is not None else None
