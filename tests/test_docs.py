"""What the documents say is so: commands print what is shown, examples run, names lead somewhere.

A console block of a document is run, in a folder that holds `samples/` and every MOF file the
document shows (a `mof` block whose first line is `// its name`). A line `...` stands for what was
left out: `pytest --update` keeps as many findings before it, or lines where there are none, and as
many lines after it. A `json` block under `<!-- output of: mofkit ... -->` must mean the same as
what the command prints.
"""

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import ROOT

README = ROOT / "README.md"
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
GUIDE = ROOT / "docs" / "guide.md"
SAMPLES = ROOT / "samples" / "README.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), SAMPLES])
REGISTRATION_INFO = ROOT / "docs" / "registration-info.md"
PROVIDER_UPDATE = ROOT / "docs" / "provider-update.md"
BINARY_MOF = ROOT / "docs" / "binary-mof.md"
WITH_EXAMPLES = [README, GUIDE, REGISTRATION_INFO, PROVIDER_UPDATE, BINARY_MOF]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_JSON_OUTPUT = re.compile(
    r"(?<=<!-- output of: )(mofkit .*?) -->\n+```json\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
_FINDING = re.compile(r"^(?:error|warning|info)\[|: (?:error|warning|info) [A-Z]{3}[0-9]{3} ")
_FILE_NAME = re.compile(r"// ([\w./-]+\.(?:mof|mfl))\n")
_CUT = "..."


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def texts_of(document: Path, language: str) -> list[str]:
    """Return the blocks of one language."""
    text = document.read_text("utf-8")
    return [body for found, body in _FENCE.findall(text) if found == language]


@pytest.fixture
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a folder with `samples/` and the files that the document shows."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    for text in texts_of(request.getfixturevalue("document"), "mof"):
        named = _FILE_NAME.match(text)
        if named:
            path = tmp_path / named[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    return tmp_path


# ----------------------------------------------------------------------------------- commands


@pytest.mark.slow
@pytest.mark.parametrize("document", WITH_EXAMPLES, ids=name_of)
def test_commands_print_what_is_shown(
    document: Path, workspace: Path, golden: Callable[[Path, str], None]
) -> None:
    def with_output(block: re.Match[str]) -> str:
        if block[1] != "console":
            return block[0]
        session = "".join(
            f"$ {command}\n{cut_alike(shown, output_of(command, workspace))}"
            for command, shown in commands_in(block[2])
        )
        return f"```console\n{session}```"

    def with_json(block: re.Match[str]) -> str:
        actual = json.loads(output_of(block[1], workspace))
        same = json.loads(block[2]) == actual
        return block[0] if same else f"{block[1]} -->\n```json\n{pretty(actual)}\n```"

    text = document.read_text("utf-8")
    golden(document, _JSON_OUTPUT.sub(with_json, _FENCE.sub(with_output, text)))


@pytest.mark.parametrize(
    "command", re.findall(r"`(mofkit [^`]+)`", SAMPLES.read_text("utf-8")), ids=str
)
def test_commands_for_the_samples_run(command: str) -> None:
    output_of(command, ROOT)


def commands_in(session: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a console block, and the lines shown for it."""
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, shown


def output_of(command: str, folder: Path) -> str:
    """Run a command; a wrong one (exit code 2) fails the test."""
    program, *arguments = shlex.split(command)
    assert program == "mofkit", f"{command}: only mofkit can be run here"
    environment = {"NO_COLOR": "1", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-m", program, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode in (0, 1), f"$ {command}\n{run.stdout}"
    return run.stdout


def cut_alike(shown: list[str], output: str) -> str:
    """Return the output with as much left out as of the one shown."""
    lines = output.splitlines()
    if _CUT not in shown:
        return output
    at = shown.index(_CUT)
    n_findings = sum(map(is_finding, shown[:at]))
    starts = [number for number, line in enumerate(lines) if is_finding(line)]
    end = starts[n_findings] if 0 < n_findings < len(starts) else min(at, len(lines))
    resume = max(end, len(lines) - (len(shown) - at - 1))
    kept = "\n".join(lines[:end]).rstrip()
    return "\n".join([kept, _CUT, *lines[resume:], ""])


def is_finding(line: str) -> bool:
    """Say whether a line of output is the first of a finding."""
    return _FINDING.search(line) is not None


def pretty(value: object, indent: str = "") -> str:
    """Return JSON with what fits into a line in one line."""
    flat = json.dumps(value)
    if len(indent + flat) <= 88 or not isinstance(value, dict | list):
        return flat
    deeper = f"{indent}  "
    if isinstance(value, dict):
        items = [f"{json.dumps(key)}: {pretty(item, deeper)}" for key, item in value.items()]
    else:
        items = [pretty(item, deeper) for item in value]
    body = ",\n".join(deeper + item for item in items)
    return f"{flat[0]}\n{body}\n{indent}{flat[-1]}"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("a\nb\nc", "a\nb\nc\nd\ne\n"),
        ("x\ny\n...", "a\nb\n...\n"),
        ("x\n...\ny\nz", "a\n...\nd\ne\n"),
    ],
)
def test_output_is_cut_by_lines(shown: str, expected: str) -> None:
    assert cut_alike(shown.splitlines(), "a\nb\nc\nd\ne\n") == expected


def test_output_is_cut_by_findings() -> None:
    output = "error[SYN001]: a\n 1 | x\n\nwarning[SYN002]: b\n 2 | y\n2 findings\n"
    shown = ["error[SYN009]: once it looked", "otherwise,", "longer", "...", "9 findings"]
    assert cut_alike(shown, output) == "error[SYN001]: a\n 1 | x\n...\n2 findings\n"


# ------------------------------------------------------------------------------------- Python


@pytest.mark.parametrize("document", WITH_EXAMPLES, ids=name_of)
def test_python_examples_run(
    document: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    names: dict[str, object] = {}
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for text in texts_of(document, "python"):
        block = doctest.DocTestParser().get_doctest(text, names, name_of(document), None, None)
        assert block.examples, f"nothing to run, since no line has a prompt:\n{text}"
        block.globs = names  # one block goes on where the one before it ended
        runner.run(block, out=report.append, clear_globs=False)
    assert runner.summarize(verbose=False).failed == 0, "".join(report)


# --------------------------------------------------------------------------------------- builds


@pytest.mark.parametrize("document", [BINARY_MOF], ids=name_of)
@pytest.mark.skipif(shutil.which("make") is None, reason="no make here")
@pytest.mark.skipif(sys.platform == "win32", reason="the command below is for a Unix shell")
def test_the_makefile_makes(document: Path, workspace: Path) -> None:
    (text,) = texts_of(document, "makefile")
    (workspace / "Makefile").write_text(text)
    command = f"PYTHONPATH={ROOT} {sys.executable} -m mofkit"
    subprocess.run(["make", f"MOFKIT={command}"], cwd=workspace, check=True, capture_output=True)
    assert (workspace / "valve.bmf").read_bytes()[:4] == b"FOMB"


# -------------------------------------------------------------------------- links, names, paths


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    broken = [
        target
        for target in re.findall(r"\]\(([^)\s]+)\)", without_blocks(document))
        if not target.startswith("https://") and not resolves(document, target)
    ]
    assert broken == []


def resolves(document: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    place = document.parent / path if path else document
    return place.exists() and (not anchor or anchor in anchors_of(place))


def anchors_of(document: Path) -> set[str]:
    """Return the anchors of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", without_blocks(document), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def without_blocks(document: Path) -> str:
    return _FENCE.sub("", document.read_text("utf-8"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_no_path_is_of_one_machine_only(document: Path) -> None:
    found = re.findall(
        r"(?<![\w.~])/(?:home|root|mnt|opt|tmp|Users|usr|var|work)\b.*|[A-Z]:\\Users.*",
        document.read_text("utf-8"),
    )
    assert found == []


class Named(NamedTuple):
    """The files, and the functions and classes, that the architecture page names."""

    paths: list[str]
    objects: list[str]


def named_in_architecture() -> Named:
    layers = "|".join(path.stem for path in (ROOT / "mofkit").iterdir() if path.stem[0] != "_")
    codes = re.findall(r"`([^`\n]+)`", without_blocks(ARCHITECTURE))
    return Named(
        paths=[code for code in codes if re.fullmatch(r"[\w.-]+/[\w./-]*", code)],
        objects=[code for code in codes if re.fullmatch(rf"(?:{layers})(?:\.\w+)+", code)],
    )


def test_architecture_names_what_exists() -> None:
    named = named_in_architecture()
    assert named.paths
    assert named.objects
    assert [path for path in named.paths if not (ROOT / path).exists()] == []
    assert [name for name in named.objects if not is_defined(name)] == []


def is_defined(name: str) -> bool:
    """Say whether `layer.module.object` is in mofkit."""
    parts = name.split(".")
    found: object = import_module("mofkit")
    for number, part in enumerate(parts):
        if not hasattr(found, part):
            try:
                import_module(".".join(["mofkit", *parts[: number + 1]]))
            except ImportError:
                return False
        found = getattr(found, part)
    return True


def test_architecture_names_every_folder() -> None:
    folders = {path.parent for path in (ROOT / "mofkit").rglob("*.py")} - {ROOT / "mofkit"}
    expected = {f"{folder.relative_to(ROOT).as_posix()}/" for folder in folders}
    assert expected - set(named_in_architecture().paths) == set()


def test_problem_matcher_reads_the_concise_form() -> None:
    (matcher,) = (json.loads(text) for text in texts_of(GUIDE, "json") if "regexp" in text)
    pattern = matcher["problemMatcher"]["pattern"]
    line = output_of("mofkit check --format concise samples/broken.mof", ROOT).splitlines()[0]
    match = re.fullmatch(pattern["regexp"], line)
    assert match
    assert match[pattern["file"]] == "samples/broken.mof"
    assert match[pattern["severity"]] == "error"
    assert match[pattern["code"]].startswith("S")
