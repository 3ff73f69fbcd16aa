"""What commands say: one JSON document or tables on stdout, progress and notes on stderr.

Words from documents and pages are printed as they are, without what a terminal would take as a command.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from harmonyguard.runs.printable import printable

if TYPE_CHECKING:
    from rich.console import Console


SHORT = 24
"""Words of up to so many characters are not broken over lines."""
GAP = 2
"""Columns of space after each column of a table; after the last one there is one."""
NARROW = 60
"""A terminal of fewer columns gets tables row by row."""
QUIET: ContextVar[bool] = ContextVar("quiet", default=False)
"""With `--quiet` only results and errors are said: no notes and no progress."""


def emit_json(document: Any) -> None:
    """Write the one JSON document of `--json` to stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def note(words: str) -> None:
    """One line on stderr, unless quiet."""
    if not QUIET.get():
        typer.echo(printable(words), err=True)


def follows() -> bool:
    """True when a person at a terminal follows what goes on, and wants to."""
    return sys.stderr.isatty() and not QUIET.get()


def say(words: str) -> None:
    """One line on stdout."""
    typer.echo(printable(words))


def paragraph(words: str, *, style: str = "", indent: int = 0) -> None:
    """Words on stdout, broken between words at the width of the terminal; later lines are indented."""
    for line in _broken(words, indent):
        styled(line, style)


def aside(words: str, *, indent: int = 0) -> None:
    """Words on stderr, broken like a paragraph, unless quiet."""
    if QUIET.get():
        return
    for line in _broken(words, indent):
        typer.echo(line, err=True)


def _broken(words: str, indent: int) -> list[str]:
    import textwrap

    width = console().width
    return textwrap.wrap(printable(words), width, subsequent_indent=" " * indent, break_on_hyphens=False)


def styled(line: str, style: str) -> None:
    """One line on stdout in a style of rich, where the terminal has styles; never broken."""
    from rich.text import Text

    console().print(Text(printable(line), style=style), soft_wrap=True)


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 policy", "2 policies": the number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def console() -> Console:
    """Rich on stdout. Honours NO_COLOR and the width of the terminal."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """A table that fits the terminal, or its rows one after another in a narrow one.

    Cells are text, never markup; numbers stand on the right.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    cells = [list(row) for row in rows]
    if console().width < NARROW:
        _print_records(columns, cells, title)
        return
    # Not `collapse_padding`: with it rich wraps a cell wider than its column and cuts what stands over.
    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
        title=title or None,
        title_justify="left",
        title_style="bold",
    )
    values = [[row[index] for row in cells if row[index] is not None] for index in range(len(columns))]
    widths = _widths(columns, values, console().width - GAP * len(columns) + 1)
    for column, of_column, width in zip(columns, values, widths, strict=True):
        numeric = bool(of_column) and all(isinstance(value, int | float) for value in of_column)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold", width=width)
    for row in cells:
        table.add_row(*(Text(_cell(value)) for value in row))
    console().print(table)


def _print_records(columns: Sequence[str], cells: Sequence[Sequence[object]], title: str) -> None:
    """Row by row, a line or more for each column: in a narrow terminal a table would break words apart."""
    longest = max(len(column) for column in columns)
    if title:
        paragraph(title, style="bold")
    for number, row in enumerate(cells):
        if number:
            say("")
        for column, value in zip(columns, row, strict=True):
            paragraph(f"{column:<{longest}}  {_cell(value)}", indent=longest + 2)


def _widths(columns: Sequence[str], values: Sequence[Sequence[object]], room: int) -> list[int]:
    """Column widths that fill the room, by turns to the one that is highest; rich fills more than there is."""
    widths = _least_widths(columns, values, room)
    whole = [max([len(name), *(len(_cell(value)) for value in of)]) for name, of in zip(columns, values, strict=True)]
    for _ in range(room - sum(widths)):
        lines = [longest / width if longest > width else 0 for longest, width in zip(whole, widths, strict=True)]
        if not any(lines):
            break
        widths[lines.index(max(lines))] += 1
    return widths


def _least_widths(columns: Sequence[str], values: Sequence[Sequence[object]], room: int) -> list[int]:
    """The width of the longest word of each column; the widest give way until all fit, since rich would cut."""
    widths = []
    for column, of_column in zip(columns, values, strict=True):
        longest = max((len(word) for value in of_column for word in _cell(value).split()), default=0)
        widths.append(max(min(longest, SHORT), len(column)))
    while sum(widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3f}" if isinstance(value, float) else printable(str(value))


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """A bar on stderr that is gone afterwards; nothing at all when stderr is not a terminal, or quiet.

    Call the yielded function with what is being done each time one part is finished.
    """
    if not follows():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.text import Text

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(what, total=total)

        def step(words: str) -> None:
            bar.update(task, advance=1, description=Text(printable(words)).markup[:60])

        yield step


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as part:
        part.write(text)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(path)
