"""The languages inside strings: what is read, what is refused, and where.

tests/data/embedded holds the cases; `pytest --update` writes what comes of them, to be read before
it is kept.
"""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mofkit.cim import CimArray, CimInstance, CimString, CimType, CimValue
from mofkit.compiler import bind
from mofkit.compiler.string_map import span_in_file
from mofkit.embedded import EmbeddedError, object_path, sddl, wql
from mofkit.embedded.sddl_names import ACCOUNTS, ACE_FLAGS, RIGHTS
from mofkit.source import Span
from mofkit.syntax import parse_bytes, parse_source
from mofkit.syntax.grammar import START
from tests.support import CORPUS, ROOT, data_files
from tests.support_embedded import PARSE, disagreement, tables, with_outcomes

KEPT_AS_NODE = 1
EMBEDDED = sorted(set(START) - {"mof"})
MODULES = {"object_path": object_path, "sddl": sddl, "wql": wql}


@pytest.mark.parametrize("path", data_files("embedded/*.txt"))
def test_cases(path: Path, golden: Callable[[Path, str], None]) -> None:
    case = path.read_text("utf-8")
    golden(path, with_outcomes(case, path.stem.removesuffix("_wrong")))


@pytest.mark.parametrize("path", data_files("embedded/*.txt"))
def test_only_wrong_texts_are_refused(path: Path) -> None:
    for text in texts_of(path):
        try:
            PARSE[path.stem.removesuffix("_wrong")](text)
        except EmbeddedError:
            assert path.stem.endswith("_wrong"), text
        else:
            assert not path.stem.endswith("_wrong"), text


@pytest.mark.parametrize("path", data_files("embedded/[!d]*.txt"))
def test_cases_are_read_as_lark_reads_them(path: Path) -> None:
    grammar = path.stem.removesuffix("_wrong")
    assert [text for text in texts_of(path) if disagreement(grammar, text)] == []


def texts_of(path: Path) -> list[str]:
    lines = path.read_text("utf-8").split("\n")
    return [line[2:] for line in lines if line.startswith("  ")]


@pytest.mark.parametrize("grammar", EMBEDDED)
def test_every_production_has_a_reader(grammar: str) -> None:
    """And every terminal without a spelling has words that always fit."""
    module = tables(grammar)
    language = MODULES[grammar]._language()
    made = {name for _, _, name, keep in module.RULES if keep == KEPT_AS_NODE}
    assert {shape.args[0] for _, shape in language._shapes if shape} == made
    spelled = {module.TERMINALS[kind] for kind, _ in module.SPELLING}
    worded = {t for phrase in language._phrases if not phrase.after for t in phrase.terminals}
    assert set(module.TERMINALS) - spelled - worded == {"$END"}


def test_names_of_sddl_are_pairs_of_letters() -> None:
    for names in (ACCOUNTS, ACE_FLAGS, RIGHTS):
        assert {len(name) for name in names} == {2}
        assert all(name.isupper() for name in names)
    values = [value for _, value in ACCOUNTS.values() if value]
    assert len(values) == len(set(values))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (wql.parse, "SELECT * FROM A WHERE " + "(" * 20_000 + "b = 1" + ")" * 20_000),
        (wql.parse, "SELECT * FROM A WHERE " + "NOT " * 20_000 + "b = 1"),
        (wql.parse, "SELECT * FROM A WHERE " + "b = 1 OR " * 10_000 + "b = 1"),
        (wql.parse, "SELECT * FROM A WHERE " + "(" * 100_000),
        (wql.parse, "SELECT * FROM A WHERE b = '" + "\\'" * 100_000),
        (wql.parse, "ASSOCIATORS OF {" + '"' * 100_001),
        (sddl.parse, "D:" + "(A;;GA;;;BA)" * 10_000),
        (sddl.parse, "D:(XA;;;;;BA;" + "(" * 20_000 + ")" * 20_000 + ")"),
        (sddl.parse, "O:" + "A" * 200_000 + ":"),
        (object_path.parse, "A." + ",".join(f"k{i}=1" for i in range(10_000))),
        (object_path.parse, "a" * 200_000 + " " * 200_000 + "b"),
        (object_path.parse, "root" + "\\a" * 20_000 + ":A"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else value.__module__,
)
def test_long_text_is_read_once_and_nesting_costs_no_stack(
    parse: Callable[[str], object], text: str
) -> None:
    """It takes tenths of a second, and minutes if each place were read to the end."""
    message = ""
    try:
        parse(text)
    except EmbeddedError as error:
        message = error.message
    assert len(message) < 1000


def test_the_check_of_a_sound_file_loads_no_tables_but_those_of_mof() -> None:
    program = (
        "import os, sys; os._exit = print; from mofkit.__main__ import main\n"
        "sys.argv = ['mofkit', 'check', '-']; main()\n"
        "print([name for name in sys.modules if '._tables_' in name])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        input=b"class A { uint32 B; };",
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert "[]" in run.stdout.decode().splitlines()


# ------------------------------------------------------------------------- places in the file


def string_in(source: str) -> CimString:
    value = bind([parse_source(f"instance of A {{ P = {source}; }};")]).schema.instances[0]
    (found,) = value.properties
    assert isinstance(found.value, CimString)
    return found.value


@pytest.mark.parametrize(
    ("literals", "part", "written"),
    [
        ('"SELECT a"', "a", "a"),
        (r'"b = \"c\""', '"c"', r"\"c\""),
        (r'"\x41\x4E-"', "N", r"\x4E"),
        ('"SELECT " // all\n "* FROM A"', "* F", "* F"),
        ('"SELECT " /* all */ "* FROM A"', "T *", 'T " /* all */ "*'),
        (r'"\xD83C\xDF00!"', "\U0001f300", r"\xD83C\xDF00"),
        (r'"\xD83C" "\xDF00!"', "!", "!"),
        (r'"C:\\pump\q"', r"\q", r"\q"),
    ],
)
def test_part_of_a_string_in_its_file(literals: str, part: str, written: str) -> None:
    text = string_in(literals)
    start = text.value.index(part)
    assert text.origin is not None
    place = span_in_file(text, Span(start, start + len(part)))
    assert text.origin.source.text[slice(*place)] == written


@pytest.mark.parametrize(
    ("literals", "at", "before"),
    [
        ('"ab"', 2, '"'),
        ('""', 0, '"'),
        ('"ab"', 0, 'ab"'),
        ('"a" "b"', 1, 'b"'),
        ('"" ""', 0, '" ""'),
    ],
)
def test_empty_part_of_a_string(literals: str, at: int, before: str) -> None:
    text = string_in(literals)
    assert text.origin is not None
    place = span_in_file(text, Span.at(at))
    assert place.length == 0
    assert text.origin.source.text[place.start :].startswith(before + ";")


def test_part_of_a_string_that_is_not_closed_is_all_of_it() -> None:
    text = string_in('"abc')
    assert text.origin is not None
    assert span_in_file(text, Span(0, 1)) == text.origin.span


def test_part_of_a_string_of_no_file() -> None:
    with pytest.raises(ValueError, match="nothing says where"):
        span_in_file(CimString("a"), Span(0, 1))
    with pytest.raises(ValueError, match="outside the 2 characters"):
        span_in_file(string_in('"ab"'), Span(0, 3))


# --------------------------------------------------------------------------------- the corpus

FIELDS = {
    "wql": re.compile(r"^(query|eventquerylist|viewsources)$"),
    "sddl": re.compile(r"^(securitydescriptor|eventaccess|namespacesecuritysddl)$"),
}
DATETIME = re.compile(r"^[0-9*]{8,}\.[0-9*]+[-+:]")
REFERENCE = re.compile(r'^(\\\\|//)\S|^\w+(\.\w+)?=["\'@]')
REALLY_WRONG = {"Non-existing key"}
"""Strings of the corpus that are not of their language, judged by hand: a reference to an
instance that is not there, and says so."""


@pytest.mark.corpus
@pytest.mark.slow
def test_strings_of_the_corpus() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((CORPUS / "mof").rglob("*")):
        if path.suffix.lower() in {".mof", ".mfl"} or path.name.endswith(".mof.in"):
            for language, text in embedded_strings(path.read_bytes()):
                found[language].add(text)
    refused = {}
    for language, texts in found.items():
        for text in sorted(texts):
            try:
                PARSE[language](text)
            except EmbeddedError as error:
                refused[text] = error.message
            if language != "datetime":
                assert disagreement(language, text) == ""
    assert set(refused) == REALLY_WRONG
    assert {language: len(texts) for language, texts in found.items()} == N_CORPUS_STRINGS


N_CORPUS_STRINGS = {"datetime": 16, "object_path": 55, "sddl": 2, "wql": 17}


def embedded_strings(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the language and the text of each string that holds one."""
    schema = bind([parse_bytes(data)]).schema
    types = {
        (cim_class.name.lower(), member.name.lower()): member.type
        for cim_class in schema.classes
        for member in cim_class.properties
    }
    for cim_class in schema.classes:
        for qualifier in cim_class.qualifiers:
            yield from _of_field(qualifier.name, qualifier.value, None)
        for member in cim_class.properties:
            yield from _of_field(member.name, member.default, member.type)
    for instance in schema.instances:
        yield from _of_instance(instance, types)
    for directive in schema.directives:
        if directive.name.lower() == "namespace":
            yield "object_path", str(directive.arguments[0])


def _of_instance(
    instance: CimInstance, types: dict[tuple[str, str], CimType]
) -> Iterator[tuple[str, str]]:
    for qualifier in instance.qualifiers:
        yield from _of_field(qualifier.name, qualifier.value, None)
    for member in instance.properties:
        key = instance.class_name.lower(), member.name.lower()
        yield from _of_field(member.name, member.value, types.get(key))


def _of_field(
    name: str, value: CimValue | None, cim_type: CimType | None
) -> Iterator[tuple[str, str]]:
    for text in _strings(value):
        matching = (code for code, names in FIELDS.items() if names.match(name.lower()))
        language = next(matching, None)
        if language is not None:
            yield language, text
        elif cim_type is CimType.DATETIME or (cim_type is None and DATETIME.match(text)):
            yield "datetime", text
        elif cim_type is CimType.REFERENCE or (cim_type is None and REFERENCE.match(text)):
            yield "object_path", text


def _strings(value: CimValue | None) -> Iterator[str]:
    match value:
        case CimString():
            yield value.value
        case CimArray():
            for element in value.values:
                yield from _strings(element)
