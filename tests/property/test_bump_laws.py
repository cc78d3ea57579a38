"""Laws of `bump_clsid`, over files in which a GUID stands in many ways."""

import re
from collections.abc import Callable
from uuid import UUID

from hypothesis import assume, example, given
from hypothesis import strategies as st

from mofkit.rewriter import BumpError, BumpOptions, Kind, bump_clsid
from mofkit.rewriter.diff import unified_diff
from mofkit.source import SourceFile, apply_edits
from mofkit.syntax import parse
from tests.support_mof import damaged_mof

Case = Callable[[str], str]

GUIDS = st.uuids(version=4)
ONE_CASE: st.SearchStrategy[Case] = st.sampled_from([str.upper, str.lower])
CODECS = st.sampled_from(
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("cp1252", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
    ]
)
NEW_LINES = st.sampled_from(["\n", "\r\n", "\r"])
# What a file may have beside the registration; `@` is the GUID, `?` something that is none of it.
PIECES = st.sampled_from(
    [
        '[ProviderClsid("{@}"), UUID("@")] class A { };',
        'class B { string Path = "winmgmts:{@}!x\\\\y"; };',
        'class C { string Both = "@ @"; string None = ""; };',
        "// the CLSID is {@}",
        "/* @ ü\n @ */",
        'instance of Thing { Id = "{?}"; };',
        'instance of Thing { Id = "x@ ?" " @"; };',
        '#pragma deleteinstance("Thing.Id=\\"{@}\\"", nofail)',
        "class Broken { uint8 }",
    ]
)


def in_place(piece: str, old: str) -> str:
    return piece.replace("@", old).replace("?", old[::-1])


@st.composite
def registrations(draw: st.DrawFn) -> tuple[SourceFile, UUID, str]:
    """A file that registers the provider `P`, its CLSID, and that as it is written."""
    guid = draw(GUIDS.filter(has_letters))
    old = draw(ONE_CASE)(str(guid))
    pieces = draw(st.lists(PIECES, max_size=6))
    place = draw(st.integers(0, len(pieces)))
    brace = draw(st.sampled_from(["{@}", "@"]))
    pieces.insert(
        place, f'instance of __Win32Provider as $P\n{{ name = "P" ;\tClsId = "{brace}"; }};'
    )
    text = "\n".join(in_place(piece, old) for piece in pieces)
    codec, bom = draw(CODECS)
    data = bom + text.replace("\n", draw(NEW_LINES)).encode(codec)
    return SourceFile.from_bytes(data, path="p.mof"), guid, old


def has_letters(guid: UUID) -> bool:
    return re.search("[a-f]", str(guid)) is not None


def bump(source: SourceFile, new: UUID, *, comments: bool = False) -> SourceFile:
    options = BumpOptions(comments=comments)
    (file,) = bump_clsid([source], "p", new, options=options).files
    return file


class TestBump:
    """Only GUID digits change: encoding, BOM, braces, white space and every other byte stay."""

    @given(registrations(), GUIDS, st.booleans())
    def test_the_inverse_gives_the_bytes(
        self, registration: tuple[SourceFile, UUID, str], new: UUID, comments: bool
    ) -> None:
        source, old, _ = registration
        assume(new != old)
        result = bump_clsid([source], "P", new, options=BumpOptions(comments=comments))
        inverse = result.inverse()
        assert inverse.files[0].to_bytes() == source.to_bytes()
        assert apply_edits(result.files[0], inverse.edits[0]).to_bytes() == source.to_bytes()
        assert apply_edits(source, result.edits[0]).to_bytes() == result.files[0].to_bytes()
        assert inverse.inverse() == result

    @given(registrations(), GUIDS.filter(has_letters), st.booleans())
    @example(
        registration=(
            SourceFile.from_text(
                '// A0000000-0000-4000-8000-000000000000\ninstance of __Win32Provider {Name="P";'
                'CLSID="{A0000000-0000-4000-8000-000000000000}";};'
            ),
            UUID("a0000000-0000-4000-8000-000000000000"),
            "",
        ),
        new=UUID("b0000000-0000-4000-8000-000000000000"),
        comments=False,
    )
    def test_there_and_back(
        self, registration: tuple[SourceFile, UUID, str], new: UUID, comments: bool
    ) -> None:
        """bump(bump(f, a), old) == f for GUIDs of one case that have letters."""
        source, old, _ = registration
        assume(new != old)
        there = bump(source, new, comments=comments)
        assert bump(there, old, comments=comments).to_bytes() == source.to_bytes()

    @given(registrations(), GUIDS.filter(has_letters))
    def test_all_of_them_and_nothing_else(
        self, registration: tuple[SourceFile, UUID, str], new: UUID
    ) -> None:
        source, guid, old = registration
        assume(new != guid)
        written = str(new).upper() if old.isupper() else str(new)
        whole = re.compile(rf"(?<![0-9a-f]){old}(?![0-9a-f])", re.IGNORECASE)
        after = bump(source, new, comments=True)
        assert after.text == whole.sub(written, source.text)
        assert (after.encoding, after.bom, after.tail) == (
            source.encoding,
            source.bom,
            source.tail,
        )
        assert parse(after).tree.kinds == parse(source).tree.kinds

    @given(registrations(), GUIDS)
    def test_what_is_left_alone_is_in_comments(
        self, registration: tuple[SourceFile, UUID, str], new: UUID
    ) -> None:
        source, old, _ = registration
        assume(new != old)
        result = bump_clsid([source], "P", new)
        for found in result.occurrences:
            assert found.kind is Kind.GUID
            assert UUID(found.text) == old
            assert (found.left is None) == (not found.in_comment)

    @given(registrations(), GUIDS)
    def test_the_diff_has_the_lines_that_changed(
        self, registration: tuple[SourceFile, UUID, str], new: UUID
    ) -> None:
        source, old, _ = registration
        assume(new != old)
        after = bump(source, new)
        lines = unified_diff(source, after).split("\n")[2:]
        removed = [line[1:] for line in lines if line.startswith("-")]
        added = [line[1:] for line in lines if line.startswith("+")]
        before_lines, after_lines = source.text.split("\n"), after.text.split("\n")
        pairs = [pair for pair in zip(before_lines, after_lines, strict=True) if pair[0] != pair[1]]
        assert list(zip(removed, added, strict=True)) == pairs


class TestAnything:
    """A hostile file is bumped or refused, and nothing else happens."""

    @given(damaged_mof(), GUIDS, st.data())
    def test_damaged_files(self, text: str, guid: UUID, data: st.DataObject) -> None:
        words = text.split()
        for piece in data.draw(st.lists(PIECES | st.text(max_size=5), max_size=3)):
            place = data.draw(st.integers(0, len(words)))
            words.insert(place, in_place(piece, str(guid)))
        words.append(f'; instance of __Win32Provider {{ Name = "P"; CLSID = "{guid}"; }};')
        source = SourceFile.from_text(" ".join(words))
        try:
            result = bump_clsid([source], "P", UUID(int=guid.int ^ 1))
        except BumpError:
            return
        assert result.inverse().files[0].to_bytes() == source.to_bytes()
        assert len(result.files[0].text) == len(source.text)


class TestCompanions:
    """Companions get the same GUID, in C initialisers too."""

    @given(GUIDS.filter(has_letters), GUIDS.filter(has_letters), ONE_CASE, st.booleans())
    def test_initialisers_there_and_back(
        self, old: UUID, new: UUID, case: Case, flat: bool
    ) -> None:
        assume(old != new)
        header = SourceFile.from_text(f"X({initialiser(old, case, flat=flat)})", path="p.h")
        mof = SourceFile.from_text(
            f'instance of __Win32Provider {{Name="P";CLSID="{old}";}};', path="p.mof"
        )
        there = bump_clsid([mof], "P", new, companions=[header])
        after = there.companions[0].after
        assert after.text == f"X({initialiser(new, case, flat=flat)})"
        back = bump_clsid(there.files, "P", old, companions=[after])
        assert back.companions[0].after == header
        assert there.inverse().companions[0].after == header


def initialiser(guid: UUID, case: Case, *, flat: bool) -> str:
    digits = guid.hex
    numbers = [digits[:8], digits[8:12], digits[12:16]]
    rest = [digits[at : at + 2] for at in range(16, 32, 2)]
    head = ", ".join(f"0x{case(number)}" for number in numbers)
    tail = ",".join(f"0x{case(number)}" for number in rest)
    return f"{head}, {tail}" if flat else f"{{{head}, {{ {tail} }}}}"
