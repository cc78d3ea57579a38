"""Comments that keep findings from being reported, and baselines."""

import json
from pathlib import Path

import pytest

import mofkit
from mofkit.diagnostics import Diagnostic, Rule, Severity
from mofkit.linter import LintConfig
from mofkit.linter.baseline import BaselineError, baseline_of, read_baseline
from mofkit.linter.suppression_rules import RULES
from tests.support import DATA
from tests.support_cli import mofkit as run
from tests.support_markers import strip_markers

OVER = "uint8 A = 300;"
"""A member with SEM101."""


def found(body: str, config: LintConfig | None = None) -> list[Diagnostic]:
    pragmas = r'#pragma autorecover #pragma namespace("root\\cimv2")'
    text = f"{pragmas}\nclass Fenwick_Fan\n{{\n{body}\n}};\n"
    return mofkit.lint([mofkit.parse_source(text, path="a.mof")], config)


def codes(body: str, config: LintConfig | None = None) -> list[str]:
    return [f"{d.source.position(d.span.start).line} {d.code}" for d in found(body, config)]


def members(*lines: str) -> str:
    """Return members, each with a name of its own; the first is on line 4."""
    return "\n".join(line.replace(" A ", f" A{n} ") for n, line in enumerate(lines))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([OVER], ["4 SEM101"]),
        ([f"{OVER} // mofkit: noqa[SEM101]"], []),
        ([f"{OVER} // mofkit: noqa"], []),
        ([f"{OVER} // MOFKIT: noqa"], []),
        ([f"{OVER} /* mofkit: noqa[sem1, SYN] */"], ["4 STY901"]),
        ([f"{OVER} // as the SDK has it // mofkit: noqa[SEM]"], []),
        ([f"{OVER} // mofkit: noqa[SEM101] since 2003"], []),
        ([OVER, "// mofkit: noqa[SEM101]"], ["4 SEM101", "5 STY901"]),
        ([f"{OVER} // mofkit: noqa[SEM102]"], ["4 SEM101", "4 STY901"]),
        (["// mofkit: disable=SEM101", OVER, OVER], []),
        ([OVER, "// mofkit: disable", OVER], ["4 SEM101"]),
        (["// mofkit: disable=SEM", OVER, "// mofkit: enable=SEM", OVER], ["7 SEM101"]),
        (["// mofkit: disable=SEM101", OVER, "// mofkit: enable", OVER], ["7 SEM101"]),
        (["// mofkit: disable=SEM", OVER, "// mofkit: enable=SEM101", OVER], ["6 STY901"]),
        (["// mofkit: disable=SEM2", OVER], ["4 STY901", "5 SEM101"]),
        ([OVER, "// mofkit: enable=SEM"], ["4 SEM101", "5 STY901"]),
        ([OVER, OVER, "// mofkit: file-noqa[SEM101]"], []),
        ([OVER, "// mofkit: file-noqa"], []),
        (["// mofkit: file-noqa[ENC001]"], ["4 STY901"]),
        (["// mofkit: noqa[XYZ]"], ["4 STY902"]),
        (["// mofkit: noqa[]"], ["4 STY902"]),
        (["// mofkit: noq"], ["4 STY902"]),
        (["// mofkit:"], ["4 STY902"]),
        (["// we use mofkit: it is good"], []),
        (['string S = "// mofkit: noqa[XYZ]";'], []),
    ],
    ids=lambda value: " | ".join(value) or "none",
)
def test_comments(lines: list[str], expected: list[str]) -> None:
    assert codes(members(*lines)) == expected


def test_what_was_not_looked_for_is_not_called_unused() -> None:
    """Whether a comment is for nothing, is known only where its codes could have been found."""
    body = "// mofkit: noqa[SEM101]\nuint8 B; // mofkit: noqa\n// mofkit: noqa[REG003]"
    assert codes(body) == ["4 STY901", "5 STY901"]
    assert codes(body, LintConfig(select=("STY",))) == []
    assert codes(body, LintConfig(ignore=("SEM101",))) == []


def test_comments_count_for_findings_of_all_layers(tmp_path: Path) -> None:
    path = tmp_path / "a.mof"
    path.write_bytes(
        b"// mofkit: file-noqa[ENC]\nclass A { uint8 X }; // mofkit: noqa[SYN002]\xe9\n"
    )
    assert run("check", "--syntax-only", path).out == "1 file checked, nothing found\n"
    assert run("check", path).code == 0


def test_a_comment_counts_for_its_own_file(tmp_path: Path) -> None:
    for name in "ab":
        Path(tmp_path, f"{name}.mof").write_text(f"class {name} {{ {OVER} }};\n")
    Path(tmp_path, "a.mof").write_text(
        '// mofkit: file-noqa[SEM101]\n#pragma include("b.mof")\nclass A { uint8 X = 256; };\n'
    )
    lines = run("check", "--format", "concise", tmp_path).out.splitlines()
    assert [line.split()[2] for line in lines[:-1]] == ["SEM101"]
    assert "b.mof:1:" in lines[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("uint8 B; // mofkit: noqa[SEM101]", "uint8 B;"),
        ("uint8 B; /* mofkit: noqa */", "uint8 B;"),
        ("uint8 B; // mofkit: noqa[SEM101] why", "uint8 B; //  why"),
        (f"{OVER} // mofkit: noqa[SEM102, SEM101,SYN]", f"{OVER} // mofkit: noqa[SEM101]"),
        (f"{OVER} // mofkit: noqa[SEM101,SEM102,SYN]", f"{OVER} // mofkit: noqa[SEM101]"),
        ("uint8 B; /* a\n mofkit: noqa */", "uint8 B; /* a\n mofkit: noqa */"),
    ],
)
def test_the_fix_of_an_unused_comment(before: str, after: str) -> None:
    findings = found(before)
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    source = findings[0].source if findings else mofkit.SourceFile.from_text(before)
    assert after in mofkit.apply_edits(source, edits).text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_pages(rule: Rule) -> None:
    def codes_in(text: str) -> list[str]:
        return [d.code for d in mofkit.lint([mofkit.parse_source(text)])]

    assert codes_in(rule.example) == [rule.code]
    assert codes_in(rule.instead) == []


def test_many_comments_take_linear_time() -> None:
    """Each finding has the beginnings of its code to look up, however many comments there are."""
    n = 3_000
    lines = [f"uint8 A{i} = 300; // mofkit: noqa[SEM101]" for i in range(n)]
    assert codes("\n".join(lines)) == []
    lines = [f"// mofkit: disable=SEM101\nuint8 A{i} = 300;\n// mofkit: enable" for i in range(n)]
    assert codes("\n".join(lines)) == []
    assert len(codes("\n".join(f"// mofkit: noqa[X{i}]" for i in range(n)))) == n


@pytest.mark.parametrize(
    "said", ["noqa: SEM101", "noqa SEM101", "noqa:SEM101, SYN", "Noqa = sem101"]
)
@pytest.mark.parametrize("mark", ["mofkit:", "MOFKIT:", "MofKit:"])
def test_spellings_of_other_tools_name_codes(said: str, mark: str) -> None:
    """Read as without codes, they would suppress everything, and silently."""
    (other, *_) = found(f'uint8 A = "x"; // {mark} {said}')
    assert other.code != "SEM101"
    assert "SEM101" not in " ".join(codes(f"{OVER} // {mark} {said}"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("noqa: SEM102", ["4 SEM101", "4 STY901"]),
        ("noqa: the firmware wraps it", ["4 SEM101", "4 STY902"]),
        ("noqa the firmware wraps it", []),
        ("noqa SEM101 SEM102 since 2003", ["4 STY901"]),
        ("file-noqa SEM102", ["4 SEM101", "4 STY901"]),
    ],
)
def test_what_follows_without_brackets(said: str, expected: list[str]) -> None:
    assert codes(f"{OVER} // mofkit: {said}") == expected


@pytest.mark.parametrize(
    "text",
    [
        "class Fenwick_Fan\n{\n    [read]\n    uint8 A\n        = 300; // mofkit: noqa[SEM101]\n};",
        "class Fenwick_Fan\n{\n    uint8 A = 300;\n}; // mofkit: noqa[SEM101]",
        "class Fenwick_Fan { uint8 A = 300; }; // mofkit: noqa[SEM101]",
        "class Fenwick_Fan { uint8 B; uint8 A = 300; // mofkit: noqa[SEM101]\n};",
        "class Fenwick_Fan { uint8 A = 300; uint8 B = 301; // mofkit: noqa[SEM101]\n};",
    ],
)
def test_a_comment_is_for_all_that_ends_before_it(text: str) -> None:
    result = mofkit.parse_source(text + "\n")
    assert "SEM101" not in [one.code for one in mofkit.lint([result])]
    assert "STY901" not in [one.code for one in mofkit.lint([result])]


@pytest.mark.parametrize(
    "text",
    [
        "class A { uint8 X = 300;\n uint8 Y; // mofkit: noqa[SEM101]\n};",
        "class A { uint8 X = 300; }; class B {\n}; // mofkit: noqa[SEM101]",
        "class A { uint8 X = 300;\n}; class B { }; // mofkit: noqa[SEM101]",
        "class A { uint8 X = 300; };\n// mofkit: noqa[SEM101]",
        'class A { uint8 X = 300; };\n#pragma locale("en") // mofkit: noqa[SEM101]',
    ],
)
def test_and_for_nothing_else(text: str) -> None:
    assert "SEM101" in [one.code for one in mofkit.lint([mofkit.parse_source(text + "\n")])]


def commented_cases() -> list[tuple[str, str, str]]:
    """Return code, name and text of the cases of rules, a comment on each line with a finding."""
    made = []
    for path in sorted((DATA / "rules").glob("*/*.mof")):
        text, code = strip_markers(path.read_text("utf-8")), path.parent.name
        if text.startswith("// as UTF-16") or "mofkit:" in text or not text.isascii():
            continue
        before = of_code(text, code)
        if not before or sorted(of_code(mofkit.format_source(text), code)) != sorted(before):
            continue  # formatting itself mends it
        lines = text.splitlines()
        result = mofkit.parse_source(text, path="a.mof")
        for found in mofkit.lint([result], LintConfig(select=(code,))):
            at = found.source.position(found.span.start).line - 1
            end = found.source.line_span(at + 1).end
            token = result.tree.token_at(end)
            if "//" not in lines[at] and (token < 0 or result.tree.token_end(token) <= end):
                lines[at] += f" // mofkit: noqa[{code}]"
        made.append((code, path.name, "\n".join(lines) + "\n"))
    return made


def of_code(text: str, code: str) -> list[str]:
    result = mofkit.parse_source(text, path="a.mof")
    return [found.message for found in mofkit.lint([result], LintConfig(select=(code,)))]


@pytest.mark.slow
def test_formatting_keeps_what_is_suppressed() -> None:
    """`mofkit format` breaks lines, and joins them: a comment goes on to mean the same."""
    cases = commented_cases()
    assert len(cases) > 100
    changed = [
        f"{code}/{name}"
        for code, name, text in cases
        if sorted(of_code(text, code)) != sorted(of_code(mofkit.format_source(text), code))
    ]
    assert changed == []


# --------------------------------------------------------------------------------------- baselines

MANY = members(OVER, OVER, OVER, "[] uint8 B;")


def same(path: str) -> str:
    return path


def test_a_baseline_knows_what_it_was_made_of() -> None:
    findings = found(MANY)
    assert len(findings) == 4
    baseline = read_baseline(baseline_of(findings, same).to_json(), "b.json")
    assert baseline.new_of(findings, same) == []
    moved = found("\n\n  " + MANY.replace("\n", "\n\n\t"))
    assert baseline.new_of(moved, same) == []


def test_what_is_new_is_told() -> None:
    baseline = baseline_of(found(MANY), same)
    more = found(f"{MANY}\nuint8 C = 300;")
    (new,) = baseline.new_of(more, same)
    assert "`C`" in new.message


def test_equal_findings_are_counted() -> None:
    """Two lines that read the same are two findings, and a third is new."""
    body = "uint8 A = 300;\n" * 3
    findings = [d for d in found(body) if d.code == "SEM101"]
    assert len(findings) == 3
    baseline = baseline_of(findings[:2], same)
    assert list(baseline.counts.values()) == [2]
    assert baseline.new_of(findings, same) == findings[2:]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 1}', '{"version": 1, "files": {"a": 3}}', "[" * 100_000]
)
def test_what_is_no_baseline(text: str) -> None:
    with pytest.raises(BaselineError, match=r"b\.json is no baseline"):
        read_baseline(text, "b.json")


def test_a_baseline_of_the_future() -> None:
    with pytest.raises(BaselineError, match="version 2"):
        read_baseline('{"version": 2, "files": {}}', "b.json")


def test_baselines_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("src").mkdir()
    Path("src/a.mof").write_text("class A { uint8 X = 256; };\n")
    made = run("check", "--write-baseline", "base.json", "src")
    assert (made.code, made.err) == (0, "1 finding written to base.json\n")
    assert list(json.loads(Path("base.json").read_text())["files"]) == ["src/a.mof"]
    known = run("check", "--baseline", "base.json", "src")
    assert known.code == 0
    assert known.out == "1 file checked, nothing new found\n1 known from the baseline\n"
    monkeypatch.chdir(tmp_path / "src")
    assert run("check", "--baseline", "../base.json", ".").code == 0
    Path("a.mof").write_text("class A { uint8 X = 256; };\nclass B { uint8 X = 257; };\n")
    outcome = run("check", "--baseline", "../base.json", "--format", "json", ".")
    assert outcome.code == 1
    assert [item["location"]["start"]["line"] for item in json.loads(outcome.out)] == [2]
    assert run("check", "--baseline", "gone.json", ".").code == 2
    assert run("check", "--baseline", "a.mof", ".").code == 1
    assert run("check", "--baseline", "x", "--write-baseline", "x", ".").code == 2


def test_levels() -> None:
    assert {rule.severity for rule in RULES} == {Severity.WARNING}
