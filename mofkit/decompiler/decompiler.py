"""From a schema, or a file of binary MOF, to the tree of the text that declares it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from mofkit.binary import BinaryWarning
from mofkit.bmf import DecodeResult, IrregularError, decode
from mofkit.cim import (
    CimClass,
    CimDirective,
    CimEnumeration,
    CimInstance,
    CimQualifierDeclaration,
    Schema,
    SchemaItem,
)
from mofkit.decompiler.declarations import class_text, enumeration_text
from mofkit.decompiler.directives import (
    directive_text,
    pragmas_text,
    qualifier_declaration_text,
)
from mofkit.decompiler.notes import Notes, Unsayable
from mofkit.decompiler.unsigned import with_unsigned
from mofkit.decompiler.values import instance_text
from mofkit.diagnostics.render.glyphs import visible
from mofkit.syntax import ParseResult, parse_source

__all__ = [
    "DecompiledFile",
    "DecompiledSchema",
    "Remark",
    "decompile_file",
    "decompile_schema",
]


class Remark(NamedTuple):
    """A text that goes into a comment of its own line in front of an item, or behind the last."""

    item_idx: int
    text: str


@dataclass(frozen=True, slots=True)
class DecompiledSchema:
    """MOF text, without layout, and what it does not say.

    Attributes:
        unsayable: in the order of the text, in which each has a comment.
    """

    result: ParseResult
    unsayable: tuple[Unsayable, ...] = ()


@dataclass(frozen=True, slots=True)
class DecompiledFile:
    """MOF text for binary MOF, without layout.

    Attributes:
        warnings: what is odd in the bytes, then what MOF cannot say: offsets count in the payload,
            and are those of the item's record. The text has a comment for each.
    """

    result: ParseResult
    schema: Schema
    warnings: tuple[BinaryWarning, ...] = ()


def decompile_schema(schema: Schema, remarks: Sequence[Remark] = ()) -> DecompiledSchema:
    r"""Return the text that declares what a schema declares.

    >>> from mofkit.cim import PragmaState
    >>> fan = CimClass("Fan", "Part", pragmas=PragmaState("root\\demo"))
    >>> print(decompile_schema(Schema((fan,))).result.source.text, end="")
    #pragma namespace("root\\demo")
    class Fan : Part {};
    """
    notes = Notes()
    lines: list[str] = []
    at = 0
    remarks = sorted(remarks, key=lambda remark: remark.item_idx)
    for item_idx, item in enumerate(schema.items):
        while at < len(remarks) and remarks[at].item_idx <= item_idx:
            lines.append(_line_comment(remarks[at]))
            at += 1
        notes.item_idx = item_idx
        lines += _item_lines(item, notes)
    lines += map(_line_comment, remarks[at:])
    text = "".join(f"{line}\n" for line in lines)
    return DecompiledSchema(parse_source(text), tuple(notes.found))


def _line_comment(remark: Remark) -> str:
    return f"// {visible(remark.text, ascii_only=True)}"


def _item_lines(item: SchemaItem, notes: Notes) -> Iterator[str]:
    """Yield the pragmas that an item needs, and the item."""
    where = item.class_name if isinstance(item, CimInstance) else item.name
    if not isinstance(item, CimDirective):
        pragmas = notes.say(where, partial(pragmas_text, item.pragmas, notes))
        if pragmas:
            yield pragmas
    yield notes.say(where, partial(_item, item, notes))


def _item(item: SchemaItem, notes: Notes) -> str:
    match item:
        case CimClass():
            return f"{class_text(item, notes)};"
        case CimInstance():
            return f"{instance_text(item, notes)};"
        case CimEnumeration():
            return f"{enumeration_text(item, notes)};"
        case CimQualifierDeclaration():
            return qualifier_declaration_text(item, notes)
        case CimDirective():
            return directive_text(item, notes)


def decompile_file(data: bytes, *, strict: bool = False) -> DecompiledFile:
    """Return the text of binary MOF.

    Raises:
        BinaryFormatError: as `mofkit.bmf.decode`; strict: the text would not say everything
            (`IrregularError`).
    """
    decoded = decode(data, strict=strict, compare=True)
    schema = with_unsigned(decoded.schema)
    remarks = [Remark(_item_idx(odd, decoded.offsets_bytes), str(odd)) for odd in decoded.warnings]
    found = decompile_schema(schema, remarks)
    unsayable = tuple([_warning(each, decoded) for each in found.unsayable])
    if strict and unsayable:
        raise IrregularError(unsayable)
    return DecompiledFile(found.result, schema, (*decoded.warnings, *unsayable))


def _item_idx(odd: BinaryWarning, offsets_bytes: tuple[int, ...]) -> int:
    """Return the item that something odd is in, or in whose place an object was skipped."""
    if not odd.path.startswith("object["):
        return 0
    is_whole_object = odd.code == "W-SKIPPED" and odd.path.count("[") == 1
    if is_whole_object:
        return bisect_left(offsets_bytes, odd.offset_bytes)
    return bisect_right(offsets_bytes, odd.offset_bytes) - 1


def _warning(found: Unsayable, decoded: DecodeResult) -> BinaryWarning:
    offset_bytes = decoded.offsets_bytes[found.item_idx]
    return BinaryWarning(found.code, offset_bytes, found.path, found.message)
