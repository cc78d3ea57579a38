"""Every rule of the linter: its row, its page, the page's examples, and its cases.

A rule's cases are the files of `tests/data/rules/<CODE>/`: each has markers where the rule reports
something, and none where it does not, so a folder has files with and without. A case is a file by
itself; a folder in there is a set of files that are checked together. `pytest --update` writes the
markers, to be read before they are kept. Only the rule itself is asked about its cases. A text
whose first line is `// as UTF-16` is read as if it were in that encoding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import mofkit
from mofkit.compiler import bind
from mofkit.diagnostics import Diagnostic, Severity
from mofkit.linter import LintConfig, Unit, lint_units
from mofkit.linter.engine import load
from mofkit.linter.page import rule_of
from mofkit.linter.registry import NOT_CHECKED, REGISTRY, SAID_ELSEWHERE, Row
from mofkit.source import Encoding, MappingLoader, SourceFile
from mofkit.syntax import ParseResult, parse, parse_source
from tests.support import DATA, ROOT
from tests.support_markers import add_markers, strip_markers

FOLDER = DATA / "rules"
RULES_FOLDER = ROOT / "mofkit" / "linter" / "rules"
ROWS = [pytest.param(row, id=row.code) for row in REGISTRY]
CASES = [
    pytest.param(path, id=path.relative_to(FOLDER).as_posix())
    for path in sorted(FOLDER.glob("*/*"))
]


def files_of(path: Path) -> dict[str, str]:
    """Return the files of a case, name → text without markers."""
    paths = sorted(path.glob("*")) if path.is_dir() else [path]
    return {file.name: strip_markers(file.read_text("utf-8")) for file in paths}


def files_in(example: str) -> dict[str, str]:
    """Return the files of a page's example: one, or each behind its line `// file: name`."""
    head, *parts = re.split(r"^// file: (\S+)\n", example, flags=re.MULTILINE)
    if not parts:
        return {"example.mof": head}
    return dict(zip(parts[::2], parts[1::2], strict=True))


def parsed(name: str, text: str) -> ParseResult:
    """Return a file of a case or of an example, read."""
    encoding = Encoding.UTF16LE if text.startswith("// as UTF-16\n") else Encoding.UTF8
    bom = b"\xff\xfe" if encoding is Encoding.UTF16LE else b""
    return parse(SourceFile(text, path=name, encoding=encoding, bom=bom))


def found_in(files: dict[str, str], select: Sequence[str]) -> list[Diagnostic]:
    """Return what the selected rules report, without what stands in the files about that."""
    loader = MappingLoader({name: text.encode() for name, text in files.items()})
    results = [parsed(name, text) for name, text in files.items()]
    units = [Unit(bind([result], loader=loader)) for result in results]
    return lint_units(units, LintConfig(select=tuple(select)))


@pytest.mark.parametrize("path", CASES)
def test_findings_are_those_marked(path: Path, golden: Callable[[Path, str], None]) -> None:
    files = files_of(path)
    found = found_in(files, [path.parent.name])
    for name, text in files.items():
        case = path / name if path.is_dir() else path
        golden(case, add_markers(text, {d: None for d in found if d.path == name}))


@pytest.mark.parametrize("row", ROWS)
def test_cases_show_the_rule_and_its_absence(row: Row) -> None:
    folder = FOLDER / row.code
    marked = [f"^ {row.code} " in path.read_text("utf-8") for path in folder.rglob("*.m[of]*")]
    assert any(marked), f"{folder} has no case with a finding"
    assert not all(marked), f"{folder} has no case without a finding"


@pytest.mark.parametrize("row", ROWS)
def test_row_names_the_rule(row: Row) -> None:
    rule = load(row)
    assert (rule.code, rule.name) == (row.code, row.name)
    assert row.module.startswith(row.code[:3].lower() + ".")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.name)
    assert all(word == word.lower() for word in row.words)
    assert not row.is_info or rule.severity is Severity.INFO


def test_registry_has_every_rule_once_and_in_order() -> None:
    codes = [row.code for row in REGISTRY]
    assert codes == sorted(set(codes))
    assert len({row.name for row in REGISTRY}) == len(codes)
    modules = {
        ".".join(path.relative_to(RULES_FOLDER).with_suffix("").parts)
        for path in RULES_FOLDER.glob("*/*.py")
        if not path.stem.startswith("_")
    }
    assert modules == {row.module for row in REGISTRY}


def test_what_is_said_elsewhere_is_no_rule_and_names_one() -> None:
    codes = {rule.code for rule in mofkit.rules()}
    assert not codes & set(SAID_ELSEWHERE)
    assert set(SAID_ELSEWHERE.values()) <= codes


def test_what_is_not_checked_is_no_rule() -> None:
    assert not set(NOT_CHECKED) & {rule.code for rule in mofkit.rules()}
    assert not set(NOT_CHECKED) & set(SAID_ELSEWHERE)


@pytest.mark.parametrize("row", ROWS)
def test_page_says_what_is_reported(row: Row) -> None:
    assert rule_of(load(row)).what.startswith("Reports ")


@pytest.mark.parametrize("row", ROWS)
def test_example_trips_the_rule(row: Row) -> None:
    files = files_in(rule_of(load(row)).example)
    assert {found.code for found in found_in(files, [row.code])} == {row.code}
    errors = [d for name, text in files.items() for d in parse_source(text, path=name).diagnostics]
    assert [str(d) for d in errors if d.severity is Severity.ERROR] == []


@pytest.mark.parametrize("row", ROWS)
def test_instead_is_clean(row: Row) -> None:
    """By default nothing at all is said about it: not by this rule, nor by another."""
    files = files_in(rule_of(load(row)).instead)
    assert [d.message for d in found_in(files, [row.code])] == []
    results = [parsed(name, text) for name, text in files.items()]
    loader = MappingLoader({name: text.encode() for name, text in files.items()})
    assert [f"{d.code} {d.message}" for d in mofkit.lint(results, loader=loader)] == []


@pytest.mark.parametrize("path", CASES)
def test_fixes_mend_what_they_are_for(path: Path) -> None:
    """A fix makes its finding go away, and the file still parses."""
    files = files_of(path)
    for found in found_in(files, [path.parent.name]):
        if found.fix is None or not found.fix.edits:
            continue
        mended = mofkit.apply_edits(found.source, found.fix.edits)
        assert not [d for d in parse(mended).diagnostics if d.severity is Severity.ERROR]
        again = found_in({**files, mended.path: mended.text}, [found.code])
        assert len(again) < len(found_in(files, [found.code]))
