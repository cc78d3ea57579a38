"""Laws of descriptions: what is written is read again, and every place is found."""

import json
import tomllib
from typing import Any

import tomlkit
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mofkit.binary.utf16 import has_lone_surrogate
from mofkit.reginfo.description import DescriptionError, read, to_json, to_plain, to_toml
from mofkit.reginfo.description.errors import Key
from mofkit.reginfo.description.places import Format, find_places
from mofkit.reginfo.enums import NAME_KIND_FLAGS, Arch, RegFlag, Request
from mofkit.reginfo.model import (
    BaseName,
    DynamicNames,
    ListNames,
    PdoNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
    TooSmall,
)
from tests.support import ROOT

VALIDATOR = Draft202012Validator(
    json.loads((ROOT / "mofkit/reginfo/description.schema.json").read_text("utf-8"))
)

ULONGS = st.integers(0, 0xFFFFFFFF)
_UNITS = st.binary(max_size=12).map(lambda data: data[: len(data) // 2 * 2])
TEXTS = st.one_of(
    st.text(max_size=8),
    _UNITS.map(lambda data: data.decode("utf-16-le", "surrogatepass")),
    st.sampled_from(["\\Registry\\Machine", "it's", '"""', "'''", "\x7f\x80\t\r\n", "#", "a = 1"]),
).map(lambda text: text.rstrip("\0"))
FURTHER_FLAGS = st.one_of(st.sampled_from([0, 1, 0x41, 0x10000]), ULONGS).map(
    lambda bits: RegFlag(bits & ~int(NAME_KIND_FLAGS))
)


@st.composite
def entries(draw: st.DrawFn, arch: Arch) -> RegGuid:
    """Entries as a decoder can give them, canonical but for counts of dynamic names."""
    guid, flags = draw(st.uuids()), draw(FURTHER_FLAGS)
    removes = bool(flags & RegFlag.REMOVE_GUID)
    count = draw(ULONGS)
    match draw(st.sampled_from(["list", "basename", "pdo", "dynamic"])):
        case "list":
            names = tuple(draw(st.lists(TEXTS, max_size=3)))
            n_names = count if removes and not names else len(names)
            return RegGuid(guid, flags | RegFlag.INSTANCE_LIST, n_names, ListNames(names))
        case "basename":
            base = draw(st.none() | TEXTS) if removes else draw(TEXTS)
            return RegGuid(guid, flags | RegFlag.INSTANCE_BASENAME, count, BaseName(base))
        case "pdo":
            pdo = draw(st.integers(0, (1 << 8 * arch.pointer_bytes) - 1))
            return RegGuid(guid, flags | RegFlag.INSTANCE_PDO, count, PdoNames(pdo))
        case _:
            return RegGuid(guid, flags, count, DynamicNames())


@st.composite
def replies(draw: st.DrawFn, arch: Arch) -> RegInfoReply | TooSmall:
    request = draw(st.sampled_from(Request))
    if draw(st.integers(0, 9)) == 0:
        return TooSmall(draw(ULONGS), request)
    info = st.builds(
        RegInfo,
        st.none() | TEXTS,
        st.none() | TEXTS,
        st.lists(entries(arch), max_size=4).map(tuple),
    )
    infos = draw(st.lists(info, min_size=1, max_size=3))
    return RegInfoReply(tuple(infos), request)


ARCHES_AND_REPLIES = st.sampled_from(Arch).flatmap(
    lambda arch: st.tuples(st.just(arch), replies(arch))
)


class TestRoundTrip:
    """Registration info as data: descriptions and what is decoded have one shape."""

    @given(ARCHES_AND_REPLIES)
    def test_json_is_read_as_what_was_written(
        self, found: tuple[Arch, RegInfoReply | TooSmall]
    ) -> None:
        arch, reply = found
        text = to_json(reply, arch)
        assert text.isascii()
        assert read(text, path="x", format="json", arch=arch) == reply
        assert read(text, path="x", format="json") == reply
        assert list(VALIDATOR.iter_errors(json.loads(text))) == []

    @given(ARCHES_AND_REPLIES)
    def test_toml_is_read_as_what_was_written(
        self, found: tuple[Arch, RegInfoReply | TooSmall]
    ) -> None:
        """Text with unpaired surrogates needs JSON."""
        arch, reply = found
        has_surrogate = any(map(has_lone_surrogate, strings(to_plain(reply, arch))))
        try:
            text = to_toml(reply, arch)
        except DescriptionError:
            assert has_surrogate
            return
        assert not has_surrogate
        assert read(text, path="x", format="toml", arch=arch) == reply
        assert tomlkit.parse(text)["request"] == reply.request  # another reader finds it sound
        assert list(VALIDATOR.iter_errors(tomlkit.parse(text).unwrap())) == []


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in inner for text in strings(item)]


# -------------------------------------------------------------------------------------- places

_NAMES = st.one_of(
    st.sampled_from(
        ["infos", "guids", "a", "b", "a b", "a.b", "#", "[x]", "{", "'", '"', "\\", ""]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
)
_SCALARS = st.one_of(
    st.integers(-9, 99), st.booleans(), st.sampled_from(["", "]", "},", '"', "''", "\n#", "\\"])
)
TREES: st.SearchStrategy[Any] = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(_NAMES, TREES, max_size=4)


def paths(value: Any, key: Key = ()) -> list[Key]:
    """Return the ways to all values below a value."""
    items: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    return [path for part, item in items for path in [(*key, part), *paths(item, (*key, part))]]


HEADERS = ["[a]", "[[a]]", "[[a.b]]", "[a.c]", "[d.e]", "[d.f.g]", "  [d.f.h]", "[[d.i]]", "[d]"]


@st.composite
def blocks_of_toml(draw: st.DrawFn) -> str:
    """Tables in any order, each with a name of its own in it."""
    headers = draw(st.lists(st.sampled_from(HEADERS), max_size=8))
    end = draw(st.sampled_from(["\n", "\r\n", "\n\n"]))
    return "".join(f"{header}{end} name{n} = 1{end}" for n, header in enumerate(headers))


def names_in(toml: str) -> list[str]:
    """Return the names of one header or key, from the outermost."""
    value: Any = tomllib.loads(toml)
    names = []
    while isinstance(value, dict) and value:
        ((name, value),) = value.items()
        names.append(name)
        value = value[0] if isinstance(value, list) else value
    return names


class TestPlaces:
    """The line of an error is that of its key, however the text is laid out."""

    @given(DOCUMENTS, st.sampled_from([None, 0, 2]))
    def test_all_of_json(self, document: dict[str, Any], indent: int | None) -> None:
        text = json.dumps(document, indent=indent)
        places = find_places(text, "json")
        expected = [path for path in paths(document) if len(path) <= 8]
        assert places.doubled == ()
        assert {path for path in places.spans if len(path) <= 8} == set(expected)
        for path in expected:
            span = places.spans[path]
            if isinstance(path[-1], str):
                assert json.loads(text[span.start : span.end]) == path[-1]
            alone = find_places(text, "json", [path])
            assert alone.span(path) == span
            assert set(alone.spans) <= {path[:length] for length in range(len(path) + 1)}

    @given(DOCUMENTS)
    def test_all_of_toml(self, document: dict[str, Any]) -> None:
        """Tables, arrays of tables and inline tables, as tomlkit writes them."""
        text = tomlkit.dumps(document)
        assume(tomlkit.parse(text).unwrap() == document)
        spans = find_places(text, "toml").spans
        assert set(spans) == set(paths(document))
        for path, span in spans.items():
            shown = text[span.start : span.end]
            names = [part for part in path if isinstance(part, str)]
            if shown[0] == "[" and len(shown) > 1:
                assert names_in(shown)[: len(names)] == names
            elif isinstance(path[-1], str):
                is_first_of = any(
                    other == span and inner[: len(path)] == path != inner
                    for inner, other in spans.items()
                )
                assert is_first_of or names_in(f"{shown} = 1") == names[-1:]

    @given(blocks_of_toml())
    def test_tables_in_any_order(self, text: str) -> None:
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            return
        spans = find_places(text, "toml").spans
        for path in paths(document):
            name = str(path[-1])
            if name.startswith("name"):
                assert spans[path].start == text.index(f"{name} =")

    @given(DOCUMENTS, st.text(max_size=20))
    def test_any_text_gives_a_reply_or_an_error(self, document: dict[str, Any], text: str) -> None:
        wholes: list[tuple[Format, str]] = [
            ("json", json.dumps(document)),
            ("json", text),
            ("toml", tomlkit.dumps(document)),
            ("toml", text),
        ]
        for form, whole in wholes:
            line = line_of_error(whole, form)
            assert line is None or 1 <= line <= whole.count("\n") + 1


def line_of_error(text: str, form: Format) -> int | None:
    try:
        read(text, path="x", format=form)
    except DescriptionError as error:
        return error.line
    return None
