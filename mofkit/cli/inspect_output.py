"""What `mofkit inspect` writes: an annotated buffer in one of three forms."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from mofkit.binary import Annotation
from mofkit.cli.output import write_files
from mofkit.cli.terminal import is_ascii_only, wants_colour, write
from mofkit.errors import MofkitError

__all__ = ["complain", "show", "write_text"]

_PIPE_CELLS = 100  # a line's width where there is no terminal to ask
_MAX_PAGE_BYTES = 1 << 20
_MAX_PAGE_FIELDS = 50_000  # a page of 25 MB; with more, browsers take long to show it


def show(annotation: Annotation, format_: str, out: str, more: Mapping[str, object]) -> None:
    """Write a buffer, and its payload, to a file or standard output; `more` goes into JSON.

    Raises:
        MofkitError: it is too much for a page.
        OSError: it cannot be written.
    """
    if format_ == "html":
        _check_page(annotation)
    write_text(_rendered(annotation, format_, more, to_terminal=out == "-"), out)


def write_text(text: str, out: str) -> None:
    """Write text to a file, as UTF-8, or to standard output as it takes it.

    Raises:
        OSError: it cannot be written.
    """
    if out == "-":
        write(text)
    else:
        write_files({out: text.encode()})


def complain(annotation: Annotation, path: str) -> int:
    """Tell standard error why a buffer and its payload are refused; return the exit code."""
    import click

    from mofkit.diagnostics.render.glyphs import visible

    errors = [("", annotation.error)]
    if annotation.payload is not None:
        errors.append(("payload, ", annotation.payload.error))
    found = [(where, error) for where, error in errors if error is not None]
    for where, error in found:
        name = "<stdin>" if path == "-" else path
        click.echo(f"mofkit: {name}: {visible(f'{where}{error}')}", err=True)
    return int(bool(found))


def _buffers(annotation: Annotation) -> list[Annotation]:
    return [annotation, *([annotation.payload] if annotation.payload is not None else [])]


def _check_page(annotation: Annotation) -> None:
    n_bytes = sum(len(buffer.data) for buffer in _buffers(annotation))
    n_fields = sum(len(buffer.fields) for buffer in _buffers(annotation))
    if n_bytes > _MAX_PAGE_BYTES:
        raise _too_large_for_a_page(f"{n_bytes:,} bytes")
    if n_fields > _MAX_PAGE_FIELDS:
        raise _too_large_for_a_page(f"{n_fields:,} fields")


def _too_large_for_a_page(what: str) -> MofkitError:
    return MofkitError(
        f"{what} are too much for a page, which shows {_MAX_PAGE_BYTES:,} bytes and "
        f"{_MAX_PAGE_FIELDS:,} fields at most: use --format text"
    )


def _rendered(
    annotation: Annotation, format_: str, more: Mapping[str, object], *, to_terminal: bool
) -> str:
    if format_ == "json":
        from mofkit.binary.dump import json_

        return json_.render(annotation, more)
    if format_ == "html":
        from mofkit.binary.dump import html

        return html.render(annotation)
    from mofkit.binary.dump import text

    return text.render(
        annotation,
        color=to_terminal and wants_colour(sys.stdout),
        ascii_only=to_terminal and is_ascii_only(sys.stdout),
        width_cells=_width_cells() if to_terminal else _PIPE_CELLS,
    )


def _width_cells() -> int:
    from shutil import get_terminal_size

    return get_terminal_size((_PIPE_CELLS, 0)).columns if sys.stdout.isatty() else _PIPE_CELLS
