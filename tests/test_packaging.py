"""What an installed mofkit can do, outside the checkout: from a wheel and from an editable install.

No network is needed: the wheel is built by the installed hatchling, and the environments it goes
into are empty. Reading MOF must work there as it is, with no third-party package to be found;
the command line then borrows the packages of the environment that runs the tests.
"""

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.slow

PARSE = """
import sys
import mofkit

result = mofkit.parse_bytes(b"class Fan { uint32 Speed; };\\n", path="fan.mof")
assert result.diagnostics == [], result.diagnostics
assert result.source.to_bytes() == b"class Fan { uint32 Speed; };\\n"
assert "lark" not in sys.modules
print(mofkit.__file__)
"""

READ_RESOURCE = """
from importlib.resources import files

print(files("mofkit").joinpath("grammars", "mof.lark").read_text("utf-8"))
"""

READ_GRAMMAR = """
from mofkit.syntax.grammar import grammar_text

print(grammar_text("mof"))
"""


class Environment:
    """A virtual environment without packages, not even pip: the caller's pip installs into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        run(sys.executable, "-m", "venv", "--without-pip", str(folder), cwd=folder.parent)
        scripts = "Scripts" if sys.platform == "win32" else "bin"
        self.python = folder / scripts / "python"
        self.mofkit = folder / scripts / "mofkit"

    def install(self, *what: str) -> None:
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install", "--quiet"]
        run(*pip, "--no-deps", "--no-index", "--no-build-isolation", *what, cwd=self.folder)

    def borrow_packages(self) -> None:
        """Make the running environment's packages visible.

        A folder that a .pth file names has its own .pth files ignored, so an editable mofkit over
        there stays unseen.
        """
        site = self.evaluate("import sysconfig; print(sysconfig.get_path('purelib'))")
        Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")

    def evaluate(self, program: str) -> str:
        # -I: no current folder and no PYTHONPATH, through which the checkout could be seen.
        return run(str(self.python), "-I", "-c", program, cwd=self.folder).strip()


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (path,) = folder.glob("*.whl")
    return path


def test_wheel_holds_the_package_and_the_grammars(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"mofkit"}
    assert {"mofkit/py.typed", "mofkit/syntax/_tables.py"} <= names
    grammars = {f"mofkit/grammars/{path.name}" for path in (ROOT / "grammars").iterdir()}
    assert grammars <= names


def test_wheel_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    environment.install(str(wheel))
    assert Path(environment.evaluate(PARSE)).is_relative_to(environment.folder)
    resource = environment.evaluate(READ_RESOURCE)
    assert resource == (ROOT / "grammars" / "mof.lark").read_text("utf-8").strip()
    check_grammar_and_command(environment)


def test_editable_install_works_outside_the_checkout(tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    environment.borrow_packages()
    environment.install("--editable", str(ROOT))
    assert Path(environment.evaluate(PARSE)).is_relative_to(ROOT)
    check_grammar_and_command(environment)


def check_grammar_and_command(environment: Environment) -> None:
    environment.borrow_packages()
    grammar = (ROOT / "grammars" / "mof.lark").read_text("utf-8").strip()
    assert environment.evaluate(READ_GRAMMAR) == grammar
    (environment.folder / "fan.mof").write_bytes(b"class Fan { uint32 Speed; };\n")
    run(str(environment.mofkit), "check", "fan.mof", cwd=environment.folder)
