"""`harmonyguard policies export` and `import`: policies as files that people keep, edit and exchange."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmonyguard.cli.ingest import AuthorityName
from harmonyguard.cli.options import BookOption, JsonOption

if TYPE_CHECKING:
    from harmonyguard.policies.formats.policy_file import PolicyFile
    from harmonyguard.policies.policy import Policy


class FormatName(StrEnum):
    """The formats of policy files."""

    json = "json"
    cedar = "cedar"
    harmonyguard = "harmonyguard"


class ExportedStatus(StrEnum):
    """Which policies are exported."""

    active = "active"
    all = "all"


def export(
    format_name: Annotated[
        FormatName, typer.Option("--format", help="json is ours and whole; harmonyguard is the research code's JSON.")
    ] = FormatName.json,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write [default: stdout].", show_default=False)
    ] = None,
    status: Annotated[
        ExportedStatus, typer.Option(help="all: also proposed and retired ones.")
    ] = ExportedStatus.active,
    book: BookOption = None,
) -> int:
    """Write the policies of the book as JSON, as Cedar text, or as the research code's JSON.

    Example: harmonyguard policies export --format cedar --out book.cedar
    """
    import sys

    from harmonyguard.cli.engines import shown_book
    from harmonyguard.cli.output import aside, counted, note, write_whole
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.settings import load_settings
    from harmonyguard.steps import InputError

    place = load_settings({"book": book}).book
    with PolicyLog.open(place, create=False) as log:
        held = log.state().policies
    found = [held[identity].policy for identity in sorted(held)]
    if status is ExportedStatus.active:
        found = [policy for policy in found if policy.status == "active"]
    if not found:
        raise InputError(f"the policy book {shown_book(place)} holds no policies to export")
    text, lost = _written(found, format_name)
    if out is None:
        sys.stdout.write(text)
    else:
        write_whole(out, text)
        note(f"{counted(len(found), 'policy', 'policies')} written to {out}.")
    if lost:
        aside(f"This format cannot say everything. Lost: {lost}.")
    return 0


def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON or Cedar text.")],
    format_name: Annotated[
        FormatName | None,
        typer.Option("--format", help="Format of FILE [default: told from its content].", show_default=False),
    ] = None,
    authority: Annotated[
        AuthorityName | None,
        typer.Option(help="Who stands behind all of them [default: what FILE says].", show_default=False),
    ] = None,
    book: BookOption = None,
    as_json: JsonOption = False,
) -> int:
    """Put the policies of a file into the book: all of them, or none when anything in it is wrong.

    A policy that names no document has the file as its source. Sources that a file claims are kept and not
    looked up.

    Example: harmonyguard policies import policies.json
    """
    from harmonyguard.cli.case_trials import cases_tried
    from harmonyguard.cli.engines import actor, shown_book
    from harmonyguard.cli.output import aside, counted, emit_json, paragraph, say
    from harmonyguard.policies.formats.importing import import_entries
    from harmonyguard.policies.formats.research_json import UNSAID
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.settings import load_settings
    from harmonyguard.steps import InputError

    place = load_settings({"book": book}).book
    try:
        read, chosen, left_out = _read(_policy_file(file), format_name)
    except InputError as error:
        raise InputError(f"{error}; nothing was written") from error
    if authority is not None:
        read = [policy.model_copy(update={"authority": authority.value}) for policy in read]
    unsaid = UNSAID if chosen is FormatName.harmonyguard else ()
    with cases_tried(place), PolicyLog.open(place) as log:
        state = log.state()
        entries = import_entries(state, read, unsaid=unsaid)
        log.append(entries, actor=actor(), expected_head=state.head.hash)
    kinds = Counter(entry.kind for entry in entries)
    added, revised = kinds["policy_added"], kinds["policy_revised"]
    unchanged = len(read) - added - revised
    if as_json:
        numbers = {"added": added, "revised": revised, "unchanged": unchanged}
        ids = [policy.id for policy in read]
        emit_json({"file": str(file), "format": chosen.value, **numbers, "policies": ids, "left_out": left_out})
        return 0
    paragraph(
        f"{counted(len(read), 'policy', 'policies')} in {file} ({chosen.value}): {added} added, {revised} revised, "
        f"{unchanged} unchanged."
    )
    compiled = Counter(policy.rule.understood for policy in read)
    paragraph(f"Compiled into rules: {', '.join(f'{compiled[part]} {part}' for part in ('fully', 'partly', 'not'))}.")
    for words in left_out:
        aside(f"Left out: {words}", indent=2)
    say(f"Written to {shown_book(place)}.")
    return 0


def _written(policies: list[Policy], format_name: FormatName) -> tuple[str, str]:
    """The text of the file, and what it cannot say."""
    if format_name is FormatName.json:
        from harmonyguard.policies.formats.policy_json import write_policies

        return write_policies(policies), ""
    if format_name is FormatName.cedar:
        from harmonyguard.policies.formats.cedar_writer import write_cedar

        return write_cedar(policies), "recorded violations" if any(policy.references for policy in policies) else ""
    from harmonyguard.policies.formats.research_json import LOST, write_research

    return write_research(policies), LOST


def _policy_file(path: Path) -> PolicyFile:
    from harmonyguard.policies.formats.policy_file import PolicyFile
    from harmonyguard.steps import InputError

    try:
        return PolicyFile.of(str(path), path.read_bytes())
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error


def _read(file: PolicyFile, format_name: FormatName | None) -> tuple[list[Policy], FormatName, list[str]]:
    """The policies of the file, its format, and what was left out of it."""
    from harmonyguard.policies.formats.cedar_reader import read_cedar
    from harmonyguard.policies.formats.json_text import parse_json
    from harmonyguard.policies.formats.policy_json import read_policies
    from harmonyguard.policies.formats.recognise import recognise

    chosen = FormatName(recognise(file)) if format_name is None else format_name
    if chosen is FormatName.json:
        return [*read_policies(file)], chosen, []
    if chosen is FormatName.cedar:
        return [*read_cedar(file)], chosen, []
    from harmonyguard.policies.formats.research_json import research_policies
    from harmonyguard.policy_agent.moving_over import move_over

    moved = move_over(research_policies(parse_json(file.text, name=file.name), file), file)
    return [*moved.policies], chosen, [*moved.left_out]
