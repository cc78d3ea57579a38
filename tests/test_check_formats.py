"""The forms of findings that other programs read: SARIF, GitHub's commands, MSBuild's lines."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mofkit.cli.check_output import FORMATS
from mofkit.diagnostics import Diagnostic, Fix, Related, Rule, Safety, Severity
from mofkit.diagnostics.render import github, msbuild, sarif
from mofkit.source import Edit, SourceFile, Span
from tests.support import DATA
from tests.support_cli import mofkit

SARIF_SCHEMA = json.loads((DATA / "sarif" / "sarif-schema-2.1.0.json").read_text("utf-8"))
FAULTY = 'class A {\n  string S = "\U0001f300" "a" };\n  [Key uint8 X;\n};\ninstance of {};\n'

SOURCE = SourceFile.from_text("class \U0001f300A {\n  uint8 X\n};\n", path="a dir/fän,1:2.mof")
RULE = Rule(
    code="STY000",
    name="made-up",
    severity=Severity.WARNING,
    what="Reports a thing. And another.",
    why="It matters.",
    example="class A {};\n",
    instead="class B {};\n",
    source="mofkit's own.",
)


def made_up(severity: Severity = Severity.WARNING) -> Diagnostic:
    return Diagnostic(
        RULE,
        "100% \x1b[31m of `A`",
        SOURCE,
        Span(7, 8),
        severity,
        related=(Related(SOURCE, Span(12, 17), "here"),),
        help="write `B`",
        fix=Fix("rename", (Edit(Span(7, 8), "B"),), Safety.UNSAFE),
    )


def assert_is_sarif(text: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(text)
    jsonschema.Draft4Validator(SARIF_SCHEMA).validate(log)
    return log


def test_sarif_of_a_made_up_finding(golden: Callable[[Path, str], None]) -> None:
    text = sarif.render([made_up()])
    assert_is_sarif(text)
    assert text.isascii()
    golden(DATA / "render" / "made_up.sarif", re.sub(r'(semanticVersion": )"[^"]*"', r'\1""', text))


def test_sarif_of_real_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.mof").write_text(FAULTY, "utf-8")
    as_json = json.loads(mofkit("check", "--format", "json", ".").out)
    log = assert_is_sarif(mofkit("check", "--format", "sarif", ".").out)
    (run,) = log["runs"]
    assert [result["ruleId"] for result in run["results"]] == [item["code"] for item in as_json]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({item["code"] for item in as_json})
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.mof").write_text("class A {};\n")
    log = assert_is_sarif(mofkit("check", "--format", "sarif", tmp_path).out)
    assert log["runs"][0]["results"] == []


def test_github() -> None:
    """Workflow commands: https://docs.github.com, "Workflow commands for GitHub Actions"."""
    assert github.render([made_up(), made_up(Severity.INFO)]) == (
        "::warning file=a dir/fän%2C1%3A2.mof,line=1,endLine=1,col=8,endColumn=9,"
        "title=STY000 made-up::100%25 <U+001B>[31m of `A`%0Awrite `B`\n"
        "::notice file=a dir/fän%2C1%3A2.mof,line=1,endLine=1,col=8,endColumn=9,"
        "title=STY000 made-up::100%25 <U+001B>[31m of `A`%0Awrite `B`\n"
    )


def test_github_of_several_lines() -> None:
    finding = Diagnostic(RULE, "x", SOURCE, Span(0, len(SOURCE.text) - 1))
    assert github.render([finding]).startswith(
        "::warning file=a dir/fän%2C1%3A2.mof,line=1,endLine=3,title="
    )


def test_msbuild() -> None:
    """The canonical form: origin, category, code, text, all on one line."""
    text = msbuild.render([made_up(Severity.ERROR)])
    assert text == "a dir/fän,1:2.mof(1,8): error STY000: 100% <U+001B>[31m of `A`\n"


@pytest.mark.parametrize("form", FORMATS)
def test_no_form_lets_control_characters_through(form: str, tmp_path: Path) -> None:
    path = tmp_path / "a.mof"
    path.write_text('class \x1b[31m { uint8 \x07X };\n#pragma "\x1b]0;x\x07"\n')
    outcome = mofkit("check", "--format", form, path)
    assert outcome.code == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", outcome.out)


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_is_that_of_places(form: str, tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.mof").write_text(FAULTY, "utf-8")
    forward = mofkit("check", "--format", form, tmp_path / "a.mof", tmp_path / "b.mof")
    assert forward == mofkit("check", "--format", form, tmp_path / "b.mof", tmp_path / "a.mof")
    assert forward.out.find("a.mof") < forward.out.find("b.mof")
