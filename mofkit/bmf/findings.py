"""What is wrong with a payload or the file around it, and where.

What is refused, as `BinaryFormatError`. Lenient reading skips the record, where it is in one:

- E-MAGIC: a signature is another one
- E-SIZE: a size or a count is more than there is room for, or less than its own fields take
- E-LAYOUT: the parts of a record do not stand one behind the other
- E-STRING: no zero ends a string
- E-TYPE: a type has no such value
- E-KIND: an object is neither class nor instance
- E-DEPTH: objects are nested too deep
- E-CLASS: an object does not say its class
- E-METHOD: a method is not made of one or two parameter objects
- E-MANY: so much is irregular that nothing is believed, or arrays have more items than mofkit reads
- E-DS-...: the stream is broken (`decompression.py`)

What is read all the same, as `BinaryWarning`. Strict reading refuses it:

- W-SKIPPED: a record was refused, and is missing in the result
- W-TRAILING: bytes follow the end
- W-CONSTANT: a field is different that is the same in all known files
- W-COUNT: a list or an array has another number of records than it says
- W-PADDING: padding is not zero, or longer than it can be
- W-BOOLEAN: a boolean is neither 0 nor 0xFFFF
- W-TYPE: a value has a type that no literal has
- W-FLAVOR: flavors are out of order, empty, unknown, or of no qualifier
- W-SYSTEM: a system property is missing, unknown, there twice, or of another type
- W-CIMTYPE: a record does not say its declared type, or contradicts it
- W-PARAMETERS: the parameter objects of a method do not agree
- W-DIFFERENT: the compiler writes something else (looked for in strict reading, and on
  demand)
- W-DS-...: the stream is odd (`decompression.py`)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

from mofkit.binary import BinaryFormatError, BinaryWarning

__all__ = ["MAX_IRREGULARITIES", "Findings", "IrregularError"]

MAX_IRREGULARITIES: Final = 1000
"""With more, it is something else than binary MOF; and each of them takes memory."""

_TOO_MANY: Final = "E-MANY"


class IrregularError(BinaryFormatError):
    """What strict reading refuses; code and place are those of the first irregularity.

    Attributes:
        irregularities: all of them, in the order in which they were met.
    """

    def __init__(self, irregularities: tuple[BinaryWarning, ...]) -> None:
        first = irregularities[0]
        super().__init__(first.code, first.offset_bytes, first.path, first.message)
        self.irregularities = irregularities


class Findings:
    """Collects what is odd; knows the path of what is being read.

    Attributes:
        is_strict: refuse at once what lenient reading would skip.
        where: the path, outermost first: `object[2]`, `property[0]`.
        first_skipped: why the first of the records that are left out is, and what is noted of it.
    """

    def __init__(self, *, is_strict: bool) -> None:
        self.is_strict = is_strict
        self.warnings: list[BinaryWarning] = []
        self.where: list[str] = []
        self.first_skipped: tuple[BinaryFormatError, BinaryWarning] | None = None

    def path(self, field: str = "") -> str:
        """Return the path of a field of what is being read, in the words of the format."""
        return ".".join([*self.where, field] if field else self.where) or "payload"

    def note(self, code: str, offset_bytes: int, field: str, message: str) -> None:
        """Take down an irregularity that can be read all the same."""
        self._take(BinaryWarning(code, offset_bytes, self.path(field), message))

    def refuse(self, code: str, offset_bytes: int, field: str, reason: str) -> NoReturn:
        """Raise the error that ends the reading of a record."""
        raise BinaryFormatError(code, offset_bytes, self.path(field), reason)

    def skip(self, error: BinaryFormatError) -> None:
        """Take down that a record is left out; raise the error where reading is strict."""
        if self.is_strict or error.code == _TOO_MANY:
            raise error
        message = f"skipped: {error.reason} ({error.code})"
        warning = BinaryWarning("W-SKIPPED", error.offset_bytes, error.path, message)
        self.first_skipped = self.first_skipped or (error, warning)
        self._take(warning)

    @contextmanager
    def entering(self, step: str) -> Iterator[None]:
        """Enter a part of the path."""
        depth = len(self.where)
        self.where.append(step)
        try:
            yield
        finally:
            del self.where[depth:]

    @contextmanager
    def skipping(self, step: str) -> Iterator[None]:
        """Enter a part of the path; what is refused in there is skipped."""
        with self.entering(step):
            try:
                yield
            except BinaryFormatError as error:
                self.skip(error)

    def _take(self, odd: BinaryWarning) -> None:
        if len(self.warnings) >= MAX_IRREGULARITIES:
            reason = f"there are more than {MAX_IRREGULARITIES} irregularities"
            raise BinaryFormatError(_TOO_MANY, odd.offset_bytes, odd.path, reason)
        self.warnings.append(odd)

    def raise_irregular(self) -> None:
        """Refuse what has irregularities, where reading is strict."""
        if self.is_strict and self.warnings:
            raise IrregularError(tuple(self.warnings))
