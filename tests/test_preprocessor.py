"""The C preprocessor: the examples of the standard, what drivers write, mistakes, and limits.

A case is a file of tests/data/preprocessor; beside it is what comes out, and what was found.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from mofkit.diagnostics import Severity
from mofkit.diagnostics.render import concise
from mofkit.preprocessor import Expansion, needs_preprocessing, preprocess
from mofkit.source import MappingLoader, SourceFile, Span
from tests.support import DATA, data_files

FOLDER = DATA / "preprocessor"


def expand(text: str, **macros: str) -> Expansion:
    return preprocess(SourceFile.from_text(text), macros=macros)


def words(text: str, **macros: str) -> list[str]:
    """Return what comes out, in words, after checking that nothing was found."""
    expansion = expand(text, **macros)
    assert [found.message for found in expansion.diagnostics] == []
    return expansion.source.text.split()


def codes(text: str) -> list[str]:
    return [found.code for found in expand(text).diagnostics]


@pytest.mark.parametrize("path", data_files("preprocessor/*.mof"))
def test_case(path: Path, golden: Callable[[Path, str], None]) -> None:
    files = {f"include/{file.name}": file.read_bytes() for file in FOLDER.glob("include/*")}
    source = SourceFile.from_bytes(path.read_bytes(), path=path.name)
    expansion = preprocess(source, loader=MappingLoader(files))
    found = concise.render(expansion.diagnostics)
    golden(path.with_suffix(".txt"), f"{expansion.source.text}----\n{found}")


# ------------------------------------------------------------------------------ C11, the examples


def test_example_3_of_redefinition_and_reexamination() -> None:
    """C11 §6.10.3.5 EXAMPLE 3."""
    text = """
#define x 3
#define f(a) f(x * (a))
#undef x
#define x 2
#define g f
#define z z[0]
#define h g(~
#define m(a) a(w)
#define w 0,1
#define t(a) a
#define p() int
#define q(x) x
#define r(x,y) x ## y
#define str(x) # x
f(y+1) + f(f(z)) % t(t(g)(0) + t)(1);
g(x+(3,4)-w) | h 5) & m
(f)^m(m);
p() i[q()] = { q(1), r(2,3), r(4,), r(,5), r(,) };
char c[2][6] = { str(hello), str() };
"""
    expected = """
f(2 * (y+1)) + f(2 * (f(2 * (z[0])))) % f(2 * (0)) + t(1);
f(2 * (2+(3,4)-0,1)) | f(2 * (~ 5)) & f(2 * (0,1))^m(0,1);
int i[] = { 1, 23, 4, 5, };
char c[2][6] = { "hello", "" };
"""
    assert words(text) == expected.split()


def test_example_4_of_strings_and_joined_tokens() -> None:
    """C11 §6.10.3.5 EXAMPLE 4."""
    text = r"""
#define str(s) # s
#define xstr(s) str(s)
#define debug(s, t) printf("x" # s "= %d, x" # t "= %s", \
                    x ## s, x ## t)
#define INCFILE(n) vers ## n
#define glue(a, b) a ## b
#define xglue(a, b) glue(a, b)
#define HIGHLOW "hello"
#define LOW LOW ", world"
debug(1, 2);
fputs(str(strncmp("abc\0d", "abc", '\4') // this goes away
 == 0) str(: @\n), s);
xstr(INCFILE(2).h)
glue(HIGH, LOW);
xglue(HIGH, LOW)
"""
    expected = r"""
printf("x" "1" "= %d, x" "2" "= %s", x1, x2);
fputs("strncmp(\"abc\\0d\", \"abc\", '\\4') == 0" ": @\n", s);
"vers2.h"
"hello";
"hello" ", world"
"""
    assert words(text) == expected.split()


def test_example_7_of_variable_arguments() -> None:
    """C11 §6.10.3.5 EXAMPLE 7."""
    text = """
#define debug(...) fprintf(stderr, __VA_ARGS__)
#define showlist(...) puts(#__VA_ARGS__)
#define report(test, ...) ((test)?puts(#test): printf(__VA_ARGS__))
debug("Flag"); debug("X = %d", x);
showlist(The first, second, and third items.);
report(x>y, "x is %d but y is %d", x, y);
"""
    expected = """
fprintf(stderr, "Flag"); fprintf(stderr, "X = %d", x);
puts("The first, second, and third items.");
((x>y)?puts("x>y"): printf("x is %d but y is %d", x, y));
"""
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    "condition",
    [
        "1 + 2 * 3 == 7",
        "(1 + 2) * 3 == 9",
        "-7 / 2 == -3 && -7 % 2 == -1",
        "-1 > 0u",
        "~0 == -1",
        "!0 && !!7 && -+-3 == 3",
        "1 << 3 >> 1 == 4",
        "(5 & 6 | 8 ^ 1) == 13",
        "1 || 1/0",
        "!(0 && undefined)",
        "0 ? undefined : 2",
        "1 ? 2 : 3 ? 0 : 0",
        "0x10 == 16 && 010 == 8 && 0b11 == 3 && 10UL == 10 && 7i64 == 7",
        "0x7FFFFFFFFFFFFFFF + 1 < 0",
        "0xFFFFFFFFFFFFFFFF == -1",
        "'A' == 65",
        "2 > 1 == 1",
        "defined ONE && defined(ONE) && !defined TWO && ONE",
        "TWICE(2) == 4",
    ],
)
def test_a_condition_that_holds(condition: str) -> None:
    text = f"#define ONE 1\n#define TWICE(n) (2 * (n))\n#if {condition}\nyes\n#endif"
    assert words(text) == ["yes"]


# --------------------------------------------------------------------------------------- of MOF


@pytest.mark.parametrize(
    "text",
    [
        '#pragma namespace("\\\\\\\\.\\\\root\\\\X")',
        "# pragma classflags(X)",
        '#include ("X.mof")',
        'string S = "X \\" X";',
        "char16 C = 'X';",
        "$X",
        "0X1 101X",
        "// X",
        "/* X\n X */",
        '"X',
    ],
)
def test_a_macro_is_left_alone_in(text: str) -> None:
    assert expand(text, X="1", b="2").source.text == text


def test_a_splice_joins_lines_anywhere() -> None:
    assert words('st\\\nring S = "a\\\r\nb"; // X\\\n X\n#def\\\nine X 1\nX', Y="") == [
        "string",
        *("S", "=", '"ab";', "//", "X", "X"),
        "1",
    ]


@pytest.mark.parametrize(
    ("text", "is_needed"),
    [
        ("#define A 1", True),
        ("  # ifdef A\n#endif", True),
        ("/* a */ #undef A", True),
        ('#include "a.h"', True),
        ("#include <a.h>", True),
        ('#include ("a.mof")\n#pragma include ("b.mof")\n#pragma once', False),
        ("// #define A 1\n/*\n#define A 1\n*/", False),
        ('string A = "\\\n#define A 1";', False),
        ("class A {}; #define A", False),
    ],
)
def test_files_that_need_it(text: str, is_needed: bool) -> None:
    assert needs_preprocessing(SourceFile.from_text(text)) is is_needed


def test_macros_of_the_command_line() -> None:
    assert words("A B C\n#ifdef C\nyes\n#endif", A="uint8", B="", C="1") == ["uint8", "1", "yes"]
    found = expand("#define A 2\n", A="1").diagnostics
    assert [(item.code, item.related[0].source.path) for item in found] == [
        ("CPP007", "<command line>")
    ]


@pytest.mark.parametrize("name", ["", "1A", "A(x)", "A B", "defined", "__LINE__"])
def test_a_macro_needs_a_name(name: str) -> None:
    with pytest.raises(ValueError, match=r"name|defined"):
        preprocess(SourceFile.from_text(""), macros={name: "1"})


@pytest.mark.parametrize("value", ["1\n2", "1\\", "/*", "a ##"])
def test_a_macro_needs_a_value_of_one_line(value: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the messages are of several sources
        preprocess(SourceFile.from_text(""), macros={"A": value, "B": "1"})


# --------------------------------------------------------------------------------------- places


def test_places_of_copies_and_of_macros() -> None:
    source = SourceFile.from_text("#define T uint8\nclass A { T X; };\n", path="a.mof")
    expansion = preprocess(source)
    start = expansion.source.text.index("uint8")
    in_macro = expansion.place(Span(start + 1, start + 3))
    assert source.text[slice(*in_macro.span)] == "T"
    assert in_macro.macro is not None
    assert in_macro.macro.span == Span(8, 9)
    name = expansion.source.text.index("X")
    assert source.text[slice(*expansion.place(Span(name, name + 1)).span)] == "X"
    both = expansion.place(Span(start, name + 1))
    assert source.text[slice(*both.span)] == "T X"
    end = expansion.place(Span.at(len(expansion.source.text)))
    assert end.span == Span.at(len(source.text))


def test_places_in_headers_and_behind_splices() -> None:
    header = SourceFile.from_text("class B\\\n1 {};\n", path="b.h")
    source = SourceFile.from_text('#include "b.h"\nclass C;', path="a.mof")
    expansion = preprocess(source, loader=MappingLoader({"b.h": header}))
    assert expansion.source.text == "class B1 {};\n\nclass C;"
    place = expansion.place(Span(6, 8))
    assert (place.source, header.text[slice(*place.span)]) == (header, "B\\\n1")
    across = expansion.place(Span(6, 20))
    assert (across.source, across.span) == (header, Span(6, len(header.text)))
    assert expansion.headers == (header,)


# --------------------------------------------------------------------------------------- limits


HOSTILE = {
    "doubling": "#define A0 x\n"
    + "".join(f"#define A{n} A{n - 1} A{n - 1}\n" for n in range(1, 60))
    + "A59\n",
    "doubling nothing": "#define A0\n"
    + "".join(f"#define A{n} A{n - 1} A{n - 1}\n" for n in range(1, 60))
    + "A59\n",
    "doubling arguments": "#define F(x) x x\n" + "F(" * 50 + "y" + ")" * 50,
    "doubling text": '#define F(x) #x #x\n#define G(x) F(x)\n#define T "'
    + "t" * 100_000
    + '"\n'
    + "G(T) " * 1000,
    "a chain": "#define A0 x\n"
    + "".join(f"#define A{n} A{n - 1}\n" for n in range(1, 10_000))
    + "A9999\n" * 100,
    "nested calls": "#define F(x) x\n" + "F(" * 100_000 + ")" * 100_000,
    "open calls": "#define F(x) x\n" + "F(1 " * 100_000,
    "nested parentheses": "#if " + "(" * 100_000 + "1" + ")" * 100_000 + "\n#endif",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_not_end_is_refused(name: str) -> None:
    """It takes a second; without a bound, years."""
    (code,) = codes(HOSTILE[name])
    assert code in ("CPP010", "CPP008", "CPP004")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("F F F\n" * 50_000, []),
        ('"' + '\\"' * 100_000, []),
        ("'\\" * 100_000, []),
        ("/* " * 100_000, []),
        ("\\\n" * 100_000, []),
        (" /**/" * 30_000 + "#", []),
        ("#if !" + "!" * 100_000 + "1\n#endif", []),
        ("#if 0\n" * 50_000 + "#endif\n" * 50_000, []),
        ("#define F(x) x\nF(" + "(" * 100_000, ["CPP008"]),
        ("#define X(" + "a," * 20_000, ["CPP002"]),
        ("#if 1" + "+1" * 50_000 + "\n#endif", []),
    ],
    ids=range(11),
)
def test_odd_texts_are_read_once(text: str, found: list[str]) -> None:
    """They take tenths of a second, and hours if each place were read to the end."""
    assert codes(text) == found


def test_headers_that_include_themselves() -> None:
    loader = MappingLoader({"a.h": b'#include "a.h"\n', "b.h": b'#include "c.h"\n#include "c.h"\n'})
    source = SourceFile.from_text('#include "a.h"\n', path="x.mof")
    found = preprocess(source, loader=loader).diagnostics
    assert [(item.code, item.path) for item in found] == [("CPP010", "a.h")]


def test_a_circle_of_headers_is_named() -> None:
    files = {f"{one}.h": f'#include "{other}.h"\n'.encode() for one, other in ("ab", "bc", "cb")}
    source = SourceFile.from_text('#include "a.h"\n', path="x.mof")
    (found,) = preprocess(source, loader=MappingLoader(files)).diagnostics
    assert found.message.endswith((": b.h → c.h → b.h", ": c.h → b.h → c.h"))


def test_a_mistake_in_a_header_says_what_includes_it() -> None:
    source = SourceFile.from_text('\n#include "a.h"\n', path="x.mof")
    (found,) = preprocess(source, loader=MappingLoader({"a.h": b"#else\n"})).diagnostics
    (related,) = found.related
    assert (found.path, related.source.path, related.message) == ("a.h", "x.mof", "included here")
    assert related.source.position(related.span.start) == (2, 10)


def test_a_line_that_nobody_knows() -> None:
    (found,) = expand("#define A\n#defin B\n").diagnostics
    assert (found.code, found.message) == ("CPP002", "there is no line `#defin`")
    assert "#define" in found.help
    assert codes('#define A\n#PRAGMA namespace("root")\n#Include ("a.mof")\n# 1 "a.h"\n') == []
    assert codes("#if 0\n#defin\n#endif\n") == []


@pytest.mark.slow
def test_headers_that_double() -> None:
    files = {f"{n}.h": f'#include "{n + 1}.h"\n#include "{n + 1}.h"\n'.encode() for n in range(40)}
    loader = MappingLoader({**files, "40.h": b""})
    source = SourceFile.from_text('#include "0.h"\n', path="x.mof")
    found = preprocess(source, loader=loader).diagnostics
    assert [item.code for item in found] == ["CPP010"]
    assert found[0].message == "headers are included more than 20,000 times"


def test_without_a_loader_no_header_is_found() -> None:
    found = expand('#include "a.h"\n#if A\n#endif').diagnostics
    assert [(item.code, item.severity) for item in found] == [("CPP001", Severity.ERROR)]
