"""An input as people read it: text as text, bytes as `mofkit inspect` explains them; and as a file.

Values that have no file are shown as the text that Python has for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mofkit.diagnostics.render.glyphs import visible
from mofkit.errors import MofkitError

if TYPE_CHECKING:
    from mofkit.binary import Annotation
    from mofkit.cim import Schema
    from mofkit.testing.laws import Kind

__all__ = ["Shown", "shown_bytes", "shown_file", "shown_value"]

_MAX_DUMP_BYTES: Final = 600
_MAX_TEXT_CHARS: Final = 3000
_MAX_LINE_CHARS: Final = 400


class Shown(NamedTuple):
    """An input for people, and as the contents of a file.

    Attributes:
        text: some lines.
        data: the contents.
        suffix: of the file's name.
    """

    text: str
    data: bytes
    suffix: str


def shown_value(name: str, kind: Kind, value: Any) -> Shown:
    """Return a generated value; `name` is that of its kind."""
    from mofkit.cim import Schema
    from mofkit.testing.strategies import BlockData, MofText, RegBuffer

    match value:
        case bytes():
            return shown_bytes(name, kind, value)
        case str():
            return Shown(_text(value), value.encode(), kind.suffix)
        case MofText():
            return Shown(_text(value.text), value.text.encode(), ".mof")
        case RegBuffer():
            dump = _dump(_annotated("reginfo", value.data, value.arch.value))
            return Shown(f"{dump}{_line(value.reply)}", value.data, ".bin")
        case BlockData():
            return _with_schema(value.schema, f"{value.cim_class.name}: {value.values!r}")
        case Schema():
            return _with_schema(value)
    return Shown(_line(value), f"{value!r}\n".encode(), ".txt")


def shown_bytes(name: str, kind: Kind, data: bytes) -> Shown:
    """Return bytes, which are those of a payload where the kind has files around such."""
    contents = data if kind.is_text else _file_around(kind, data)
    return shown_file(name, kind, contents, payload=contents != data)


def shown_file(
    name: str, kind: Kind, data: bytes, arch: str = "x64", *, payload: bool = False
) -> Shown:
    """Return the contents of a file; with `payload` what it expands to is shown alone."""
    if kind.is_text:
        return Shown(_text(data.decode("utf-8", "backslashreplace")), data, kind.suffix)
    if len(data) > _MAX_DUMP_BYTES:
        text = f"{len(data):,} bytes, beginning with {data[:32].hex(' ')}\n"
        return Shown(text, data, kind.suffix)
    return Shown(_dump(_annotated(name, data, arch), payload=payload), data, kind.suffix)


def _file_around(kind: Kind, data: bytes) -> bytes:
    """Return a file around a payload; the payload itself if such a file would say another."""
    try:
        contents = kind.to_file(data)
        return contents if kind.from_file(contents) == data else data
    except Exception:  # noqa: BLE001  # it may be what is broken
        return data


def _with_schema(schema: Schema, about: str = "") -> Shown:
    """Return the MOF text of a schema; what has none, as Python shows it."""
    from mofkit.testing.spelling import spell

    try:
        text = spell(schema)
    except (ValueError, MofkitError):
        return Shown(_line(schema), f"{schema!r}\n".encode(), ".txt")
    if about:
        text += f"// {visible(about)}\n"
    return Shown(_text(text), text.encode(), ".mof")


def _annotated(name: str, data: bytes, arch: str) -> Annotation:
    from mofkit.binary import Annotation

    try:
        if name in {"reginfo", "update"}:
            from mofkit.reginfo import Arch
            from mofkit.reginfo.annotate import annotate as annotate_reginfo

            return annotate_reginfo(data, Arch(arch))
        if name == "wnode":
            from mofkit.wnode.annotate import annotate as annotate_wnode

            return annotate_wnode(data)
        if name.startswith("bmf") or name == "decompile":
            from mofkit.bmf.annotate import annotate as annotate_bmf

            return annotate_bmf(data)
    except Exception:  # noqa: BLE001  # it may be what is broken
        pass
    return Annotation("bytes", data, ())


def _dump(annotation: Annotation, *, payload: bool = False) -> str:
    """Return the rows of a buffer, or only those of its payload."""
    from mofkit.binary.dump import text

    if payload and annotation.payload is not None:
        annotation = annotation.payload
    return text.render(annotation, color=False, ascii_only=False, width_cells=100)


def _text(text: str) -> str:
    shown = text if len(text) <= _MAX_TEXT_CHARS else f"{text[:_MAX_TEXT_CHARS]}..."
    return "".join([f"{visible(line)}\n" for line in shown.removesuffix("\n").split("\n")])


def _line(value: object) -> str:
    line = visible(repr(value))
    return f"{line if len(line) <= _MAX_LINE_CHARS else line[:_MAX_LINE_CHARS] + '...'}\n"
