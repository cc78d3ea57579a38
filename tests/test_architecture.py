"""What the folders promise: which layer imports which, and no empty rooms."""

import subprocess
import sys

from tests.support import ROOT


# Loading one of these costs more than all of a small `mofkit check`.
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


_NOTHING = {"__init__.py", "__pycache__"}


def test_every_folder_has_content() -> None:
    folders = [path for path in (ROOT / "mofkit").rglob("*") if path.is_dir()]
    empty = [
        folder.relative_to(ROOT).as_posix()
        for folder in folders
        if folder.name != "__pycache__"
        and not any(path.name not in _NOTHING for path in folder.iterdir())
    ]
    assert empty == []
