"""Which tasks of MiniWoB++ are worked on, and why the others are not. Fixed here, so that figures can be compared.

An agent that sees pages as assistive technology does, and acts on named elements, cannot take part where a picture,
a colour, a place on the screen or a moment is the task.
"""

from __future__ import annotations

from typing import Literal

from harmonyguard.steps import InputError

Reason = Literal[
    "drawing: the answer is a point, a line or a movement of the mouse",
    "dragging: the answer is where on the screen something is let go of",
    "selecting: text has to be marked with the mouse",
    "shapes and colours: the page says in a picture only what is to be chosen",
    "timing: what is right changes within fractions of a second",
]

DRAWING: Reason = "drawing: the answer is a point, a line or a movement of the mouse"
DRAGGING: Reason = "dragging: the answer is where on the screen something is let go of"
SELECTING: Reason = "selecting: text has to be marked with the mouse"
SHAPES: Reason = "shapes and colours: the page says in a picture only what is to be chosen"
TIMING: Reason = "timing: what is right changes within fractions of a second"

EXCLUDED: dict[str, Reason] = {
    "bisect-angle": DRAWING,
    "button-delay": TIMING,
    "chase-circle": TIMING,
    "circle-center": DRAWING,
    "click-color": SHAPES,
    "click-shades": SHAPES,
    "click-shape": SHAPES,
    "count-shape": SHAPES,
    "count-sides": SHAPES,
    "daily-calendar": DRAGGING,
    "drag-box": DRAGGING,
    "drag-circle": DRAGGING,
    "drag-cube": DRAGGING,
    "drag-items": DRAGGING,
    "drag-items-grid": DRAGGING,
    "drag-shapes": DRAGGING,
    "drag-shapes-2": DRAGGING,
    "drag-single-shape": DRAGGING,
    "drag-sort-numbers": DRAGGING,
    "draw-circle": DRAWING,
    "draw-line": DRAWING,
    "find-midpoint": DRAWING,
    "grid-coordinate": DRAWING,
    "highlight-text": SELECTING,
    "highlight-text-2": SELECTING,
    "hot-cold": DRAWING,
    "hover-shape": TIMING,
    "identify-shape": SHAPES,
    "moving-items": TIMING,
    "number-checkboxes": SHAPES,
    "resize-textarea": DRAGGING,
    "right-angle": DRAWING,
    "simon-says": TIMING,
    "stock-market": TIMING,
    "text-editor": SELECTING,
    "use-colorwheel": SHAPES,
    "use-colorwheel-2": SHAPES,
    "visual-addition": SHAPES,
}

SUITE: tuple[str, ...] = (
    "ascending-numbers",
    "book-flight-nodelay",
    "book-flight",
    "buy-ticket",
    "choose-date-easy",
    "choose-date-medium",
    "choose-date-nodelay",
    "choose-date",
    "choose-list",
    "click-button-sequence",
    "click-button",
    "click-checkboxes-large",
    "click-checkboxes-soft",
    "click-checkboxes-transfer",
    "click-checkboxes",
    "click-collapsible-2-nodelay",
    "click-collapsible-2",
    "click-collapsible-nodelay",
    "click-collapsible",
    "click-dialog-2",
    "click-dialog",
    "click-link",
    "click-menu-2",
    "click-menu",
    "click-option",
    "click-pie-nodelay",
    "click-pie",
    "click-scroll-list",
    "click-tab-2-easy",
    "click-tab-2-hard",
    "click-tab-2-medium",
    "click-tab-2",
    "click-tab",
    "click-test-2",
    "click-test-transfer",
    "click-test",
    "click-widget",
    "copy-paste-2",
    "copy-paste",
    "email-inbox-delete",
    "email-inbox-forward-nl-turk",
    "email-inbox-forward-nl",
    "email-inbox-forward",
    "email-inbox-important",
    "email-inbox-nl-turk",
    "email-inbox-noscroll",
    "email-inbox-reply",
    "email-inbox-star-reply",
    "email-inbox",
    "enter-date",
    "enter-password",
    "enter-text-2",
    "enter-text-dynamic",
    "enter-text",
    "enter-time",
    "find-greatest",
    "find-word",
    "focus-text-2",
    "focus-text",
    "form-sequence-2",
    "form-sequence-3",
    "form-sequence",
    "generate-number",
    "guess-number",
    "login-user-popup",
    "login-user",
    "multi-layouts",
    "multi-orderings",
    "navigate-tree",
    "odd-or-even",
    "order-food",
    "phone-book",
    "read-table-2",
    "read-table",
    "scroll-text-2",
    "scroll-text",
    "search-engine",
    "sign-agreement",
    "simple-algebra",
    "simple-arithmetic",
    "social-media-all",
    "social-media-some",
    "social-media",
    "terminal",
    "text-transform",
    "tic-tac-toe",
    "unicode-test",
    "use-autocomplete-nodelay",
    "use-autocomplete",
    "use-slider-2",
    "use-slider",
    "use-spinner",
)


def chosen(names: str | None) -> tuple[str, ...]:
    """The tasks of the suite that `names` lists, with commas between them; all of them for None.

    Raises InputError for a task that the suite does not have, with the reason when it was left out.
    """
    if names is None:
        return SUITE
    tasks = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    for task in tasks:
        if task in EXCLUDED:
            raise InputError(f"{task} is not in the suite. {EXCLUDED[task].capitalize()}")
        if task not in SUITE:
            raise InputError(f'MiniWoB++ has no task "{task}" that this suite knows; the tasks: {", ".join(SUITE)}')
    if not tasks:
        raise InputError("--tasks names no task")
    return tasks
