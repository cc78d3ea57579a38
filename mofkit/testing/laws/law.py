"""`Law` and `Kind`: what a statement about inputs is, and what belongs to a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mofkit.testing.mutations import Mutation

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "BOTH_WAYS",
    "HOSTILE",
    "PROMISE",
    "Kind",
    "Law",
    "LawBroken",
    "check_mutation",
    "from_",
    "raised_text",
]

PROMISE: Final = "mofkit's promise"
BOTH_WAYS: Final = "decoding is the inverse of encoding: mofkit's promise"
HOSTILE: Final = "any bytes give a result or BinaryFormatError: mofkit's promise"


class LawBroken(AssertionError):  # noqa: N818  # as AssertionError is no error of the input
    """A law does not hold for an input.

    Attributes:
        law: its name.
        input: for which.
        detail: what came out instead.
    """

    def __init__(self, law: str, input: object, detail: str) -> None:  # noqa: A002  # the field
        self.law = law
        self.input = input
        self.detail = detail
        super().__init__(f"{law}: {detail}")


@dataclass(frozen=True, slots=True)
class Law:
    """A statement about inputs of a kind.

    Attributes:
        name: the statement.
        source: where it comes from.
        holds: returns what is wrong with an input; nothing where the law holds.
    """

    name: str
    source: str
    holds: Callable[[Any], str]

    def check(self, value: object) -> None:
        """Check the law for one input.

        Raises:
            LawBroken: it does not hold, or something was raised that ought not to be.
        """
        try:
            detail = self.holds(value)
        except Exception as error:
            raise LawBroken(self.name, value, raised_text(error)) from error
        if detail:
            raise LawBroken(self.name, value, detail)


def _same(data: bytes) -> bytes:
    return data


@dataclass(frozen=True, slots=True)
class Kind:
    """A format, or what is done with one.

    Attributes:
        inputs: returns the strategy of valid inputs.
        laws: of a valid input.
        any_bytes: laws of any bytes.
        to_bytes: the bytes of an input.
        mutations: near-valid bytes of a valid input; none where there are no such.
        codes: what the reader says of bytes that were made of that input.
        suffix: of the name of a file that holds such bytes.
        to_file: a file around those bytes.
        from_file: the bytes in a file; may raise a `MofkitError`.
        is_text: whether they are MOF text.
        about: what a reader cannot see in the bytes of an input, such as the pointer size.
        means: what a correct reader makes of an input, as data for JSON.
    """

    inputs: Callable[[], SearchStrategy[Any]]
    laws: tuple[Law, ...]
    any_bytes: tuple[Law, ...] = ()
    to_bytes: Callable[[Any], bytes] = bytes
    mutations: Callable[[Any], Iterator[Mutation]] = lambda _input: iter(())
    codes: Callable[[Any, bytes], list[str]] = lambda _input, _data: []
    suffix: str = ".bin"
    to_file: Callable[[bytes], bytes] = _same
    from_file: Callable[[bytes], bytes] = _same
    is_text: bool = False
    about: Callable[[Any], dict[str, str]] = lambda _input: {}
    means: Callable[[Any], object] = lambda _input: None


def check_mutation(kind: Kind, value: object, mutation: Mutation) -> None:
    """Check that the reader says of a mutation of `value` what it ought to.

    Raises:
        LawBroken: it says something else.
    """
    codes = kind.codes(value, mutation.data)
    if not mutation.is_met_by(codes, kind.codes(value, kind.to_bytes(value))):
        wanted = " or ".join(mutation.expected) or "nothing new"
        detail = f"{mutation.label}: expected {wanted}, the reader says {codes}"
        raise LawBroken("a mistake is called by its name", mutation.data, detail)


def raised_text(error: Exception) -> str:
    """Return an exception with the place where it was raised."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = "" if at is None else f" ({at.tb_frame.f_globals['__name__']}:{at.tb_lineno})"
    return f"{type(error).__name__}: {error}{where}"


def from_(name: str) -> Callable[[], SearchStrategy[Any]]:
    """Return what makes the strategy of that name when it is asked for."""

    def make() -> SearchStrategy[Any]:
        from mofkit.testing import strategies

        made: SearchStrategy[Any] = getattr(strategies, name)()
        return made

    return make
