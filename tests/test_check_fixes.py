"""`mofkit check --fix` and `--diff`: what is mended, what is left, what is written where."""

from pathlib import Path

import pytest

from mofkit import bind, parse_source
from mofkit.cli.check_fixes import MAX_ROUNDS
from mofkit.diagnostics import Diagnostic, Fix, Rule, Safety, Severity
from mofkit.linter.fixer import FixedFile, fix_file
from mofkit.source import Edit, Encoding, SourceFile, Span
from tests.support_cli import mofkit

SAFE = "class A { uint8 X };\n"
UNSAFE = "class B { [Key uint8 X; };\n"
NO_FIX = "class C { uint8 X = 256; };\n"

pytestmark = pytest.mark.usefixtures("in_a_new_folder")


@pytest.fixture
def in_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_safe_fixes_are_made() -> None:
    Path("a.mof").write_bytes((SAFE + UNSAFE + NO_FIX).encode())
    outcome = mofkit("check", "--fix", "--format", "concise", "a.mof")
    assert outcome.code == 1
    assert outcome.out.endswith("2 errors in 1 file\n1 fixed, 2 left\n")
    assert Path("a.mof").read_text() == SAFE.replace("X }", "X; }") + UNSAFE + NO_FIX


def test_unsafe_fixes_are_made_if_wanted() -> None:
    Path("a.mof").write_bytes((SAFE + UNSAFE).encode())
    outcome = mofkit("check", "--fix", "--unsafe-fixes", "a.mof")
    assert (outcome.code, outcome.out) == (0, "1 file checked, nothing found\n2 fixed, 0 left\n")
    assert "[Key] uint8 X" in Path("a.mof").read_text()
    again = mofkit("check", "--fix", "--unsafe-fixes", "a.mof")
    assert again.out.endswith("0 fixed, 0 left\n")


def test_only_what_is_reported_is_mended() -> None:
    for options in (["--ignore", "SYN002"], ["--select", "SEM"]):
        Path("a.mof").write_text(SAFE)
        assert mofkit("check", "--fix", *options, "a.mof").out.endswith("0 fixed, 0 left\n")
        assert Path("a.mof").read_text() == SAFE
    Path("a.mof").write_text("class A { uint8 X }; // mofkit: noqa[SYN002]\n")
    mofkit("check", "--fix", "a.mof")
    assert "uint8 X }" in Path("a.mof").read_text()


def test_encoding_and_line_ends_stay() -> None:
    text = SAFE.replace("\n", "\r\n") * 2
    data = b"\xff\xfe" + text.encode("utf-16-le")
    Path("a.mof").write_bytes(data)
    mofkit("check", "--fix", "a.mof")
    expected = text.replace("X }", "X; }")
    assert Path("a.mof").read_bytes() == b"\xff\xfe" + expected.encode("utf-16-le")


def test_a_file_without_fixes_is_not_written() -> None:
    Path("a.mof").write_text(NO_FIX)
    before = Path("a.mof").stat()
    mofkit("check", "--fix", ".")
    assert Path("a.mof").stat().st_ino == before.st_ino


def test_standard_input_goes_to_standard_output() -> None:
    outcome = mofkit("check", "--fix", "-", stdin=(SAFE + NO_FIX).encode())
    assert outcome.code == 1
    assert outcome.out == SAFE.replace("X }", "X; }") + NO_FIX
    assert outcome.err.endswith("1 fixed, 1 left\n")
    assert mofkit("check", "--fix", "-", stdin=b"class A {};\n").out == "class A {};\n"
    Path("b.mof").write_text(SAFE)
    outcome = mofkit("check", "--fix", "--stdin-filename", "x.mof", "-", "b.mof", stdin=b"")
    assert (outcome.code, outcome.out) == (0, "")
    assert Path("b.mof").read_text() != SAFE
    assert not Path("x.mof").exists()


def test_diff_shows_and_writes_nothing() -> None:
    Path("a.mof").write_bytes((SAFE + NO_FIX).encode())
    outcome = mofkit("check", "--diff", "a.mof")
    assert outcome.code == 1
    assert outcome.out == (
        "--- a.mof\n+++ a.mof\n@@ -1,2 +1,2 @@\n"
        "-class A { uint8 X };\n+class A { uint8 X; };\n class C { uint8 X = 256; };\n"
    )
    assert outcome.err.endswith("1 would be fixed, 1 left\n")
    assert Path("a.mof").read_text() == SAFE + NO_FIX
    Path("a.mof").write_text(SAFE)
    assert mofkit("check", "--diff", "a.mof").code == 1  # nothing is left, but there is a diff
    Path("a.mof").write_text("class A {};\n")
    assert (mofkit("check", "--diff", "a.mof").code, mofkit("check", "--diff", "a.mof").out) == (
        0,
        "",
    )


@pytest.mark.parametrize(
    "options", ["--fix --diff", "--unsafe-fixes", "--fix --syntax-only", "--diff --syntax-only"]
)
def test_options_that_do_not_go_together(options: str) -> None:
    Path("a.mof").write_text(SAFE)
    assert mofkit("check", *options.split(), "a.mof").code == 2
    assert Path("a.mof").read_text() == SAFE


def test_files_that_include_one_another_are_mended_once() -> None:
    """What one file includes is checked with it, and seen there as it is after the fixes."""
    Path("a.mof").write_text('#pragma include("B.mof")\nclass A : B { uint8 Y };\n')
    Path("b.mof").write_text("class B { [key] uint8 X };\n")
    outcome = mofkit("check", "--fix", "a.mof", "./b.mof")
    assert outcome.out.endswith("2 fixed, 0 left\n")
    assert Path("b.mof").read_text() == "class B { [key] uint8 X; };\n"


def test_included_files_that_nobody_named_are_left_alone() -> None:
    Path("lib").mkdir()
    Path("lib/b.mof").write_text(SAFE)
    Path("a.mof").write_text('#pragma include("b.mof")\nclass D { uint8 Y };\n')
    outcome = mofkit("check", "--fix", "-I", "lib", "a.mof")
    assert outcome.out.endswith("1 fixed, 1 left\n")
    assert Path("lib/b.mof").read_text() == SAFE


@pytest.mark.parametrize(
    "text",
    [
        "[Description(\"Ein L\u00fcfter \u20ac \U0001f600a\")] class Fan { char16 C = '\u00e4'; };",
        'instance of Fan { Name = "\u00e4" "b\u00a0c"; };',
    ],
)
def test_text_in_strings_can_be_escaped(text: str) -> None:
    Path("a.mof").write_text(text, "utf-8")
    assert mofkit("check", "--select", "ENC001", "--fix", "a.mof").code == 1
    assert Path("a.mof").read_text("utf-8") == text
    outcome = mofkit("check", "--select", "ENC", "--fix", "--unsafe-fixes", "a.mof")
    assert outcome.out.endswith("1 fixed, 0 left\n")
    escaped = Path("a.mof").read_bytes()
    assert escaped.isascii()
    items = [bind([parse_source(one)]).schema.items for one in (text, escaped.decode("ascii"))]
    assert items[0] == items[1]


@pytest.mark.parametrize(
    "text", ['// \u00e4\n[Description("\u00e4")] class A {};', "class \u00c4 {};", 'a "\u00e4']
)
def test_text_elsewhere_cannot_be_escaped(text: str) -> None:
    (found,) = [one for one in parse_source(text).diagnostics if one.code == "ENC001"]
    assert found.fix is None


# --------------------------------------------------------------------------------- one round

RULE = Rule(
    code="STY000",
    name="made-up",
    severity=Severity.WARNING,
    what="",
    why="",
    example="",
    instead="",
    source="",
)


def finding(source: SourceFile, *edits: Edit, safety: Safety = Safety.SAFE) -> Diagnostic:
    return Diagnostic(RULE, "made up", source, edits[0].span, fix=Fix("mend", edits, safety))


def test_fixes_that_touch_wait_for_the_next_round() -> None:
    source = SourceFile.from_text("class Fan {};\n")
    about = [
        finding(source, Edit(Span(6, 9), "Pump")),
        finding(source, Edit(Span(9, 9), "X")),
        finding(source, Edit(Span(10, 12), "{ }"), Edit(Span(0, 0), "/**/")),
        finding(source, Edit(Span(10, 10), "  ")),
    ]
    fixed = fix_file(source, about, unsafe=False)
    assert (fixed.source.text, fixed.n_fixes) == ("class Pump   {};\n", 2)


def test_what_is_for_display_is_never_made() -> None:
    source = SourceFile.from_text("class Fan {};\n")
    about = [finding(source, Edit(Span(6, 9), "Pump"), safety=Safety.DISPLAY)]
    assert fix_file(source, about, unsafe=True) == (source, 0)


def test_a_fix_that_breaks_the_file_is_not_made() -> None:
    source = SourceFile.from_text("class Fan {};\n")
    assert fix_file(source, [finding(source, Edit(Span(6, 9), "{"))], unsafe=True) == (source, 0)


def test_a_fix_that_the_encoding_lacks_is_not_made() -> None:
    source = SourceFile("class Fan {};\n", path="a.mof", encoding=Encoding.CP1252)
    about = [
        finding(source, Edit(Span(6, 9), "Lüfter風")),
        finding(source, Edit(Span(11, 12), " }")),
    ]
    assert fix_file(source, about, unsafe=True).source.text == "class Fan { };\n"


def test_a_fix_that_contradicts_itself_is_not_made() -> None:
    source = SourceFile.from_text("class Fan {};\n")
    about = [finding(source, Edit(Span(6, 9), "A"), Edit(Span(7, 8), "B"))]
    assert fix_file(source, about, unsafe=True).n_fixes == 0


def test_line_ends_of_a_fix_are_those_of_the_file() -> None:
    for end in ("\n", "\r\n"):
        source = SourceFile.from_text(f"class Fan {{}};{end}")
        about = [finding(source, Edit(Span(11, 11), "\n"))]
        fixed = fix_file(source, about, unsafe=False).source.text
        assert fixed == f"class Fan {{{end}}};{end}"


def test_rounds_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two fixes that undo each other would go on for ever."""

    def flip(source: SourceFile, _findings: object, *, unsafe: bool) -> FixedFile:
        calls.append(unsafe)
        return FixedFile(SourceFile.from_text(source.text.swapcase(), path="a.mof"), 1)

    calls: list[bool] = []
    monkeypatch.setattr("mofkit.cli.check_fixes.fix_file", flip)
    Path("a.mof").write_text(NO_FIX)
    mofkit("check", "--diff", "a.mof")
    assert len(calls) == MAX_ROUNDS
