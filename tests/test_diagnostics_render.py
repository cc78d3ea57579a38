"""The forms of diagnostics. What the full one looks like is in tests/data/render."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mofkit.diagnostics import Diagnostic, Fix, Related, Rule, Safety, Severity
from mofkit.diagnostics.render import concise, full, json_
from mofkit.diagnostics.render.glyphs import cell_count
from mofkit.diagnostics.rule_page import render_page
from mofkit.source import Edit, SourceFile, Span
from tests.support import DATA

Golden = Callable[[Path, str], None]

RULE = Rule(
    code="SYN004",
    name="missing-semicolon",
    severity=Severity.ERROR,
    what="A property, a method, a value or a whole declaration does not end with `;`. "
    "In MOF each of them does, the closing brace of a class included.",
    why="The compiler takes the next line for a part of this one and stops at something else.",
    example="class Fan {\n    uint32 Speed\n};\n",
    instead="class Fan {\n    uint32 Speed;\n};\n",
    source="DSP0004, annex A",
    wbemmof="WBEMMOF_E_EXPECTED_SEMI (0x80044002)",
)
PLAIN = replace(RULE, code="SYN001", name="plain", wbemmof="")
WARNING = replace(PLAIN, code="SEM021", severity=Severity.WARNING)
INFO = replace(PLAIN, code="STY010", severity=Severity.INFO)


def marked(text: str, path: str = "fan.mof") -> tuple[SourceFile, list[Span]]:
    """Return the file without its ⟦marks⟧, and the spans between them in order."""
    plain, starts, spans = "", [], []
    for character in text:
        if character == "⟦":
            starts.append(len(plain))
        elif character == "⟧":
            spans.append(Span(starts.pop(), len(plain)))
        else:
            plain += character
    return SourceFile.from_text(plain, path=path), sorted(spans)


def missing_semicolon() -> Diagnostic:
    source, (name, end) = marked(
        "// What keeps the machine cool.\n\n"
        "class ⟦Fan⟧ : CIM_Fan\n{\n    uint32 Speed⟦⟧\n    uint32 Limit;\n};\n"
    )
    return Diagnostic(
        RULE,
        "expected `;` after property `Speed`, found `uint32`",
        source,
        end,
        related=(Related(source, name, "in this class"),),
        help="end every property with `;`",
        fix=Fix("insert `;`", (Edit(end, ";"),)),
    )


def several_labels() -> Diagnostic:
    source, (first, second, third, name) = marked(
        "[⟦Key⟧, read, ⟦key⟧, write, ⟦KEY⟧]\nuint32 ⟦Id⟧;\n"
    )
    return Diagnostic(
        WARNING,
        "qualifier `Key` is given three times",
        source,
        third,
        related=(
            Related(source, second, "then here"),
            Related(source, first, "first here"),
            Related(source, name, "for this property"),
        ),
    )


def label_right_of_the_finding() -> Diagnostic:
    source, (value, kind) = marked("    uint8 Speed = ⟦300⟧; // ⟦uint8⟧\n")
    related = (Related(source, kind, "holds 0 to 255"),)
    return Diagnostic(WARNING, "300 is too large", source, value, related=related)


def unclosed_string() -> Diagnostic:
    source, (string,) = marked(
        'class Fan\n{\n    string Label = ⟦"checked in spring;\n    string Note;\n};\n\n'
        "instance of Fan\n{\n    Note = 5;\n};⟧\n"
    )
    return Diagnostic(
        PLAIN,
        "string is not closed",
        source,
        string,
        notes=('a string ends on the line it starts on:\nwrite "a" "b" to go on elsewhere',),
    )


def unclosed_comment() -> Diagnostic:
    source, (comment,) = marked(
        "class Fan {};\n\n  ⟦/* The pump\n     is next.\n\nclass Pump {};\n⟧"
    )
    return Diagnostic(PLAIN, "comment is not closed", source, comment)


def bracket_with_labels() -> Diagnostic:
    source, (whole, name, _) = marked(
        "⟦class ⟦Fan⟧\n{\n    uint32 A;\n    uint32 B;\n    uint32 C;\n    uint32 ⟦D⟧;\n};⟧\n"
    )
    related = (Related(source, name, "named here"),)
    return Diagnostic(INFO, "class `Fan` has no key", source, whole, related=related)


def related_elsewhere() -> Diagnostic:
    source, (first, again) = marked(
        "class ⟦Fan⟧ {};\n" + "class Other {};\n" * 20 + "class ⟦fan⟧ {};\n"
    )
    base, (whole,) = marked("⟦class FAN\n{\n};⟧\n", path="lib/base.mof")
    related = (Related(source, first, "declared here"), Related(base, whole, "and here"))
    return Diagnostic(PLAIN, "class `fan` is declared before", source, again, related=related)


def control_characters() -> Diagnostic:
    source, (name,) = marked(
        'string ⟦Name\u202e⟧ = "\x1b[2J\u200b\u00a0\x00";\n', path="fan\x1b[31m.mof"
    )
    related = (Related(source, name, "\x1b[0m here"),)
    return Diagnostic(
        PLAIN,
        "no property `Name\u202e`\nsyntax ok",
        source,
        name,
        related=related,
        notes=("a\x07b",),
        help="c\x08d",
        fix=Fix("e\rf", (Edit(name, "Name\x1b"),)),
    )


def wide_characters() -> Diagnostic:
    source, (value, quote) = marked("\tstring 名前 = \t⟦“漢字e\u0301”⟧⟦;⟧ // 漢字\n")
    related = (Related(source, quote, "终"),)
    return Diagnostic(PLAIN, "“ is no quote of MOF", source, value, related=related)


def long_line() -> Diagnostic:
    before, after = "uint32 Before; " * 30, "uint32 After; " * 30
    source, (start, kind, end) = marked(
        f"class ⟦Fan⟧ {{ // {before}\n{before}⟦uint23⟧ Speed; {after}⟦}}⟧;\n"
    )
    related = (Related(source, start, "in this class"), Related(source, end, "which ends here"))
    fix = Fix("did you mean `uint32`?", (Edit(kind, "uint32"),), Safety.DISPLAY)
    return Diagnostic(PLAIN, "no type `uint23`", source, kind, related=related, fix=fix)


def span_longer_than_the_line_has_room() -> Diagnostic:
    source, (name,) = marked(f"class ⟦{'Fan' * 60}⟧ {{}};\n")
    return Diagnostic(WARNING, "name of 180 characters", source, name)


def end_of_file() -> Diagnostic:
    source, (end,) = marked("class Fan\n{\n    uint32 Speed;\n⟦⟧")
    fix = Fix("close the class", (Edit(end, "};\n"),), Safety.UNSAFE)
    return Diagnostic(PLAIN, "expected `}` before the end of the file", source, end, fix=fix)


def empty_file() -> Diagnostic:
    return Diagnostic(INFO, "nothing is declared", SourceFile.from_text("", path="x"), Span(0, 0))


def binary_file() -> Diagnostic:
    data = b"FOMB\x01\0\0\0" + bytes(range(256)) * 100
    return Diagnostic(PLAIN, "binary MOF", SourceFile.from_bytes(data), Span(0, 4))


def line_end() -> Diagnostic:
    source, (lone_cr,) = marked("class Fan⟦\r⟧{\r\n};\r\n")
    fix = Fix("end the line with CR LF", (Edit(lone_cr, "\r\n"),))
    return Diagnostic(WARNING, "line ends with CR only", source, lone_cr, fix=fix)


def fix_replaces() -> Diagnostic:
    source, (open_quote, close_quote) = marked("    Vendor = ⟦“⟧Fenwick⟦”⟧;\n")
    edits = (Edit(close_quote, '"'), Edit(open_quote, '"'))
    return Diagnostic(
        PLAIN, "“ is no quote of MOF", source, open_quote, fix=Fix("write plain quotes", edits)
    )


def fix_removes_lines() -> Diagnostic:
    text = "class Fan\n{\n    uint32 A;\n⟦    uint32 ⟦a⟧;\n⟧    uint32 B;\n};\n"
    source, (line, name) = marked(text)
    fix = Fix("remove the second one", (Edit(line, ""),), Safety.UNSAFE)
    return Diagnostic(PLAIN, "property `a` is declared twice", source, name, fix=fix)


def fix_inserts_many_lines() -> Diagnostic:
    source, (name, end) = marked("class ⟦Fan⟧\n{\n    string Name;\n⟦⟧};\n")
    lines = "".join(f"    uint32 Speed{number};\n" for number in range(12))
    fix = Fix("declare the speeds", (Edit(end, lines),), Safety.DISPLAY)
    return Diagnostic(INFO, "no speeds", source, name, fix=fix)


def fix_in_two_places() -> Diagnostic:
    source, (first, second, again) = marked(
        "[⟦⟧Key] uint32 ⟦Id⟧;\n" + "uint32 Other;\n" * 8 + "[⟦⟧Key] uint32 Number;\n"
    )
    edits = (Edit(Span.at(again.start), "read, "), Edit(first, "read, "))
    return Diagnostic(INFO, "`Id` can be read", source, second, fix=Fix("say so", edits))


CASES = [
    missing_semicolon,
    several_labels,
    label_right_of_the_finding,
    unclosed_string,
    unclosed_comment,
    bracket_with_labels,
    related_elsewhere,
    control_characters,
    wide_characters,
    long_line,
    span_longer_than_the_line_has_room,
    end_of_file,
    empty_file,
    binary_file,
    line_end,
    fix_replaces,
    fix_removes_lines,
    fix_inserts_many_lines,
    fix_in_two_places,
]
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)


class TestFull:
    @every_case
    def test_looks(self, case: Callable[[], Diagnostic], golden: Golden) -> None:
        golden(DATA / "render" / f"{case.__name__}.txt", full.render([case()]))

    @pytest.mark.parametrize("case", [missing_semicolon, unclosed_string, related_elsewhere])
    def test_looks_in_ascii(self, case: Callable[[], Diagnostic], golden: Golden) -> None:
        golden(
            DATA / "render" / f"{case.__name__}.ascii.txt", full.render([case()], ascii_only=True)
        )

    @pytest.mark.parametrize("case", [missing_semicolon, fix_replaces])
    def test_looks_in_colour(self, case: Callable[[], Diagnostic], golden: Golden) -> None:
        colored = full.render([case()], color=True)
        golden(DATA / "render" / f"{case.__name__}.color.txt", colored.replace("\x1b", "␛"))

    @every_case
    def test_nothing_raw_reaches_the_terminal(self, case: Callable[[], Diagnostic]) -> None:
        text = full.render([case()]) + concise.render([case()])
        assert all(line.isprintable() for line in text.split("\n"))

    @every_case
    def test_ascii_is_ascii(self, case: Callable[[], Diagnostic]) -> None:
        assert full.render([case()], ascii_only=True).isascii()

    @every_case
    def test_colour_changes_nothing_else(self, case: Callable[[], Diagnostic]) -> None:
        colored = full.render([case()], color=True)
        lines = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", colored).split("\n")]
        assert "\n".join(lines) == full.render([case()])

    def test_blocks_come_in_order_of_place(self) -> None:
        source = SourceFile.from_text("class Fan {};", path="fan.mof")
        late, early = (
            Diagnostic(PLAIN, message, source, Span(start, start + 1))
            for message, start in [("late", 6), ("early", 0)]
        )
        text = full.render([late, early])
        assert text == full.render([early]) + "\n" + full.render([late])
        assert text.startswith("error[SYN001]: early\n")

    def test_nothing_for_nothing(self) -> None:
        assert full.render([]) == ""

    def test_a_long_line_has_the_width_asked_for(self) -> None:
        lines = full.render([long_line()], width_cells=40).split("\n")
        assert all(
            cell_count(line) <= 40 + len("2 │ …" + "…") for line in lines if "Before" in line
        )

    def test_mofcomps_name_for_it_is_not_said_twice(self) -> None:
        note = f"the page calls it {RULE.wbemmof}"
        text = full.render([replace(missing_semicolon(), notes=(note,))])
        assert text.count(RULE.wbemmof) == 1


class TestConcise:
    def test_lines(self) -> None:
        assert concise.render([several_labels(), missing_semicolon()]) == (
            "fan.mof:1:25: warning SEM021 qualifier `Key` is given three times\n"
            "fan.mof:5:17: error SYN004 expected `;` after property `Speed`, found `uint32`\n"
        )

    def test_one_line_each_whatever_the_message(self) -> None:
        assert concise.render([control_characters()]) == (
            "fan<U+001B>[31m.mof:1:8: error SYN001 no property `Name<U+202E>`<U+000A>syntax ok\n"
        )


class TestJson:
    def test_shape(self) -> None:
        (item,) = json.loads(json_.render([missing_semicolon()]))
        end = {"line": 5, "column": 17, "offset": 71}
        assert item == {
            "code": "SYN004",
            "name": "missing-semicolon",
            "severity": "error",
            "message": "expected `;` after property `Speed`, found `uint32`",
            "path": "fan.mof",
            "location": {"start": end, "end": end},
            "help": "end every property with `;`",
            "related": [
                {
                    "message": "in this class",
                    "path": "fan.mof",
                    "location": {
                        "start": {"line": 3, "column": 7, "offset": 39},
                        "end": {"line": 3, "column": 10, "offset": 42},
                    },
                }
            ],
            "fix": {
                "message": "insert `;`",
                "safety": "safe",
                "edits": [{"location": {"start": end, "end": end}, "text": ";"}],
            },
        }

    def test_absent_parts(self) -> None:
        (item,) = json.loads(json_.render([empty_file()]))
        assert (item["help"], item["related"], item["fix"]) == (None, [], None)

    def test_order_and_emptiness(self) -> None:
        items = json.loads(json_.render([missing_semicolon(), several_labels(), binary_file()]))
        assert [item["path"] for item in items] == ["<bytes>", "fan.mof", "fan.mof"]
        assert [item["location"]["start"]["offset"] for item in items[1:]] == [24, 71]
        assert json_.render([]) == "[]\n"

    def test_what_no_encoding_can_write_is_escaped(self) -> None:
        source = SourceFile.from_bytes(b"\xff\xfe\x00\xd8", path="fan.mof")
        fix = Fix("keep it", (Edit(Span(0, 1), source.text),))
        text = json_.render([Diagnostic(PLAIN, "half a character", source, Span(0, 1), fix=fix)])
        assert text.isascii()
        assert json.loads(text)[0]["fix"]["edits"][0]["text"] == "\ud800"


class TestDiagnostic:
    def test_severity_is_the_rules_unless_given(self) -> None:
        source = SourceFile.from_text("")
        assert Diagnostic(WARNING, "x", source, Span(0, 0)).severity is Severity.WARNING
        given = Diagnostic(WARNING, "x", source, Span(0, 0), severity=Severity.ERROR)
        assert given.severity is Severity.ERROR
        assert replace(given, message="y").severity is Severity.ERROR

    def test_names(self) -> None:
        diagnostic = missing_semicolon()
        assert (diagnostic.code, diagnostic.name) == ("SYN004", "missing-semicolon")
        assert diagnostic.sort_key == ("fan.mof", 71, 71, "SYN004")

    def test_severities_are_ordered(self) -> None:
        assert Severity.INFO < Severity.WARNING < Severity.ERROR
        assert [severity.label for severity in Severity] == ["info", "warning", "error"]


class TestRulePage:
    def test_text(self, golden: Golden) -> None:
        golden(DATA / "render" / "rule_page.txt", render_page(RULE))

    def test_markdown(self, golden: Golden) -> None:
        golden(DATA / "render" / "rule_page.md", render_page(RULE, "md"))

    def test_what_is_empty_is_left_out_and_bytes_are_dumped(self, golden: Golden) -> None:
        rule = replace(
            PLAIN,
            code="ENC003",
            name="odd-tail",
            severity=Severity.WARNING,
            what="The file is UTF-16 and has an odd number of bytes.",
            why="",
            example="",
            example_bytes="\ufeffclass Fan {};\n".encode("utf-16-le") + b"\x1a",
            instead="",
        )
        golden(DATA / "render" / "rule_page_bytes.txt", render_page(rule))
