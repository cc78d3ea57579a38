"""What is reported on broken MOF, and where: tests/data/syn holds the expectations.

A new case is a file there; `pytest --update` writes its markers, to be read before they are kept.
Each line of one_mistake/*.txt is a mistake by itself, put into a file that is right otherwise.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from mofkit.diagnostics import Severity
from mofkit.syntax import SyntaxTree, nodes, parse_source, walk
from tests.support import DATA, data_files
from tests.support_markers import add_markers, strip_markers

_NEXT = "class Next { uint8 End; };\n"
AROUND = {
    "in_class": "class A {\n    uint8 First;\n    @\n    uint8 Last;\n};\n" + _NEXT,
    "in_instance": "instance of A {\n    First = 1;\n    @\n    Last = 1;\n};\n" + _NEXT,
    "at_top_level": "class A {\n    uint8 Last;\n};\n@\n" + _NEXT,
}
"""What stands around a mistake, which takes the place of the `@`."""


def mistakes() -> list[object]:
    return [
        pytest.param(AROUND[place].replace("@", mistake, 1), id=f"{place}: {mistake}")
        for place in AROUND
        for mistake in (DATA / f"syn/one_mistake/{place}.txt").read_text("utf-8").splitlines()
    ]


@pytest.mark.parametrize("path", data_files("syn/*.mof"))
def test_findings_are_those_marked(path: Path, golden: Callable[[Path, str], None]) -> None:
    text = strip_markers(path.read_bytes().decode("utf-8"))
    golden(path, add_markers(text, parse_source(text).diagnostics))


@pytest.mark.parametrize("text", mistakes())
def test_one_mistake_is_one_error(text: str) -> None:
    """And nothing around it is lost: the next member and the next class are read."""
    result = parse_source(text)
    errors = [d for d in result.diagnostics if d.severity is Severity.ERROR]
    assert len(errors) == 1, [f"{d.code} {d.message}" for d in errors]
    assert names(result.tree) >= {"Last", "Next", "End"}


def names(tree: SyntaxTree) -> set[str]:
    """Return the names of the classes of a file and of their members and values."""
    kinds = nodes.ClassDeclaration | nodes.PropertyDeclaration | nodes.ValueInitializer
    return {tree.texts[node.name] for node in walk(tree.root) if isinstance(node, kinds)}


@pytest.mark.parametrize(
    ("value", "help_"),
    [
        ('"run("net.exe")"', '`\\"` is how to write a quote within a string'),
        ('"run(\\"net.exe /add")"', '`\\"` is how to write a quote within a string'),
        ('"run" )', "expected here: a name"),
        ("run net", "a string needs quotes"),
    ],
)
def test_help_says_what_became_of_quotes(value: str, help_: str) -> None:
    result = parse_source(f"class Demo_Fan {{ string Command = {value}; }};")
    assert [d.help for d in result.diagnostics] == [help_]
