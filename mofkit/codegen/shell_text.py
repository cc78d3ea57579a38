r"""Any name as text of a Windows script: what it may be, and how it is quoted.

Each script has its names in one place, as assignments of quoted literals, and only refers to the
variables below it. So a name can do harm in one place only, and that is here:

    .cmd   `set "NAME=value"`, without delayed expansion. Inside the quotes only `%` means anything,
           and it is doubled. `"` would end them and has no escape, so such a name is refused.
    .ps1   a single-quoted literal, where only the quote means anything, and is doubled. PowerShell
           takes the typographic ‘ ’ ‚ ‛ for one, too.
"""

from __future__ import annotations

import re

from mofkit.codegen.errors import CodegenError

__all__ = ["check_path", "cmd_value", "ps_literal", "split_path"]

_PS_QUOTE = re.compile("['\u2018\u2019\u201a\u201b]")
# The last of these turn the direction of the text, so that a script would not read as it runs.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_ILLEGAL = re.compile('[<>:"|?*/]')
_ROOT = re.compile(r"[A-Za-z]:\\|\\\\[^\\]+\\[^\\]+\\")
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?", re.IGNORECASE
)
_MAX_PATH = 259
"""MAX_PATH less the NUL: what regsvr32 and the shell's own commands can take."""


def cmd_value(text: str) -> str:
    """Return a text for the inside of the quotes of `set "NAME=value"`.

    Raises:
        CodegenError: cmd has no way to say it.

    >>> cmd_value("100% a&b ^!")
    '100%% a&b ^!'
    """
    _check_printable(text)
    if '"' in text:
        raise CodegenError(_shown(text), 'a .cmd cannot say a name that has a `"`')
    return text.replace("%", "%%")


def ps_literal(text: str) -> str:
    """Return a text as a literal of PowerShell.

    Raises:
        CodegenError: it has a control character, or half a character.

    >>> ps_literal("it's $(1)")
    "'it''s $(1)'"
    """
    _check_printable(text)
    return "'" + _PS_QUOTE.sub(lambda quote: quote[0] * 2, text) + "'"


def check_path(path: str) -> str:
    r"""Return a path as Windows spells it, with backslashes.

    Raises:
        CodegenError: no file of Windows can have it.

    >>> check_path("v2/pump.mof")
    'v2\\pump.mof'
    """
    spelled = path.replace("/", "\\")
    _check_printable(path)
    root = _ROOT.match(spelled)
    rest = spelled[root.end() :] if root else spelled
    reason = next(filter(None, map(_wrong_with, rest.split("\\"))), "")
    if len(spelled.encode("utf-16-le")) // 2 > _MAX_PATH:
        reason = f"it is longer than {_MAX_PATH} characters"
    if reason:
        raise CodegenError(_shown(path), f"no file of Windows has such a name: {reason}")
    return spelled


def split_path(path: str) -> tuple[str, str]:
    r"""Return folder and name; the folder has no backslash at its end, and may be empty.

    >>> split_path(r"C:\Fenwick\pump.dll"), split_path("pump.dll")
    (('C:\\Fenwick', 'pump.dll'), ('', 'pump.dll'))
    """
    folder, _, name = path.rpartition("\\")
    return folder, name


def _wrong_with(part: str) -> str:
    illegal = _ILLEGAL.search(part)
    if illegal:
        return f"it has a `{illegal[0]}`"
    if not part:
        return "a part of it is empty"
    if part in (".", ".."):
        return ""
    if part[-1] in ". ":
        return f"`{part}` ends in a dot or a space"
    return f"`{part}` is a device" if _DEVICE.fullmatch(part) else ""


def _check_printable(text: str) -> None:
    if _UNPRINTABLE.search(text):
        raise CodegenError(_shown(text), "a script cannot say a name that has control characters")


def _shown(text: str) -> str:
    return repr(text)[1:-1].replace("\\\\", "\\")
