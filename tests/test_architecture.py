"""What the folders promise: which layer imports which, and no empty rooms."""

import subprocess
import sys

import pytest

from tests.support import ROOT

# Loading one of these costs more than all of a small `mofkit check`.
HEAVY = ["construct", "importlib.metadata", "jinja2", "json", "lark", "logging", "rich"]


def test_imports_point_down() -> None:
    """The contracts are in pyproject.toml, under [tool.importlinter]."""
    program = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_grammars_holds_grammars_only() -> None:
    """One .py file there and the editable install breaks (see the build part of pyproject.toml)."""
    strangers = [path.name for path in (ROOT / "grammars").iterdir() if path.suffix != ".lark"]
    assert strangers == []


def test_every_folder_has_content() -> None:
    folders = [path for path in (ROOT / "mofkit").rglob("*") if path.is_dir()]
    empty = [
        folder.relative_to(ROOT).as_posix()
        for folder in folders
        if folder.name != "__pycache__"
        and not any(path.is_file() and path.name != "__init__.py" for path in folder.iterdir())
    ]
    assert empty == []


@pytest.mark.parametrize(
    "arguments", [["--version"], ["check", "--syntax-only", "-"]], ids=["version", "check"]
)
def test_start_up_loads_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import os, sys\n"
        "codes = []; os._exit = codes.append\n"  # or nothing could be said afterwards
        "from mofkit.__main__ import main\n"
        f"sys.argv = ['mofkit', *{arguments!r}]\n"
        "main(); assert codes in ([], [0]), codes\n"
        f"print(*sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        input="class Fan {};\n",
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr.split() == []
