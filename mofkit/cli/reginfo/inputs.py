"""What a command line names as registration info: a description, or a buffer."""

from __future__ import annotations

import click

from mofkit.binary import BinaryFormatError
from mofkit.cli.files import STDIN
from mofkit.cli.output import read_bytes
from mofkit.errors import MofkitError
from mofkit.reginfo import Arch, RegInfoReply, Request, TooSmall, decode
from mofkit.reginfo.description import read
from mofkit.reginfo.description.places import Format
from mofkit.reginfo.provider import UNREGISTERED, Provider
from mofkit.reginfo.registration import register

__all__ = [
    "arch_option",
    "decode_file",
    "format_of",
    "needed_arch_option",
    "read_provider",
    "read_reply",
    "reply_only",
    "request_option",
]

_ARCHES = click.Choice([arch.value for arch in Arch])
_ARCH_HELP = "The pointer size of the driver (arm64 is x64)."

arch_option = click.option("--arch", type=_ARCHES, help=_ARCH_HELP)

needed_arch_option = click.option("--arch", type=_ARCHES, help=_ARCH_HELP, required=True)

request_option = click.option(
    "--request",
    type=click.Choice([request.value for request in Request]),
    help="Which request the reply answers: WMIREGISTER, as is taken where nothing is said, or "
    "WMIUPDATE.",
)

_FORMATS: dict[str, Format] = {".toml": "toml", ".json": "json"}


def format_of(path: str) -> Format | None:
    """Return the format of a description by the file's suffix; None for a buffer."""
    return _FORMATS.get(path[path.rfind(".") :].lower()) if "." in path else None


def read_reply(path: str, *, arch: str | None, request: str | None) -> RegInfoReply | TooSmall:
    """Return what a file says: a description in TOML or JSON by its suffix, otherwise a buffer.

    Standard input is a description: JSON where it begins with a brace, else TOML.

    Raises:
        OSError: it cannot be read.
        MofkitError: it is malformed.
        click.UsageError: it is a buffer, and `arch` is not said.
    """
    form = format_of(path)
    if path != STDIN and form is None:
        if arch is None:
            raise click.UsageError(
                f"{path} is a buffer (no .toml or .json): say --arch x64 or --arch x86"
            )
        return decode_file(path, arch, request)
    text = _read_text(path)
    if form is None:
        form = "json" if text.lstrip()[:1] == "{" else "toml"
    return read(
        text,
        path=path if path != STDIN else "<stdin>",
        format=form,
        arch=Arch(arch) if arch else None,
        request=Request(request) if request else None,
    )


def decode_file(path: str, arch: str, request: str | None) -> RegInfoReply | TooSmall:
    """Return what a buffer says.

    Raises:
        OSError: it cannot be read.
        MofkitError: it is malformed; the message names the file.
    """
    try:
        return decode(read_bytes(path), arch, request or Request.REGISTER)
    except BinaryFormatError as error:
        raise MofkitError(f"{path}: {error}") from error


def _read_text(path: str) -> str:
    """Return a description's text.

    Raises:
        OSError: it cannot be read.
        MofkitError: it is not UTF-8.
    """
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MofkitError(f"{path}: byte {error.start:#x} is not UTF-8") from error


def reply_only(reply: RegInfoReply | TooSmall, path: str) -> RegInfoReply:
    """Return the reply if it has blocks.

    Raises:
        click.UsageError: it is the answer to a buffer that was too small.
    """
    if isinstance(reply, TooSmall):
        raise click.UsageError(
            f"{path} says that a buffer was too small ({reply.required_bytes} bytes are needed); "
            "it has no blocks"
        )
    return reply


def read_provider(path: str, arch: str | None) -> Provider:
    """Return what WMI holds after the driver registered with what a file says.

    Raises:
        OSError: it cannot be read.
        MofkitError: it is malformed.
        click.UsageError: it has no blocks, or is a buffer, and `arch` is not said.
    """
    reply = read_reply(path, arch=arch, request=None)
    if reply.request is Request.UPDATE:
        raise click.UsageError(f'{path} answers WMIUPDATE (request = "update"): it is no state')
    return register(UNREGISTERED, reply_only(reply, path)).state
