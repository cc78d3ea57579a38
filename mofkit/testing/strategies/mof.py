"""MOF text without fault, of schemas; and the bytes of such files."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from mofkit.cim import Schema
from mofkit.testing.choices import Choices
from mofkit.testing.spelling import spell
from mofkit.testing.strategies.names import choices
from mofkit.testing.strategies.schemas import schemas

__all__ = ["MofText", "mof_files", "mof_texts"]


class MofText(NamedTuple):
    """MOF, and the schema that it says."""

    text: str
    schema: Schema


def mof_texts(of: st.SearchStrategy[Schema] | None = None) -> st.SearchStrategy[MofText]:
    r"""Return text in which a schema is written in some legal way: ASCII, no finding.

    Args:
        of: the schemas; those of `schemas()` if none are given.

    >>> from hypothesis import given, settings
    >>> from mofkit import parse_source
    >>> @settings(max_examples=5)
    ... @given(mof_texts())
    ... def test_there_is_nothing_to_report(found):
    ...     assert parse_source(found.text).diagnostics == []
    >>> test_there_is_nothing_to_report()
    """
    return st.builds(_mof_text, schemas() if of is None else of, choices())


def mof_files(of: st.SearchStrategy[Schema] | None = None) -> st.SearchStrategy[bytes]:
    """Return such text as the bytes of a file, in an encoding that mofcomp documents.

    That is ASCII, or UTF-16 of either order with a byte order mark, which has other characters as
    they are. There is no finding in those either. Not generated: UTF-8 with more than ASCII, with
    a mark, and Windows-1252, which compilers do not read alike (ENC001, ENC002, ENC004).
    """
    return st.builds(_file, schemas() if of is None else of, choices(), st.sampled_from(_CODECS))


def _mof_text(schema: Schema, found: Choices) -> MofText:
    return MofText(spell(schema, found), schema)


def _file(schema: Schema, found: Choices, encoding: tuple[bytes, str]) -> bytes:
    bom, codec = encoding
    return bom + spell(schema, found, ascii_only=not bom).encode(codec)


_CODECS = [(b"", "ascii"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
