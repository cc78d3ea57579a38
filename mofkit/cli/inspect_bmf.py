"""`mofkit inspect` of a binary MOF: its annotation, or its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from mofkit.binary import Annotation
from mofkit.cli.bmf_input import bmf_in

if TYPE_CHECKING:
    from mofkit.bmf.statistics import Compression, Statistics

__all__ = ["annotated_bmf", "statistics_text"]


def annotated_bmf(
    data: bytes, path: str, index: int | None, *, every_token: bool, stats: bool
) -> tuple[Annotation, Statistics | None]:
    """Return what the bytes of a binary MOF are, and its numbers if they are wanted.

    `data` is what `path` holds: one, or something in which there are some.

    Raises:
        click.UsageError: there are several, or not so many as `index`.
        MofkitError: there is none.
    """
    from mofkit.binary.field_budget import MAX_FIELDS
    from mofkit.bmf.annotate import annotate_reading
    from mofkit.bmf.reading import read
    from mofkit.bmf.statistics import measure

    bmf = bmf_in(data, path, index)
    found = read(bmf.data, max_tokens=MAX_FIELDS if every_token else 0)
    annotation = annotate_reading(found, every_token=every_token)
    if bmf.container != "file":
        title = f"{annotation.title}, {bmf.label}, at {bmf.offset_bytes:#x}"
        annotation = replace(annotation, title=title)
    return annotation, measure(found) if stats else None


# --------------------------------------------------------------------------------- the numbers


def statistics_text(numbers: Statistics, format_: str) -> str:
    """Return the numbers as a table, or as JSON."""
    if format_ == "json":
        import json

        return json.dumps({**asdict(numbers), "ratio": numbers.ratio}, indent=2) + "\n"
    width = max(len(name) for name, _ in _rows(numbers))
    return "".join(f"{name:{width}}  {value}\n" for name, value in _rows(numbers))


def _rows(numbers: Statistics) -> Iterator[tuple[str, str]]:
    yield "file", f"{numbers.file_bytes:,} bytes"
    yield "stream", f"{numbers.stream_bytes:,} bytes"
    yield from _payload_rows(numbers)
    tokens = numbers.tokens
    kinds = [tokens.short_matches, tokens.medium_matches, tokens.long_matches]
    short, medium, long = (f"{count:,}" for count in kinds)
    yield "literals", f"{tokens.literals:,}"
    yield "matches", f"{sum(kinds):,}: {short} short, {medium} medium, {long} long"
    yield "syncs", f"{tokens.syncs:,}"
    if numbers.contents is not None:
        for name, count in asdict(numbers.contents).items():
            yield name, f"{count:,}"


def _payload_rows(numbers: Statistics) -> Iterator[tuple[str, str]]:
    if numbers.payload_bytes is None:
        yield "payload", "cannot be read"
        return
    ratio = f"; the file has {numbers.ratio:.1%} of that" if numbers.ratio else ""
    yield "payload", f"{numbers.payload_bytes:,} bytes{ratio}"
    if numbers.compression is None:
        from mofkit.bmf.statistics import MAX_COMPRESSED_BYTES

        yield "compression", f"not compared: more than {MAX_COMPRESSED_BYTES:,} bytes of payload"
    else:
        yield from _compression_rows(numbers.file_bytes, numbers.compression)


def _compression_rows(file_bytes: int, found: Compression) -> Iterator[tuple[str, str]]:
    same = "the stream is just this one" if found.is_mofcomps else "the stream is another one"
    yield "as mofcomp", f"{found.mofcomp_bytes:,} bytes; {same}"
    saved = 1 - found.best_bytes / file_bytes
    told = f"{saved:.1%} less than the file" if saved > 0 else "no less than the file"
    yield "at best", f"{found.best_bytes:,} bytes; {told}"
