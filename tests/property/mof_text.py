"""Strategies for MOF text: tokens in any order, sentences of the grammar, and files without fault.

The grammar's sentences are derived from the same rules that the parser runs (`_tables.RULES`), so
that every production is met; what comes out is MOF by form, seldom by sense.
"""

from collections.abc import Iterable

from hypothesis import strategies as st

from mofkit.syntax import _tables

__all__ = ["sentences", "streams", "valid_files"]

# ------------------------------------------------------------------------------------- spellings

WORDS = {
    "AS": "as As",
    "ASSOCIATION": "association",
    "CLASS": "class CLASS Class cla\u017fs",  # a long s is an s where case does not count
    "ENUMERATION": "enumeration",
    "FALSE": "false FALSE",
    "INCLUDE": "include",
    "INDICATION": "indication Indication",
    "INSTANCE": "instance Instance INSTANCE",
    "NULL": "null NULL",
    "OF": "of Of",
    "PRAGMA": "pragma PRAGMA",
    "QUALIFIER": "qualifier",
    "REF": "ref REF",
    "STRUCTURE": "structure",
    "TRUE": "true True",
    "VALUE": "value Value",
    "NAME": "Fan X _x __Path uint8 string classes ofs Überlauf 風扇 flavor toinstance",
    "ALIAS_IDENTIFIER": "$A $_b $Ä9",
    "NUMBER": "0 7 -1 +42 017 0x1F 101b .5 -1.25 1.5e-3 089 102b 0x 1e5 1. 1.2.3 5G",
    "CHARACTER": r"'a' '\n' '\x41' '' 'ab' '\q' 'ä'",
}
TEXTS: dict[str, list[str]] = {name: texts.split(" ") for name, texts in WORDS.items()} | {
    "STRING": ['""', '"a"', '"a b"', r'"\"\\\n"', r'"\q"', '"ä"', '"// no comment"', '"/*"'],
    "MULTILINE_STRING": ['"a\nb"', '"\r\n"'],
    "UNTERMINATED_STRING": ['"a\n', '"a b;\n', '"\n'],
    "TYPOGRAPHIC_STRING": ["“a”", '„a"'],
    **{_tables.TERMINALS[kind]: [text] for kind, text in _tables.SPELLING if not text.isalpha()},
}
"""Terminal → how it may be spelled, the usual way first."""

STRAYS = [*"?@$\\'\"*/+-\0\x1a\x1b\u00a0\u200b\u2013\u201d\ufeff\U0001f300\ud800", "*/", "\0 \0"]
"""What begins no token, or one that a part is missing of."""

TRIVIA = [
    *(" ", " ", "\n", "\n", "", "\t", "\r\n", "\r", "\f\v", "// a\n", "/* a */", "/*\n*/", "/**/"),
    *("#define A B\n", "# if 1\n", '#include "a.mof"\n', "\\\n", "\u00a0", "\ufeff", "\u2028"),
]
ENDS = [*TRIVIA, "//", "/* open", "\0", "\x1a\n", "\\", "#endif", "#define A \\"]

# ------------------------------------------------------------------------------ tokens anyhow

_TOKENS = st.sampled_from(sorted(TEXTS)).flatmap(lambda name: st.sampled_from(TEXTS[name]))


@st.composite
def _joined(draw: st.DrawFn, tokens: list[str]) -> str:
    gaps = draw(st.lists(st.sampled_from(TRIVIA), min_size=len(tokens), max_size=len(tokens)))
    pairs = zip(gaps, tokens, strict=True)
    return "".join(gap + token for gap, token in pairs) + draw(st.sampled_from(ENDS))


def streams() -> st.SearchStrategy[str]:
    """Tokens in any order, with trivia between them, or with none."""
    tokens = _TOKENS | st.sampled_from(STRAYS)
    return st.lists(tokens, max_size=15).flatmap(_joined)


# --------------------------------------------------------------------- sentences of the grammar

_ERROR = _tables.TERMINALS.index("ERROR")  # made by the parser, never by a text
_START = len(_tables.TERMINALS) + _tables.NONTERMINALS.index("mof_specification")


def _fewest_tokens() -> dict[int, int]:
    """Return for each symbol that a text can stand for the length of the shortest one."""
    fewest = {kind: 1 for kind in range(len(_tables.TERMINALS)) if kind != _ERROR}
    grew = True
    while grew:
        grew = False
        for left, right, _, _ in _tables.RULES:
            if fewest.keys() >= set(right):
                length = sum(fewest[symbol] for symbol in right)
                if length < fewest.get(left, length + 1):
                    fewest[left], grew = length, True
    return fewest


_FEWEST = _fewest_tokens()


def _length(symbols: Iterable[int]) -> int:
    return sum(_FEWEST[symbol] for symbol in symbols)


def _rules() -> dict[int, list[tuple[int, ...]]]:
    """Return left side → right sides, the shortest first, to which a derivation shrinks."""
    rules: dict[int, list[tuple[int, ...]]] = {}
    for left, right, _, _ in _tables.RULES:
        if _FEWEST.keys() >= set(right):
            rules.setdefault(left, []).append(right)
    return {left: sorted(rights, key=_length) for left, rights in rules.items()}


_RULES_OF = _rules()


@st.composite
def _derivations(draw: st.DrawFn, max_tokens: int = 40) -> list[str]:
    """Terminals that the grammar puts in this order."""
    found: list[str] = []
    todo = [_START]
    while todo:
        symbol = todo.pop()
        if symbol not in _RULES_OF:
            found.append(_tables.TERMINALS[symbol])
            continue
        rules = _RULES_OF[symbol]
        is_full = len(found) + _length(todo) > max_tokens
        todo += reversed(rules[0] if is_full else draw(st.sampled_from(rules)))
    return found


@st.composite
def sentences(draw: st.DrawFn, *, slips: bool = False, odd: bool = True) -> str:
    """Text that the grammar derives.

    Args:
        draw: given by Hypothesis.
        slips: afterwards a few tokens are lost, doubled, or come from nowhere.
        odd: tokens may be spelled in ways the language forbids or that need luck to be read as
            meant, and trivia may be anything; otherwise the reading is certain.
    """
    names = draw(_derivations())
    if not odd:
        return " ".join(_plain_text(name) for name in names)
    tokens = [draw(st.sampled_from(TEXTS[name])) for name in names]
    for _ in range(draw(st.integers(1, 3)) if slips and tokens else 0):
        place = draw(st.integers(0, len(tokens) - 1))
        tokens[place : place + 1] = draw(
            st.sampled_from([[], [tokens[place]] * 2])
            | st.tuples(_TOKENS | st.sampled_from(STRAYS), st.just(tokens[place])).map(list)
        )
        tokens = tokens or [";"]
    return draw(_joined(tokens))


def _plain_text(name: str) -> str:
    """Return a spelling that is read as meant, whatever stands beside it."""
    return TEXTS["STRING" if name.endswith("_STRING") else name][0]


# ------------------------------------------------------------------------- files without fault

_INDENT = "    "
_CLASS_NAMES = st.sampled_from(["Acme_Fan", "Acme_Pump", "Win32_Lamp"])
_MEMBER_NAMES = st.sampled_from(["Speed", "Name", "Level", "Mode"])
_SCALARS = st.sampled_from(['"a"', '"a" "b"', "1", "-0x1F", "2.5", "TRUE", "NULL", "'a'", "$Acme"])
_ARRAYS = st.lists(_SCALARS, min_size=1, max_size=3).map(lambda items: f"{{{', '.join(items)}}}")
_QUALIFIERS = st.sampled_from(
    ["Key", "read", "WmiDataId(1)", 'Description("a b")', 'Values{"a", "b"}', "Key : ToSubclass"]
)
_TYPES = st.sampled_from(["uint8", "string", "boolean", "datetime"])


@st.composite
def _brackets(draw: st.DrawFn) -> str:
    found = draw(st.lists(_QUALIFIERS, max_size=2))
    return f"[{', '.join(found)}] " if found else ""


@st.composite
def _members(draw: st.DrawFn) -> str:
    type_, name = draw(_TYPES), draw(_MEMBER_NAMES)
    parameters = ", ".join(draw(st.lists(_parameters(), max_size=2)))
    default = draw(st.sampled_from(["", " = 1", ' = "a"']))
    member = draw(
        st.sampled_from(
            [
                f"{type_} {name}{default}",
                f"{type_} {name}[]",
                f"{type_} {name}[3]",
                f"Acme_Fan ref {name}",
                f"{type_} {name}({parameters})",
            ]
        )
    )
    return f"{_INDENT}{draw(_brackets())}{member};"


@st.composite
def _parameters(draw: st.DrawFn) -> str:
    return f"{draw(_brackets())}{draw(_TYPES)} {draw(_MEMBER_NAMES)}"


@st.composite
def _classes(draw: st.DrawFn) -> list[str]:
    base = draw(st.sampled_from(["", " : Acme_Base"]))
    body = draw(st.lists(_members(), min_size=1, max_size=3))
    return [f"{draw(_brackets())}class {draw(_CLASS_NAMES)}{base} {{", *body, "};"]


@st.composite
def _instances(draw: st.DrawFn) -> list[str]:
    members = st.tuples(_MEMBER_NAMES, _SCALARS | _ARRAYS)
    body = [
        f"{_INDENT}{name} = {value};"
        for name, value in draw(st.lists(members, min_size=1, max_size=3))
    ]
    alias = draw(st.sampled_from(["", " as $Acme"]))
    return [f"instance of {draw(_CLASS_NAMES)}{alias} {{", *body, "};"]


_DIRECTIVES = st.sampled_from(
    [
        ['#pragma namespace("root/acme")'],
        ["Qualifier Unit : string = null, Scope(property, method), Flavor(ToSubclass);"],
        ["// a comment"],
    ]
)


def valid_files() -> st.SearchStrategy[str]:
    """Small files in which nothing is wrong, a member a line, no line empty."""
    items = st.lists(_classes() | _instances() | _DIRECTIVES, min_size=1, max_size=4)
    return items.map(lambda found: "".join(f"{line}\n" for item in found for line in item))
