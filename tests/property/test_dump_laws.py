"""Laws of the dumps: whatever a format says about bytes, and whatever the bytes are."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mofkit.binary import Annotation, BinaryFormatError, BinaryWarning, Field
from mofkit.binary.dump import html, json_, text
from mofkit.binary.dump.hex_view import make_lines
from mofkit.binary.dump.table import make_groups
from mofkit.reginfo import Arch, Request
from mofkit.reginfo.annotate import annotate

TEXTS = st.lists(
    st.sampled_from(
        ["<script>", "</script>", '"', "'", "&", "{{", "\x1b[31m", "\0", "\ud83d", "漢"]
    )
    | st.characters(),
    max_size=6,
).map("".join)
PATHS = st.lists(
    st.sampled_from(["A", "B[0]", "B[1]", "<script>", "\u202e"]), min_size=1, max_size=4
)


@st.composite
def annotations(draw: st.DrawFn, *, can_nest: bool = True) -> Annotation:
    data = draw(st.binary(max_size=80))

    def field() -> Field:
        start = draw(st.integers(0, len(data) - 1))
        length = draw(st.integers(1, len(data) - start))
        path = ".".join(draw(PATHS))
        also = tuple(draw(st.lists(TEXTS, max_size=5)))
        leads_to = draw(st.none() | st.integers(0, len(data) - 1))
        return Field(start, length, path, draw(TEXTS), draw(TEXTS), draw(TEXTS), also, leads_to)

    fields = [field() for _ in range(draw(st.integers(0, 8)) if data else 0)]
    fields.sort(key=lambda field: field.offset_bytes)

    def place() -> tuple[str, int, str, str]:
        path = draw(st.sampled_from([field.path for field in fields]) if fields else TEXTS)
        return draw(TEXTS), draw(st.integers(0, 100)), path, draw(TEXTS)

    warnings = tuple(BinaryWarning(*place()) for _ in range(draw(st.integers(0, 3))))
    error = BinaryFormatError(*place()) if draw(st.booleans()) else None
    parents = [field.path.rpartition(".")[0] for field in fields]
    labels = {path: draw(TEXTS) for path in parents if draw(st.booleans())}
    payload = draw(annotations(can_nest=False)) if can_nest and draw(st.booleans()) else None
    return Annotation(
        draw(TEXTS), data, tuple(fields), warnings, error, labels=labels, payload=payload
    )


class Page(HTMLParser):
    """Collects what tags a page opens and closes, and its text outside of scripts."""

    VOID = ("meta", "br", "link")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(annotations(), st.booleans(), st.integers(1, 200))
def test_nothing_raw_reaches_the_terminal(
    annotation: Annotation, ascii_only: bool, width_cells: int
) -> None:
    shown = text.render(annotation, ascii_only=ascii_only, width_cells=width_cells)
    assert all(line.isprintable() for line in shown.split("\n"))
    assert shown.isascii() or not ascii_only


@pytest.mark.slow
@given(annotations())
def test_a_page_holds_only_its_own_tags(annotation: Annotation) -> None:
    page = html.render(annotation)
    page.encode()
    parsed = Page(page)
    assert parsed.open == []
    assert parsed.tags.count("script") == 1
    assert page.count("<script") == 1
    assert all(character.isprintable() or character == "\n" for character in page)


@pytest.mark.slow
@given(annotations())
def test_json_says_everything(annotation: Annotation) -> None:
    shown = json_.render(annotation)
    assert shown.isascii()
    check_plain(json.loads(shown), annotation)


def check_plain(plain: dict[str, Any], annotation: Annotation) -> None:
    assert plain["size"] == len(annotation.data)
    assert [field["path"] for field in plain["fields"]] == [f.path for f in annotation.fields]
    assert [field["value"] for field in plain["fields"]] == [f.value for f in annotation.fields]
    for item in plain["fields"] + plain["unused"]:
        start, end = item["offset"], item["offset"] + item["length"]
        assert bytes.fromhex(item["bytes"]) == annotation.data[start:end]
    leads_to = [field.get("leads_to") for field in plain["fields"]]
    assert leads_to == [field.leads_to_bytes for field in annotation.fields]
    assert plain.get("labels", {}) == annotation.labels
    assert ("payload" in plain) == (annotation.payload is not None)
    if annotation.payload is not None:
        check_plain(plain["payload"], annotation.payload)


@given(annotations())
def test_fields_and_gaps_cover_each_byte(annotation: Annotation) -> None:
    """A byte is in a field, or in exactly one gap, never in both; rows are in order."""
    rows = [row for group in make_groups(annotation) for row in group.rows]
    offsets = [row.item.offset_bytes for row in rows]
    assert offsets == sorted(offsets)
    claims: list[list[bool]] = [[] for _ in annotation.data]
    for row in rows:
        for at in range(row.item.offset_bytes, row.item.offset_bytes + row.item.length_bytes):
            claims[at].append(row.number is None)
    assert all(claim and (claim == [True] or True not in claim) for claim in claims)
    numbers = [row.number for row in rows if row.number is not None]
    assert numbers == list(range(len(annotation.fields)))


@given(annotations())
def test_the_lines_of_bytes_are_the_data(annotation: Annotation) -> None:
    rows = [row for group in make_groups(annotation) for row in group.rows]
    pieces = [piece for line in make_lines(annotation.data, rows) for piece in line.pieces]
    assert b"".join(piece.data for piece in pieces) == annotation.data
    for piece in pieces:
        item = rows[piece.row_idx].item
        assert item.offset_bytes <= piece.offset_bytes
        assert piece.offset_bytes + len(piece.data) <= item.offset_bytes + item.length_bytes


@given(annotations())
def test_every_warning_is_told(annotation: Annotation) -> None:
    buffers = [annotation, *([annotation.payload] if annotation.payload else [])]
    notes = [note for buffer in buffers for note in [*buffer.warnings, buffer.error] if note]
    shown = text.render(annotation)
    assert sum(line.startswith(("error[", "warning[")) for line in shown.split("\n")) == len(notes)


@given(
    st.binary(max_size=200)
    | st.tuples(st.integers(0, 60), st.integers(0, 3), st.binary(max_size=120)).map(
        lambda parts: (
            (24 + len(parts[2])).to_bytes(4, "little")
            + bytes(4)
            + parts[0].to_bytes(4, "little")
            + bytes(4)
            + parts[1].to_bytes(8, "little")
            + parts[2]
        )
    ),
    st.sampled_from(Arch),
    st.sampled_from(Request),
)
@example(b"", Arch.X64, Request.REGISTER)
@example(b"\x14" + bytes(19), Arch.X64, Request.UPDATE)
def test_any_bytes_can_be_annotated(data: bytes, arch: Arch, request: Request) -> None:
    annotation = annotate(data, arch, request)
    for field in annotation.fields:
        assert field.length_bytes > 0
        assert 0 <= field.offset_bytes <= len(data) - field.length_bytes
    text.render(annotation)
