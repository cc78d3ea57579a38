"""Laws of the languages inside MOF strings: WQL, SDDL, object paths, datetimes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Final

from mofkit.embedded import EmbeddedError, datetime_, object_path, sddl, wql
from mofkit.source import Span
from mofkit.testing.laws.law import Kind, Law

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["EMBEDDED", "spans_of"]

_PARSERS: Final[tuple[Callable[[str], object], ...]] = (
    wql.parse,
    sddl.parse,
    object_path.parse,
    datetime_.parse,
)


def _is_read_or_refused(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    for parse in _PARSERS:
        try:
            spans = [*spans_of(parse(text))]
        except EmbeddedError as error:
            spans = [error.span]
        if any(not 0 <= start <= end <= len(text) for start, end in spans):
            return f"{parse.__module__} names a place outside of the text"
    return ""


def spans_of(value: object) -> Iterator[Span]:
    """Yield every place within a result."""
    todo = [value]
    while todo:
        match todo.pop():
            case Span() as span:
                yield span
            case tuple() as parts:
                todo += parts
            case part if is_dataclass(part):
                todo += [getattr(part, field.name) for field in fields(part)]


def _texts() -> SearchStrategy[str]:
    from hypothesis import strategies as st

    from mofkit.testing.strategies import EMBEDDED_LANGUAGES, embedded_texts

    return st.sampled_from(EMBEDDED_LANGUAGES).flatmap(embedded_texts)


EMBEDDED: Final = Kind(
    _texts,
    (),
    (
        Law(
            "a text is read or refused",
            "any text gives a result or EmbeddedError: mofkit's promise",
            _is_read_or_refused,
        ),
    ),
    lambda text: text.encode("utf-8", "replace"),
    suffix=".txt",
    is_text=True,
)
