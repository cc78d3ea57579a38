"""The generated tables are those of the grammar, and the grammar is what its header promises."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mofkit.syntax import _tables
from mofkit.syntax.generate_tables import TABLES_PATH, build_lark, generate
from mofkit.syntax.grammar import START, grammar_text
from mofkit.syntax.nodes import NODE_TYPES
from tests.support import ROOT

KEPT_AS_NODE = 1


def test_every_grammar_has_tables() -> None:
    assert {path.stem for path in (ROOT / "grammars").iterdir()} == set(START)


@pytest.mark.parametrize("grammar", START)
def test_tables_are_fresh(grammar: str) -> None:
    assert TABLES_PATH[grammar].read_text("utf-8") == generate(grammar), (
        "run: python -m mofkit.syntax.generate_tables"
    )


@pytest.mark.parametrize("hash_seed", ["1", "20"])
def test_tables_do_not_depend_on_the_hash_seed(hash_seed: str) -> None:
    """Lark numbers its states in the order of sets of strings."""
    program = (
        "import sys; from mofkit.syntax.generate_tables import START, generate; "
        "sys.stdout.buffer.write(''.join(map(generate, START)).encode())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert run.stdout == b"".join(TABLES_PATH[grammar].read_bytes() for grammar in START)


def test_every_production_has_a_node_type() -> None:
    productions = {name for _, _, name, keep in _tables.RULES if keep == KEPT_AS_NODE}
    assert set(NODE_TYPES) == productions


@pytest.mark.parametrize("grammar", START)
def test_grammar_is_lalr_without_conflict(grammar: str, caplog: pytest.LogCaptureFixture) -> None:
    """Lark settles a shift/reduce conflict by itself, and says so only when it is asked."""
    with caplog.at_level("WARNING", logger="lark"):
        build_lark(grammar, debug=True)
    assert caplog.messages == []


@pytest.mark.slow
def test_lark_finds_no_collision_of_terminals(tmp_path: Path) -> None:
    """Lark's strict mode needs `interegular`, which must not be installed beside our Lark.

    So it gets a folder of its own, and a grammar it can read: it knows no possessive quantifiers,
    and takes a minute over the ranges of NAME unless one letter stands for all beyond ASCII.
    """
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        subprocess.run(
            [*install, "--no-deps", "--target", str(tmp_path), "interegular"],
            capture_output=True,
            check=True,
            timeout=60,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"interegular cannot be installed here: {error}")
    program = (
        "import sys, interegular\n"
        "from mofkit.syntax.generate_tables import build_lark\n"
        "build_lark(grammar=sys.stdin.buffer.read().decode(), strict=True)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        input=readable_for_interegular(grammar_text()).encode(),
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=100,
    )
    assert run.returncode == 0, run.stderr.decode()[-1000:]


def readable_for_interegular(grammar: str) -> str:
    letters = re.search(r"^_NAME_START: /\[A-Za-z_(.+)\]/$", grammar, re.MULTILINE)
    assert letters is not None
    return "\n".join(
        re.sub(r"(?<=[^\\][*+?])\+", "", line).replace(letters[1], "é")
        if re.match(r"_?[A-Z]", line)
        else line
        for line in grammar.split("\n")
    )


def test_no_two_terminals_begin_with_the_same_character_beyond_ascii() -> None:
    """So one letter may stand for all of NAME's in the test above."""
    patterns = [pattern for _, pattern in _tables.TOKEN] + list(_tables.TRIVIA)
    classes = [
        re.compile(character_class)
        for pattern in patterns
        if (character_class := first_class(pattern)) and not character_class.isascii()
    ]
    assert len(classes) == len(["NAME", "TYPOGRAPHIC_STRING", "WHITE_SPACE"])
    characters = map(chr, range(0x80, 0x10000))
    assert not [c for c in characters if sum(bool(one.match(c)) for one in classes) > 1]


def first_class(pattern: str) -> str:
    """Return the character class a pattern begins with, "" if it begins otherwise."""
    found = re.match(r"(?:\(\?[:>])*(\[(?:[^\\\]]|\\.)+\])", pattern)
    return found[1] if found else ""
