r"""Object paths: how WMI names a namespace, a class or an instance.

`\\.\root\Fenwick:Fenwick_Pump.SerialNumber="FP-0042"` has a server, a namespace, a class and keys.
The grammar is `grammars/object_path.lark`. What a path means within a repository is
`mofkit/repository/object_path.py`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from mofkit.embedded.error import EmbeddedError, Word
from mofkit.embedded.language import Language, Part, Phrase, integer, unquoted
from mofkit.source import Span

__all__ = ["Key", "ObjectPath", "parse"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an instance.

    Attributes:
        name: None where the class has one key, and the path leaves out its name.
        value: without quotes and escapes.
        value_span: the place of the value, quotes included.
    """

    name: Word | None
    value: str | int | bool
    value_span: Span


@dataclass(frozen=True, slots=True)
class ObjectPath:
    r"""What a path names.

    Attributes:
        server: `.` for this machine; None where the path begins with the namespace or the class.
        namespace: as spelled, `root\cimv2`; None in a relative path.
        class_name: None in the path of a namespace.
        keys: in the order of the text; empty for the only instance of a singleton, None in the
            path of a class or a namespace.
    """

    server: Word | None
    namespace: Word | None
    class_name: Word | None
    keys: tuple[Key, ...] | None
    span: Span


def parse(text: str, start: int = 0, end: int | None = None) -> ObjectPath:
    r"""Return what the path between two offsets of a text names; all places are those in `text`.

    Raises:
        EmbeddedError: it is no object path.

    >>> path = parse(r'//./root/Fenwick:Pump.Serial="A\"1\""')
    >>> path.namespace.text, path.class_name.text, path.keys[0].value
    ('root/Fenwick', 'Pump', 'A"1"')
    >>> parse("Pump.Serial")
    Traceback (most recent call last):
    mofkit.embedded.error.EmbeddedError: expected `=`, found the end of the object path
    """
    path: ObjectPath = _language().parse(text, start, end).value
    return path


def _object_path(part: Part) -> ObjectPath:
    return ObjectPath(
        part.one("server"),
        part.one("namespace"),
        part.one("class_name"),
        part.one("keys"),
        part.span,
    )


def _namespace(part: Part) -> Word:
    word = part.word
    return Word("".join(word.text.split()), word.span)


def _keys(part: Part) -> tuple[Key, ...]:
    keys: list[Key] = part.values
    seen = set()
    for key in keys:
        if key.name is not None and key.name.text.lower() in seen:
            raise EmbeddedError(key.name.span, f"the key `{key.name.text}` is here twice")
        seen.add(key.name.text.lower() if key.name else "")
    return tuple(keys)


def _key(part: Part) -> Key:
    value = part.parts[-1]
    return Key(part.one("key_name"), value.value, value.span)


_VALUES: Final = "STRING NUMBER TRUE FALSE"


@cache
def _language() -> Language:
    from mofkit.embedded import _tables_object_path

    return Language(
        _tables_object_path,
        noun="object path",
        phrases=(
            Phrase.of("an object path", "SERVER SEPARATOR PART NAME"),
            Phrase.of("a namespace", "PART"),
            Phrase.of("a class name", "NAME", "COLON"),
            Phrase.of("the name of a key", "NAME"),
            Phrase.of("a value", _VALUES),
            Phrase.of("`\\`", "SEPARATOR"),
        ),
        readers={
            "object_path": _object_path,
            "server": lambda part: Word(part.word.text[2:], part.span),
            "namespace": _namespace,
            "class_name": lambda part: part.word,
            "keys": _keys,
            "key": _key,
            "key_name": lambda part: part.word,
            "string": unquoted,
            "number": lambda part: integer(part.word),
            "boolean": lambda part: part.word.text.lower() == "true",
        },
    )
