"""Values as MOF writes them, for messages."""

from __future__ import annotations

from mofkit.cim import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimCharacter,
    CimInstance,
    CimNull,
    CimString,
    CimUnexpanded,
    CimValue,
)

__all__ = ["value_text"]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def value_text(value: CimValue | None) -> str | None:
    r"""Return a value as MOF; None for NULL, and for what is not set.

    >>> value_text(CimArray((CimString('a "b"'), CimBoolean(True))))
    '{"a \\"b\\"", TRUE}'
    """
    match value:
        case None | CimNull():
            return None
        case CimString(text):
            return f'"{text.translate(_ESCAPES)}"'
        case CimCharacter(text):
            return f"'{text.translate(_ESCAPES)}'"
        case CimBoolean(is_true):
            return "TRUE" if is_true else "FALSE"
        case CimAlias(name):
            return f"${name}"
        case CimUnexpanded(text):
            return text
        case CimArray(values):
            return f"{{{', '.join(value_text(each) or 'NULL' for each in values)}}}"
        case CimInstance(class_name, properties):
            given = (f"{each.name} = {value_text(each.value) or 'NULL'};" for each in properties)
            return f"instance of {class_name} {{ {' '.join(given)} }}"
    return value.spelling or str(value.value)
