"""The commands: their options, what they print, and the exit code.

What documents show is in test_docs.py, what breaks a run in test_bad_input.py.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mofkit import __version__, rules
from mofkit.cli.main import COMMANDS
from tests.support import ROOT
from tests.support_cli import mofkit, mofkit_process

CLEAN = "class Clean { uint8 X; };\n"
ONE_ERROR = "class Faulty { uint8 X };\n"
ONE_WARNING = "class Tree { [] uint8 X; };\n"
ONE_INFO = "class A {};\r\nclass B {};\n"
ONE_MEANT = "class Meant { uint8 X = 256; };\n"

pytestmark = pytest.mark.usefixtures("in_a_new_folder")


@pytest.fixture
def in_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(**files: str) -> None:
    """Write files to the current folder; `a_mof` is `a.mof`, `b__c_mof` is `b/c.mof`."""
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def codes(*arguments: str, stdin: bytes = b"") -> list[str]:
    """Return path and code of what `mofkit check` finds."""
    found = json.loads(mofkit("check", "--format", "json", *arguments, stdin=stdin).out)
    return [f"{item['path']} {item['code']}" for item in found]


# ------------------------------------------------------------------------- check: which files


def test_check_of_one_clean_file() -> None:
    write(a_mof=CLEAN)
    assert mofkit("check", "a.mof") == (0, "1 file checked, nothing found\n", "")


def test_check_of_files_folders_and_patterns() -> None:
    fault = ONE_ERROR
    write(a_mof=fault, d__b_MOF=fault, d__e__c_mfl=fault, d__x_txt=fault, d__y_mof_bak=fault)
    everything = ["a.mof SYN002", "d/b.MOF SYN002", "d/e/c.mfl SYN002"]
    assert codes(".") == everything
    assert codes("a.mof", "d") == everything
    assert codes("a.mof", "d", "d/b.MOF", "./a.mof"[2:]) == everything
    assert codes("d/*.MOF", "**/*.mfl", "[a].mof") == everything
    assert codes("d/x.txt") == ["d/x.txt SYN002"]  # whoever names a file means it


def test_check_of_a_file_whose_name_looks_like_a_pattern() -> None:
    Path("[a].mof").write_text(ONE_ERROR)
    write(a_mof=CLEAN)
    assert codes("[a].mof") == ["[a].mof SYN002"]


def test_check_of_standard_input() -> None:
    write(a_mof=ONE_ERROR)
    stdin = ONE_ERROR.encode("utf-16")
    assert codes("-", stdin=stdin) == ["<stdin> SYN002"]
    assert codes("--stdin-filename", "b.mof", "a.mof", "-", stdin=stdin) == [
        "a.mof SYN002",
        "b.mof SYN002",
    ]


def test_check_respects_gitignore() -> None:
    fault = ONE_ERROR
    write(a_mof=fault, build__b_mof=fault, d__c_mof=fault, d__keep_mof=fault, d__out__e_mof=fault)
    Path(".gitignore").write_text("# made\n/build/\nc.mof\nkeep.mof\n")
    Path("d/.gitignore").write_text("out\n!keep.mof\n")
    Path(".git").mkdir()
    Path(".git/x.mof").write_text(fault)
    assert codes(".") == ["a.mof SYN002", "d/keep.mof SYN002"]
    assert codes("d") == ["d/keep.mof SYN002"]  # c.mof is left out by the file above
    # Whoever names a file or a folder means it.
    assert codes("build/b.mof") == codes("build") == ["build/b.mof SYN002"]
    assert codes("d/out") == ["d/out/e.mof SYN002"]


def test_what_is_above_a_repository_does_not_count() -> None:
    write(a__b__c_mof=ONE_ERROR)
    Path(".gitignore").write_text("*.mof\n")
    assert codes("a") == ["a/b/c.mof SYN002"]
    Path("a/.git").mkdir()
    assert codes("a") == codes("a/b") == ["a/b/c.mof SYN002"]
    Path(".git").mkdir()
    assert codes("a/b") == ["a/b/c.mof SYN002"]


def test_check_follows_includes_beside_the_file_and_in_folders_given() -> None:
    write(
        src__a_mof='#pragma include ("b.mof")\n#pragma include ("C.MOF")\nclass D : C {};\n',
        src__b_mof=CLEAN,
        lib__c_mof="class C {};\n",
    )
    assert codes("src") == ["src/a.mof SEM010"]
    assert mofkit("check", "-I", "lib", "src") == (0, "3 files checked, nothing found\n", "")
    assert mofkit("check", "-I", "nowhere", "src").code == 2
    assert codes("--syntax-only", "src") == []


# ---------------------------------------------------------------------- check: which findings


def test_check_of_meaning_and_without() -> None:
    write(a_mof=ONE_MEANT)
    assert codes("a.mof") == ["a.mof SEM101"]
    assert codes("--syntax-only", "a.mof") == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], ["SYN002", "SEM101"]),
        (["--select", "SYN"], ["SYN002"]),
        (["--select", "syn002,SEM1"], ["SYN002", "SEM101"]),
        (["--select", "SYN002", "--select", "ENC010"], ["ENC010", "SYN002"]),
        (["--ignore", "SYN"], ["SEM101"]),
        (["--ignore", "SYN002, SEM101"], []),
        (["--select", "SE,SY", "--ignore", "SEM"], ["SYN002"]),
        (["--select", ""], ["SYN002", "SEM101"]),
        (["--fail-on", "info", "--ignore", "GEN,NSP,STY"], ["ENC010", "SYN002", "SEM101"]),
    ],
    ids=lambda value: " ".join(value) or "none",
)
def test_check_of_chosen_codes(options: list[str], expected: list[str]) -> None:
    write(a_mof=ONE_ERROR + ONE_MEANT.replace("\n", "\r\n"))
    assert sorted(codes(*options, "a.mof")) == sorted(f"a.mof {code}" for code in expected)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_check_refuses_unknown_codes(option: str) -> None:
    write(a_mof=CLEAN)
    outcome = mofkit("check", option, "SYN,SNY1", "a.mof")
    assert outcome.code == 2
    assert "no rule's code begins with 'SNY1'" in outcome.err
    assert option in outcome.err


@pytest.mark.parametrize(
    ("text", "level"),
    [(CLEAN, None), (ONE_INFO, "info"), (ONE_WARNING, "warning"), (ONE_ERROR, "error")],
    ids=["clean", "info", "warning", "error"],
)
def test_check_fails_from_a_level_on(text: str, level: str | None) -> None:
    write(a_mof=text)
    levels = ["info", "warning", "error"]
    failing = levels[: levels.index(level) + 1] if level else []
    for fail_on in levels:
        outcome = mofkit("check", "--select", "ENC,SYN,SEM", "--fail-on", fail_on, "a.mof")
        assert outcome.code == (fail_on in failing)
        assert mofkit("check", "--exit-zero", "--fail-on", fail_on, "a.mof").code == 0
    assert mofkit("check", "a.mof").code == ("warning" in failing)


def test_statistics() -> None:
    write(a_mof=ONE_ERROR * 11 + ONE_WARNING, b_mof=ONE_ERROR)
    outcome = mofkit("check", "--statistics", "--syntax-only", ".")
    assert outcome.code == 1
    assert (
        outcome.out == "    12  SYN002  missing-semicolon\n     1  SYN019  empty-qualifier-list\n"
    )


# ----------------------------------------------------------------------------- check: formats


def test_concise() -> None:
    write(a_mof=ONE_ERROR, b_mof=ONE_WARNING)
    assert mofkit("check", "--format", "concise", ".").out == (
        "a.mof:1:23: error SYN002 expected `;` after property `X`, found `}`\n"
        "b.mof:1:14: warning SYN019 expected a qualifier name between `[` and `]`\n"
        "1 error and 1 warning in 2 of 2 files\n"
    )


def test_full() -> None:
    write(a_mof=ONE_ERROR)
    outcome = mofkit("check", "a.mof")
    assert outcome.out.startswith("error[SYN002]: expected `;` after property `X`, found `}`\n")
    assert " --> a.mof:1:23\n" in outcome.out
    assert outcome.out.endswith("\n\n1 error in 1 file\n")


def test_json_has_the_shape_promised() -> None:
    write(b_mof="class A {\n  [Key uint8 X;\n", a_mof=ONE_WARNING + "instance of {};\n" + ONE_MEANT)
    found = json.loads(mofkit("check", "--format", "json", ".").out)
    assert len(found) >= 5
    assert found == sorted(
        found, key=lambda item: (item["path"], item["location"]["start"]["offset"])
    )
    for item in found:
        assert_finding(item)
    assert any(item["related"] for item in found)
    assert {item["fix"]["safety"] for item in found if item["fix"]} == {"safe", "unsafe"}


def test_json_of_nothing_is_an_empty_list() -> None:
    write(a_mof=CLEAN)
    assert json.loads(mofkit("check", "--format", "json", "a.mof").out) == []


def assert_finding(item: dict[str, Any]) -> None:
    """Assert the shape that the design gives a finding, no key more and no key less."""
    assert list(item) == "code name severity message path location help related fix".split()
    assert re.fullmatch(r"[A-Z]{3}[0-9]{3}", item["code"])
    assert item["severity"] in ("info", "warning", "error")
    assert item["help"] is None or item["help"]
    assert_location(item["location"], item["path"])
    for related in item["related"]:
        assert list(related) == ["message", "path", "location"]
        assert_location(related["location"], related["path"])
    if item["fix"] is not None:
        assert list(item["fix"]) == ["message", "safety", "edits"]
        for edit in item["fix"]["edits"]:
            assert list(edit) == ["location", "text"]
            assert_location(edit["location"], item["path"])


def assert_location(location: dict[str, Any], path: str) -> None:
    text = Path(path).read_text()
    assert list(location) == ["start", "end"]
    for place in location.values():
        assert list(place) == ["line", "column", "offset"]
        before = text[: place["offset"]].split("\n")
        assert (place["line"], place["column"]) == (len(before), len(before[-1]) + 1)


# --------------------------------------------------------------------------------------- rule


def test_list_of_rules() -> None:
    lines = mofkit("rule").out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in rules()]
    assert "SYN002  error    missing-semicolon" in lines


def test_one_rule_by_code_or_name() -> None:
    page = mofkit("rule", "SYN002").out
    assert page.startswith("SYN002 missing-semicolon (error)")
    assert mofkit("rule", "syn002").out == mofkit("rule", "missing-semicolon").out == page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("SYN02", "SYN"), ("missing-semi", "missing-semicolon"), ("?", "rule`")],
)
def test_rule_that_does_not_exist(typed: str, meant: str) -> None:
    outcome = mofkit("rule", typed)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"there is no rule {typed!r}" in outcome.err
    assert meant in outcome.err


def test_all_rules() -> None:
    markdown = mofkit("rule", "--all", "--format", "md").out
    text = mofkit("rule", "--all").out
    as_json = json.loads(mofkit("rule", "--all", "--format", "json").out)
    assert [item["code"] for item in as_json] == [rule.code for rule in rules()]
    assert all(item["what"] and item["why"] and item["source"] for item in as_json)
    assert all(rule.code in page for rule in rules() for page in (markdown, text))
    assert mofkit("rule", "--all", "SYN002").code == 2


# --------------------------------------------------------------------------------------- dump


def test_dump_of_tokens() -> None:
    write(a_mof='class A {\n  string class = "ä\\t";  };\n')
    outcome = mofkit("dump", "--what", "tokens", "a.mof")
    assert outcome.code == 1
    assert outcome.out.splitlines()[4:7] == [
        "2:10\tCLASS\tclass",
        "2:16\tEQUAL\t=",
        '2:18\tSTRING\t"ä\\t"',
    ]
    tokens = json.loads(mofkit("dump", "--what", "tokens", "--format", "json", "a.mof").out)
    assert tokens[6] == {
        "kind": "STRING",
        "text": '"ä\\t"',
        "location": {
            "start": {"line": 2, "column": 18, "offset": 27},
            "end": {"line": 2, "column": 23, "offset": 32},
        },
    }


def test_dump_of_the_tree() -> None:
    write(a_mof="#pragma p\nclass A {};\n")
    outcome = mofkit("dump", "a.mof")
    assert outcome.code == 0
    assert outcome.out == (
        "mof_specification\n"
        "  compiler_directive\n"
        "    HASH #\n"
        "    PRAGMA pragma\n"
        "    NAME p\n"
        "  class_declaration\n"
        "    CLASS class\n"
        "    NAME A\n"
        "    class_body\n"
        "      LBRACE {\n"
        "      RBRACE }\n"
        "  SEMICOLON ;\n"
    )
    tree = json.loads(mofkit("dump", "--format", "json", "a.mof").out)
    assert outline(tree) == [
        "mof_specification",
        ["compiler_directive", "#", "pragma", "p"],
        ["class_declaration", "class", "A", ["class_body", "{", "}"]],
        ";",
    ]


def outline(item: dict[str, Any]) -> Any:
    if "node" not in item:
        return item["text"]
    return [item["node"], *map(outline, item["children"])]


@pytest.mark.parametrize("what", ["tokens", "tree", "schema"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_dump_of_broken_and_odd_files(what: str, form: str) -> None:
    """The output is whole, what is wrong goes to standard error, a line each."""
    write(a_mof='class "\x1b[31m" { uint8 \ud7ff; [] ]] "\n};', empty_mof="", b_mof="\ufeff\n// ä")
    for path, n_findings in (("a.mof", None), ("empty.mof", 0), ("b.mof", 1)):
        outcome = mofkit("dump", "--what", what, "--format", form, path)
        assert "\x1b" not in outcome.out
        if n_findings is not None:
            assert len(outcome.err.splitlines()) == n_findings
        assert outcome.code == bool(outcome.err)
        if form == "json":
            json.loads(outcome.out)


def test_dump_of_standard_input() -> None:
    outcome = mofkit("dump", "--what", "schema", "-", stdin=b"class A { uint8 X; };")
    assert outcome.code == 0
    assert 'name: "A"' in outcome.out


def test_dump_of_a_schema_with_includes() -> None:
    write(a_mof='#pragma include ("b.mof")\nclass A : B {};\n', lib__b_mof="class B {};\n")
    assert mofkit("dump", "--what", "schema", "a.mof").code == 1
    outcome = mofkit("dump", "--what", "schema", "-I", "lib", "--format", "json", "a.mof")
    assert outcome.code == 0
    assert json.loads(outcome.out)["version"] == 1


@pytest.mark.slow
def test_dump_of_a_tree_of_100_000_levels() -> None:
    """It is written piece by piece; `json` could not go as deep, neither to write nor to read."""
    n = 100_000
    write(a_mof="instance of A { X = " + "{" * n + "}" * n + "; };")
    outcome = mofkit("dump", "--format", "json", "a.mof")
    assert outcome.code == 0
    assert outcome.out.count('{"node": "array_initializer", "children": [') == n
    structure = re.sub(r'"(?:[^"\\]|\\.)*"|[^][{}]', "", outcome.out)
    assert structure.count("[") == structure.count("]")
    assert structure.count("{") == structure.count("}")
    assert outcome.out.rstrip().endswith("]}")


# ----------------------------------------------------------------------------- help and version


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_version(option: str) -> None:
    expected = (0, f"mofkit {__version__}\n", "")
    assert mofkit(option) == mofkit_process(option) == expected


@pytest.mark.parametrize("arguments", [[], *([command] for command in COMMANDS)], ids=str)
def test_help_has_examples(arguments: list[str]) -> None:
    outcome = mofkit(*arguments, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome == mofkit(*arguments, "-h")
    examples = re.findall(r"^    (mofkit .+)$", outcome.out, re.MULTILINE)
    assert examples or "mofkit" in outcome.out
    for example in examples:
        assert example.split()[1] in COMMANDS


@pytest.mark.parametrize(
    "arguments",
    ["", "check", "dump", "chekc", "check --fromat json x", "check --fail-on bad x", "dump a b"],
)
def test_wrong_usage(arguments: str) -> None:
    outcome = mofkit(*arguments.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Usage: mofkit ")


# ----------------------------------------------------------------------------------- terminals


def test_colour_is_for_those_who_want_it() -> None:
    write(a_mof=ONE_ERROR)
    plain = mofkit("check", "a.mof").out
    colored = mofkit("check", "a.mof", FORCE_COLOR="1").out
    assert "\x1b[" not in plain
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
    assert mofkit("check", "a.mof", NO_COLOR="1", FORCE_COLOR="1").out == plain
    assert "\x1b[" not in mofkit("check", "--format", "concise", "a.mof", FORCE_COLOR="1").out


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "cp932", "utf-16"])
def test_consoles_of_other_encodings(encoding: str) -> None:
    """What the console lacks is shown as an escape, the rest is as it is."""
    write(ä_mof="[Q(1, \u201ea b\u201d)] class Lüfter風 { uint8 \U0001f300 };\n")
    for arguments in (
        ["check", "."],
        ["check", "--format", "concise", "."],
        ["check", "--format", "json", "."],
        ["check", "--statistics", "."],
        ["dump", "ä.mof"],
        ["dump", "--what", "tokens", "--format", "json", "ä.mof"],
        ["dump", "--what", "schema", "ä.mof"],
        ["rule", "--all"],
    ):
        there, here = mofkit(*arguments, encoding=encoding), mofkit(*arguments)
        assert there.code == here.code
        assert there.err.count("\n") == here.err.count("\n")
        assert there.out.count("\n") == here.out.count("\n")


def test_a_console_of_windows() -> None:
    """Through Python's own settings, in a process."""
    write(a_mof="class Lüfter風 { uint8 X };\n")
    done = subprocess.run(
        [sys.executable, "-m", "mofkit", "check", "a.mof"],
        env=os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    lines = done.stdout.decode("cp1252").splitlines()
    assert "1 | class L<U+00FC>fter<U+98A8> { uint8 X };" in lines
    assert any("^" in line for line in lines)


# -------------------------------------------------------------------------------------- start-up


HEAVY = ("construct", "importlib.metadata", "jinja2", "json", "lark", "logging", "rich")


def test_version_loads_next_to_nothing() -> None:
    """Not even click: who asks for the version is a script in a hurry."""
    assert loaded("--version") & {"click", "dataclasses", "pathlib", "mofkit.cli", *HEAVY} == set()


def test_a_check_loads_only_what_it_needs() -> None:
    write(a_mof=CLEAN)
    assert (
        loaded("check", "--syntax-only", "a.mof")
        & {
            *(*HEAVY, "pathspec"),
            *("mofkit.compiler", "mofkit.cim", "mofkit.diagnostics.render", "mofkit.cli.dump"),
        }
        == set()
    )


def test_rule_of_a_code_that_another_rule_reports() -> None:
    page = mofkit("rule", "gen001").out
    assert page.startswith("GEN001 is no rule of its own: SEM105 reports it.\n\n")
    assert page.endswith(mofkit("rule", "SEM105").out)


def test_rule_of_a_code_that_nothing_reports() -> None:
    outcome = mofkit("rule", "wdm408")
    assert (outcome.code, outcome.out) == (
        0,
        "WDM408 is no rule: a method may have no parameters\n",
    )
    as_json = json.loads(mofkit("rule", "WDM408", "--format", "json").out)
    assert as_json == [{"code": "WDM408", "not_checked": "a method may have no parameters"}]
    outcome = mofkit("check", "--select", "WDM408", "a.mof")
    assert outcome.code == 2
    assert "WDM408 is no rule: a method may have no parameters" in outcome.err


@pytest.mark.parametrize("arguments", [("rule", "SYN002"), ("check", "--select", "REG", "a.mof")])
def test_rules_are_listed_without_the_binary_formats(arguments: tuple[str, ...]) -> None:
    write(a_mof=CLEAN)
    modules = loaded(*arguments)
    assert "mofkit.reginfo.rules" in modules
    assert modules & {"construct", "tomlkit"} == set()


def loaded(*arguments: str) -> set[str]:
    """Return the modules that a run loads beyond what Python itself does."""
    program = (
        "import os, sys; before = set(sys.modules)\n"
        "codes = []; os._exit = codes.append\n"  # or nothing could be said afterwards
        "from mofkit.__main__ import main\n"
        f"sys.argv = ['mofkit', *{arguments!r}]\n"
        "main(); assert codes in ([], [0])\n"
        "print(*(set(sys.modules) - before), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())
