"""The formatter: cases in tests/data/format, the corpus, speed and depth; and `mofkit format`.

A case is NAME.in.mof; `pytest --update` writes NAME.out.mof, to be read before it is kept.
"""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mofkit import format_source
from mofkit.compiler import bind
from mofkit.formatter import Style, format_file, format_tree
from mofkit.source import SourceFile
from mofkit.syntax import ParseResult, SyntaxTree, parse_bytes, parse_source
from tests.support import CORPUS, corpus_files, data_files
from tests.support_cli import mofkit
from tests.support_format import assert_formatted, same_tokens, trivia_words
from tests.support_work import n_calls

MESSY = "CLASS  A{ [key]uint8 X; };\n"
NEAT = "class A\n{\n    [key] uint8 X;\n};\n"


@pytest.mark.parametrize("path", data_files("format/*.in.mof"))
def test_case(path: Path, golden: Callable[[Path, str], None]) -> None:
    text = path.read_bytes().decode()
    after = format_source(text)
    assert_formatted(parse_source(text).tree, after)
    golden(path.with_name(path.name.replace(".in.", ".out.")), after)


# --------------------------------------------------------------------------------- real files


@pytest.mark.corpus
@pytest.mark.slow
def test_corpus() -> None:
    """Every file comes out with its tokens, comments and meaning, and stays as it is then."""
    paths = [path for path in sorted(CORPUS.rglob("*.m[of][fl]")) if path.is_file()]
    assert len(paths) > 500
    for path in paths:
        before = parse_bytes(path.read_bytes())
        after = format_file(before.source)
        assert_formatted(before.tree, after.text)
        assert (after.encoding, after.bom) == (before.source.encoding, before.source.bom)
        reread = parse_bytes(after.to_bytes())
        assert reread.source.text == after.text
        assert _meaning(reread) == _meaning(before), path


def _meaning(result: ParseResult) -> object:
    """Return the schema; what needs the C preprocessor is kept there as text, with its layout."""
    schema = bind([result]).schema
    text = repr(schema)
    return re.sub(r"\s|\\[rn]", "", text) if "CimUnexpanded" in text else schema


@pytest.mark.parametrize("path", corpus_files("corpus/mof/windows-driver-samples/wmisamp.mof"))
def test_real_driver_fits_its_width(path: Path) -> None:
    """What is longer than a line should be is one string or comment, which nothing can break."""
    text = format_source(path.read_bytes().decode())
    long = [line for line in text.splitlines() if len(line) > Style().width]
    assert all(line.count('"') <= 2 or line.lstrip().startswith("//") for line in long)


# ------------------------------------------------------------------------------ style and text


def test_style() -> None:
    text = "class A { [key, read] string Name; void F([in] uint8 First, [in] uint8 Second); };"
    assert format_source(text, Style(indent=2, width=30, inline=0)) == (
        "class A\n{\n  [key, read]\n  string Name;\n\n"
        "  void F(\n    [in]\n    uint8 First,\n    [in]\n    uint8 Second\n  );\n};\n"
    )


@pytest.mark.parametrize("wrong", [{"indent": 0}, {"width": 19}, {"inline": -1}, {"indent": 17}])
def test_style_has_bounds(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=re.escape(next(iter(wrong)))):
        Style(**wrong)


@pytest.mark.parametrize("text", ["", " \n\n", "\x00", "\ufeff\n"])
def test_nothing_is_nothing(text: str) -> None:
    assert format_tree(parse_source(text).tree) == ""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_stay(line_end: str) -> None:
    text = "// a\nclass A{uint8 X;\n};\n".replace("\n", line_end)
    assert format_source(text) == f"// a\n{NEAT}".replace("[key] ", "").replace("\n", line_end)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_encoding_and_mark_stay(encoding: str) -> None:
    mark = b"\xff\xfe" * (encoding == "utf-16-le") + b"\xfe\xff" * (encoding == "utf-16-be")
    data = mark + (MESSY + "// ä\n").encode(encoding)
    after = format_file(SourceFile.from_bytes(data)).to_bytes()
    assert after == mark + (NEAT + "// ä\n").encode(encoding)


def test_a_mark_in_a_text_stays() -> None:
    assert format_source("\ufeff" + MESSY) == "\ufeff" + NEAT


def test_words_stay_where_they_may_be_macros() -> None:
    assert "boolean X = True;" in format_source("#define Y\nclass A{boolean X=True;};")
    assert "boolean X = TRUE;" in format_source("class A{boolean X=True;};")


def test_region_that_would_read_differently_leaves_the_file() -> None:
    """The repair of the first fault depends on where lines begin."""
    for text in _faulty_texts():
        after = format_source(text)
        assert after == text or same_tokens(parse_source(text).tree, parse_source(after).tree)


def _faulty_texts() -> Iterator[str]:
    sound = 'class  A { uint8   X; string Y = "a"; };\ninstance of A { X = {1, 2}; };\n'
    for place in range(0, len(sound), 3):
        yield sound[:place] + sound[place + 2 :]
        yield f'{sound[:place]}"{sound[place:]}'


# ------------------------------------------------------------------------------ depth and work


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "opener", "closer", "tail"),
    [
        ("class A { uint8 X = ", "{", "}", "; };"),
        ("class A { uint8 X = ", "{1, ", "1}", "; };"),
        ("instance of A { X = ", "instance of A { Y = 1; X = ", "; }", "; };"),
        ("class A { ", "", "// a\n;", "};"),
        ("class A { [x", "(", ")", "] uint8 X; };"),
    ],
)
def test_nesting_costs_no_stack_and_linear_work(
    head: str, opener: str, closer: str, tail: str
) -> None:
    def nested(n: int) -> SyntaxTree:
        return parse_source(head + opener * n + "1" * (closer == "}") + closer * n + tail).tree

    once, twice = nested(750), nested(1500)
    assert n_calls(lambda: format_tree(twice)) < 2.2 * n_calls(lambda: format_tree(once))
    format_tree(nested(12_000))  # beyond what the parser keeps


@pytest.mark.slow
def test_comments_side_by_side_take_linear_time() -> None:
    """A string that grows by each comment is copied each time: twenty seconds, and not one."""
    text = f"class A {{ {'/* a comment of some length */ ' * 100_000}uint8 B; }};"
    tree = parse_source(text).tree
    start = time.process_time()
    formatted = format_tree(tree)
    assert time.process_time() - start < 8
    assert formatted.count("/* a comment of some length */") == 100_000


# -------------------------------------------------------------------------------- the command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("neat.mof").write_text(NEAT)
    Path("messy.mof").write_text(MESSY)
    return tmp_path


@pytest.mark.usefixtures("folder")
class TestCommand:
    def test_files_are_rewritten_in_place(self) -> None:
        outcome = mofkit("format", ".")
        assert (outcome.code, outcome.out) == (0, "")
        assert outcome.err == "1 file formatted, 1 left as they were\n"
        assert Path("messy.mof").read_text() == NEAT
        assert sorted(path.name for path in Path().iterdir()) == ["messy.mof", "neat.mof"]

    def test_check_lists_and_writes_nothing(self) -> None:
        outcome = mofkit("format", "--check", ".")
        assert (outcome.code, outcome.out) == (1, "messy.mof\n")
        assert Path("messy.mof").read_text() == MESSY
        assert mofkit("format", "--check", "neat.mof").code == 0

    def test_diff_shows_and_writes_nothing(self) -> None:
        outcome = mofkit("format", "--diff", ".")
        assert outcome.code == 1
        assert outcome.out == (
            "--- messy.mof\n+++ messy.mof\n@@ -1 +1,4 @@\n-CLASS  A{ [key]uint8 X; };\n"
            "+class A\n+{\n+    [key] uint8 X;\n+};\n"
        )
        assert Path("messy.mof").read_text() == MESSY

    def test_standard_input_goes_to_standard_output(self) -> None:
        outcome = mofkit("format", "-", stdin=MESSY.encode())
        assert (outcome.code, outcome.out) == (0, NEAT)
        assert mofkit("format", "-", stdin=NEAT.encode()).out == NEAT
        named = mofkit("format", "--check", "--stdin-filename", "a.mof", "-", stdin=MESSY.encode())
        assert (named.code, named.out) == (1, "a.mof\n")

    def test_options(self) -> None:
        mofkit("format", "--indent", "2", "--inline", "0", "messy.mof")
        assert Path("messy.mof").read_text() == "class A\n{\n  [key]\n  uint8 X;\n};\n"
        assert mofkit("format", "--indent", "0", "messy.mof").code == 2

    def test_configuration(self) -> None:
        Path("mofkit.toml").write_text("[format]\nindent = 3\n")
        mofkit("format", "messy.mof")
        assert Path("messy.mof").read_text() == NEAT.replace("    ", "   ")

    def test_what_cannot_be_read(self) -> None:
        outcome = mofkit("format", "messy.mof", "missing.mof")
        assert outcome.code == 2
        assert "cannot read missing.mof" in outcome.err
        assert Path("messy.mof").read_text() == NEAT


def test_words_of_trivia_are_found() -> None:
    """The helper of the laws sees what it should."""
    tree: SyntaxTree = parse_source("/* a\n * b */ class // c \n A {}; #undef X\n").tree
    assert trivia_words(tree) == ["/* a\n* b */", "// c", "#undef X"]
