"""What other programs read of ours: hooks, the action, the matcher, and the snippets shown."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from mofkit.cli.main import COMMANDS
from mofkit.cli.rule import rule_pages
from tests.support import ROOT
from tests.support_cli import mofkit

DOCUMENT = (ROOT / "docs" / "integrations.md").read_text("utf-8")
RULE_PAGES = ROOT / "docs" / "rules"
FAULTY = "class A { uint8 X };\n"


def snippets(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)


def test_rule_pages_are_not_stale() -> None:
    """`make docs-rules` writes them."""
    from mofkit import rules

    expected = rule_pages(rules())
    there = {path.name: path.read_text("utf-8") for path in RULE_PAGES.iterdir()}
    wrong = [
        name for name in expected.keys() | there.keys() if expected.get(name) != there.get(name)
    ]
    assert sorted(wrong) == [], "run: make docs-rules"


def test_rule_pages_on_the_command_line(tmp_path: Path) -> None:
    assert mofkit("rule", "--all", "--format", "md", "-o", tmp_path).code == 0
    assert "[SYN002](SYN002.md)" in (tmp_path / "README.md").read_text("utf-8")
    assert "## Fix safety" in (tmp_path / "SYN002.md").read_text("utf-8")
    for arguments in (["SYN002"], ["--all"], ["--all", "--format", "json"]):
        assert mofkit("rule", *arguments, "-o", tmp_path).code == 2


def test_hooks_call_commands_that_exist() -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    ids = re.findall(r"^- id: (\S+)", text, re.MULTILINE)
    entries = re.findall(r"^  entry: mofkit (\S+)", text, re.MULTILINE)
    assert ids == [f"mofkit-{command}" for command in entries]
    assert set(entries) <= set(COMMANDS)
    (pattern,) = set(re.findall(r"^  files: (\S+)$", text, re.MULTILINE))
    assert all(re.search(pattern, name) for name in ("a.mof", "b/A.MOF", "x.mfl"))
    assert not re.search(pattern, "a.mof.txt")
    assert all(f"id: {hook}" in DOCUMENT for hook in ids)


def test_the_matcher_reads_concise_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.mof").write_text(FAULTY)
    (problem,) = json.loads((ROOT / ".github" / "mofkit-matcher.json").read_text())[
        "problemMatcher"
    ]
    (pattern,) = problem["pattern"]
    first, summary = mofkit("check", "--format", "concise", ".").out.splitlines()
    found = re.match(pattern["regexp"], first)
    assert found is not None
    assert {key: found[group] for key, group in pattern.items() if key != "regexp"} == {
        "file": "a.mof",
        "line": "1",
        "column": "18",
        "severity": "error",
        "code": "SYN002",
        "message": "expected `;` after property `X`, found `}`",
    }
    assert not re.match(pattern["regexp"], summary)


def test_the_action_runs_what_exists() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    (matcher,) = re.findall(r"add-matcher::\$GITHUB_ACTION_PATH/(\S+?)\"", text)
    assert (ROOT / matcher).is_file()
    assert "mofkit check --format concise" in text
    scripts = text.partition("runs:")[2]
    assert re.findall(r"^ +(\w+): \$\{\{", scripts, re.MULTILINE) == ["MOFKIT_ARGS", "MOFKIT_PATHS"]
    assert scripts.count("${{") == 2  # nowhere in a script


def test_the_msbuild_target_is_xml() -> None:
    (text,) = snippets("xml")
    project = ET.fromstring(text)
    (command,) = (node.attrib["Command"] for node in project.iter("Exec"))
    assert command.startswith("mofkit check --format msbuild ")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cmake") is None, reason="no cmake here")
@pytest.mark.skipif(sys.platform == "win32", reason="the wrapper below is a shell script")
def test_the_cmake_function_checks_again_when_a_file_changes(tmp_path: Path) -> None:
    function, call = snippets("cmake")
    (tmp_path / "CMakeLists.txt").write_text(
        f"cmake_minimum_required(VERSION 3.16)\nproject(Fan NONE)\n{function}{call}"
    )
    wrapper = tmp_path / "bin" / "mofkit"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m mofkit "$@"\n')
    wrapper.chmod(0o755)
    source = tmp_path / "fan.mof"

    def built(text: str) -> subprocess.CompletedProcess[str]:
        source.write_text(text)
        return run("cmake", "--build", "build")

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    source.write_text("")
    configured = run("cmake", "-S", ".", "-B", "build", f"-DMOFKIT={wrapper}")
    assert configured.returncode == 0, configured.stderr
    faulty = built(FAULTY)
    assert faulty.returncode != 0
    assert "fan.mof:1:18: error SYN002" in faulty.stdout + faulty.stderr
    assert built("class A {};\n").returncode == 0
    assert "Checking MOF files" not in run("cmake", "--build", "build").stdout
