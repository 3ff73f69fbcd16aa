"""What is installed is what is in the folders: nothing of the top-level folders is left out of the wheel."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Folders that lie at the top for the reader and install inside the package.
TOP = ("examples", "graphs", "nodes", "prompts")


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(p for p in folder.rglob(pattern) if "__pycache__" not in p.parts)


def _installed_name(path: Path) -> str:
    """Where a file of the repository stands in the wheel."""
    relative = path.relative_to(ROOT)
    if relative.parts[0] == "src":
        return relative.relative_to("src").as_posix()
    return (Path("harmonyguard") / relative).as_posix()


def test_every_folder_with_code_is_a_package_of_the_project() -> None:
    inside = ROOT / "src" / "harmonyguard"
    # rglob does not follow the symlinks, so each folder is met once, where it really lies.
    folders = [p.parent for p in _files(inside, "*.py") if not _under_symlink(p, inside)]
    folders += [p.parent for top in TOP for p in _files(ROOT / top, "*.py")]
    packages = sorted({Path(_installed_name(folder)).as_posix().replace("/", ".") for folder in folders})
    assert sorted(PROJECT["tool"]["setuptools"]["packages"]) == packages
    for folder in set(folders):
        assert (folder / "__init__.py").is_file(), f"{folder} has code and no __init__.py"


def _under_symlink(path: Path, root: Path) -> bool:
    return any(parent.is_symlink() for parent in path.parents if parent != root and root in parent.parents)


@pytest.mark.parametrize("top", TOP)
def test_the_top_level_folders_stand_in_the_package_too(top: str) -> None:
    link = ROOT / "src" / "harmonyguard" / top
    assert link.is_symlink()
    assert link.readlink() == Path("../..") / top
    assert PROJECT["tool"]["setuptools"]["package-dir"][f"harmonyguard.{top}"] == top


def test_the_graphs_for_studio_are_named_by_module() -> None:
    graphs = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))["graphs"]
    assert set(graphs) == {"guarded_agent", "policy_ingestion", "action_check"}
    # A file path would load the module a second time and double its classes.
    assert all(place == f"harmonyguard.graphs.{name}:graph" for name, place in graphs.items())


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_name_no_index_and_no_torch(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if not line.startswith(" ")]
    assert not [line for line in lines if "://" in line or line.startswith("-") or "file:" in line]
    assert all("==" in line for line in pinned)
    assert not {"torch", "transformers"} & {line.partition("==")[0] for line in pinned}
    assert all("--hash=sha256:" in line for line in lines if line.startswith(" "))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel that was built from a copy of the repository."""
    # setuptools leaves its build folder behind, and what lies in an old one goes into the next wheel.
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "copy"
    ignored = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist", "node_modules", "demo-output")
    shutil.copytree(ROOT, copy, symlinks=True, ignore=ignored)
    build = f"import setuptools.build_meta as b; b.build_wheel({str(folder)!r})"
    done = subprocess.run([sys.executable, "-c", build], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_the_wheel_holds_every_module(wheel: set[str]) -> None:
    files = [p for folder in ("src", *TOP) for p in _files(ROOT / folder, "*.py") if not _under_symlink(p, ROOT)]
    assert len(files) > 20
    assert {_installed_name(p) for p in files} <= wheel


def test_the_wheel_holds_prompts_examples_and_the_typing_marker(wheel: set[str]) -> None:
    documents = [p for suffix in ("pdf", "html", "md", "json") for p in _files(ROOT / "examples", f"*.{suffix}")]
    expected = {_installed_name(p) for p in [*_files(ROOT / "prompts", "*.md"), *documents]}
    assert expected | {"harmonyguard/py.typed"} <= wheel
    assert not [name for name in wheel if not name.startswith(("harmonyguard/", "harmonyguard-"))]


def test_completing_a_name_of_the_package_shows_what_it_offers() -> None:
    import harmonyguard

    assert set(dir(harmonyguard)) == {*harmonyguard.__all__, "__version__"}
    assert all(getattr(harmonyguard, name) is not None for name in dir(harmonyguard))
