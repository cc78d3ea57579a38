"""Laws of text that people write for mofkit: descriptions, configurations, baselines."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from mofkit.binary import BuildError
from mofkit.linter.baseline import BaselineError, read_baseline
from mofkit.linter.settings import SettingsError, read_settings
from mofkit.reginfo import Arch, decode, encode
from mofkit.reginfo.description import DescriptionError, read, to_json, to_toml
from mofkit.reginfo.description.places import Format
from mofkit.reginfo.model import RegInfoReply, TooSmall
from mofkit.testing.laws.law import PROMISE, Kind, Law

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from mofkit.testing.strategies import RegBuffer

__all__ = ["CONFIG", "DESCRIPTION"]

_FORMATS: Final[tuple[Format, ...]] = ("json", "toml")


def _is_described_or_refused(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    for format_ in _FORMATS:
        for arch in Arch:
            try:
                reply = read(text, path="a", format=format_, arch=arch)
            except DescriptionError as error:
                if fault := _lines_fault(error, text):
                    return fault
            else:
                if fault := _fault(reply, arch):
                    return f"{format_}, {arch}: {fault}"
    return ""


def _lines_fault(error: DescriptionError, text: str) -> str:
    n_lines = text.count("\n") + 1
    lines = [problem.line or 0 for problem in error.problems]
    is_there = all(1 <= line <= n_lines for line in lines)
    return "" if is_there else f"a line that is not there: {error}"


def _fault(reply: RegInfoReply | TooSmall, arch: Arch) -> str:
    if read(to_json(reply, arch), path="a", format="json", arch=arch) != reply:
        return "written as JSON and read again it is something else"
    with suppress(DescriptionError):  # TOML has no halves of surrogate pairs
        if read(to_toml(reply, arch), path="a", format="toml", arch=arch) != reply:
            return "written as TOML and read again it is something else"
    try:
        buffer = encode(reply, arch, allow_remove_on_register=True)
    except BuildError:
        return ""
    decode(buffer, arch, reply.request)
    return ""


def _descriptions() -> SearchStrategy[str]:
    from hypothesis import strategies as st

    from mofkit.testing.strategies import reginfo_buffers

    return st.builds(_written, reginfo_buffers(), st.sampled_from([to_toml, to_json]))


def _written(found: RegBuffer, write: Callable[[RegInfoReply, Arch], str]) -> str:
    with suppress(DescriptionError):
        return write(found.reply, found.arch)
    return to_json(found.reply, found.arch)


# ---------------------------------------------------------------------------------- the linter's


def _is_configured_or_refused(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    for table in ((), ("tool", "mofkit")):
        try:
            read_settings(text, "a.toml", table)
        except SettingsError as error:
            if not str(error).startswith("a.toml"):
                return f"an error without its file: {error}"
    return ""


def _is_baseline_or_none(data: bytes) -> str:
    try:
        found = read_baseline(data.decode("utf-8", "replace"), "a.json")
    except BaselineError:
        return ""
    again = read_baseline(found.to_json(), "a.json")
    return "" if again.counts == found.counts else "written and read again it is something else"


_CONFIGS: Final = (
    'select = ["SEM", "WDM"]\nignore = ["ENC001"]\ndialect = "wmi"\n',
    '[tool.mofkit]\nextend-select = ["STY010"]\ninclude = ["a"]\nformat = { indent = 4 }\n',
    'per-file-ignores = { "old/**" = ["STY"] }\nseverity = { PRV007 = "error" }\n',
    '{"version": 1, "files": {"a.mof": {"PRV007": {"9f86d081884c7d65": 1}}}}',
)


def _configs() -> SearchStrategy[str]:
    from hypothesis import strategies as st

    return st.sampled_from(_CONFIGS)


# --------------------------------------------------------------------------------------- kinds


DESCRIPTION: Final = Kind(
    _descriptions,
    (),
    (Law("a description is read or refused", PROMISE, _is_described_or_refused),),
    lambda text: text.encode("utf-8", "replace"),
    suffix=".toml",
    is_text=True,
)
CONFIG: Final = Kind(
    _configs,
    (),
    (
        Law("a configuration is read or refused", PROMISE, _is_configured_or_refused),
        Law("a baseline is read or refused", PROMISE, _is_baseline_or_none),
    ),
    str.encode,
    suffix=".toml",
    is_text=True,
)
