"""`harmonyguard init`: a commented settings file and an example policy folder, to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import JsonOption

POLICIES = "policies"


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where they go [default: here].", show_default=False)
    ] = Path(),
    as_json: JsonOption = False,
) -> int:
    """Write harmonyguard.toml, which explains every setting, and a folder with an example policy document.

    What is there already is left as it is, so the command can be given again.

    Example: harmonyguard init agent-guard
    """
    from harmonyguard.settings import FILE

    from .output import emit_json, note, say
    from .settings_file import settings_text

    texts = {Path(FILE): settings_text(), **_example_policies()}
    written = [name for name, text in texts.items() if _write_new(folder / name, text)]
    kept = [name for name in texts if name not in written]
    if as_json:
        emit_json({"written": [str(folder / name) for name in written], "kept": [str(folder / name) for name in kept]})
        return 0
    for name in texts:
        say(f"{'wrote' if name in written else 'kept '} {folder / name}")
    note(f"Next: put your policy documents into {folder / POLICIES}, then `harmonyguard ingest {folder / POLICIES}`.")
    return 0


def _example_policies() -> dict[Path, str]:
    from importlib.resources import files

    starter = files("harmonyguard.examples") / "starter"
    documents = sorted((item for item in starter.iterdir() if item.name.endswith(".md")), key=lambda item: item.name)
    return {Path(POLICIES) / item.name: item.read_text(encoding="utf-8") for item in documents}


def _write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet, whole or not at all. False when something of that name is there."""
    import os
    import tempfile

    from harmonyguard.steps import InputError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or path.exists():
            return False
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as part:
            part.write(text)
        try:
            Path(part.name).chmod(0o644)
            os.link(part.name, path)  # unlike a rename, it never takes the place of a file
        finally:
            Path(part.name).unlink()
    except FileExistsError:
        return False
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error
    return True
