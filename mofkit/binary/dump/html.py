"""The dump for browsers: one page, the bytes at the left, the fields at the right.

Pointing at the one marks the other. The page needs nothing but itself: its policy allows no
connection, and only its own script and style, by their hashes. `#byte=0x18` or `#field=3` behind
its address pins a place. A payload has a view of its own, with `#payload:byte=0x18`.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from mofkit.binary.annotation import Annotation
from mofkit.binary.dump.hex_view import HexLine, make_lines
from mofkit.binary.dump.table import (
    Group,
    Note,
    Row,
    gap_name,
    is_zero,
    make_groups,
    make_notes,
    make_remainders,
    remarks,
)
from mofkit.diagnostics.render.glyphs import visible

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["render"]

_TONES = 6
"""Colours, one a structure in turn; neighbouring fields have two strengths of it."""

_CHUNK_LINES = 32
"""Lines of bytes that a browser lays out together, once they come into sight; as in `page.css`."""

_LONG = 300  # characters; a longer value gets a box that scrolls


def render(annotation: Annotation) -> str:
    """Return the page. Whatever comes from the file is made visible and escaped."""
    buffers = [_buffer("file", "", annotation)]
    if annotation.payload is not None:
        buffers.append(_buffer("payload", "payload:", annotation.payload))
    shown = [field for buffer in buffers for field in buffer.annotation.fields]
    return _page().render(
        buffers=buffers,
        has_links=any(field.leads_to_bytes is not None for field in shown),
        gap_name=gap_name,
        is_zero=is_zero,
        remarks=remarks,
        long=_LONG,
        chunk_lines=_CHUNK_LINES,
    )


@dataclass(frozen=True, slots=True)
class _Buffer:
    """What a page shows of one buffer; `address` stands in front of a place in it."""

    name: str
    address: str
    annotation: Annotation
    notes: Sequence[Note]
    remainders: Sequence[str]
    lines: Sequence[HexLine]
    tones: Sequence[str]
    sections: Sequence[tuple[str, Sequence[tuple[Row, str]]]]
    offset_digits: int


def _buffer(name: str, address: str, annotation: Annotation) -> _Buffer:
    groups = make_groups(annotation)
    tones = [_tones(group, group_idx) for group_idx, group in enumerate(groups)]
    return _Buffer(
        name,
        address,
        annotation,
        make_notes(annotation),
        make_remainders(annotation),
        make_lines(annotation.data, [row for group in groups for row in group.rows]),
        [tone for of_group in tones for tone in of_group],
        [
            (group.path, list(zip(group.rows, of_group, strict=True)))
            for group, of_group in zip(groups, tones, strict=True)
        ],
        max(4, len(f"{len(annotation.data):x}")),
    )


def _tones(group: Group, group_idx: int) -> list[str]:
    """Return the classes of each row, which say how it is coloured."""
    tones = []
    for row_idx, row in enumerate(group.rows):
        tone = f"t{group_idx % _TONES}{' alt' if row_idx % 2 else ''}"
        severity = min((note.severity for note in row.notes), default="")  # an error comes first
        tones.append(f"{'gap' if row.number is None else tone} {severity}".rstrip())
    return tones


@cache
def _page() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("mofkit.binary.dump", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = lambda value: visible(str(value))
    for name in ("script", "style"):
        file = "page.js" if name == "script" else "page.css"
        source = environment.get_template(file).render()
        digest = b64encode(sha256(source.encode()).digest()).decode()
        environment.globals[name] = Markup(source)  # our own file
        environment.globals[f"{name}_hash"] = f"sha256-{digest}"
    return environment.get_template("page.html.j2")
