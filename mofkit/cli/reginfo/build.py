"""`mofkit reginfo build`: from a description to a buffer."""

from __future__ import annotations

import click

from mofkit.cli.output import protect_inputs, write_files
from mofkit.cli.reginfo.inputs import needed_arch_option, read_reply, request_option
from mofkit.reginfo import encode


@click.command("build")
@click.argument("desc", metavar="DESC")
@click.option("-o", "--output", metavar="FILE", required=True, help="The buffer; - for stdout.")
@needed_arch_option
@request_option
@click.option(
    "--allow-remove",
    is_flag=True,
    help="Write REMOVE_GUID into an answer to WMIREGISTER, where it is documented as invalid.",
)
def command(desc: str, output: str, arch: str, request: str | None, allow_remove: bool) -> None:
    """Make the buffer that a description describes.

    The bytes are those that published drivers write: header, array, names, MofResourceName,
    RegistryPath, nothing between them.

    \b
    Examples:
      mofkit reginfo build fan.toml --arch x64 -o fan.bin
      mofkit reginfo build update.toml --arch x86 --request update -o update.bin
    """
    protect_inputs([desc], [output])
    reply = read_reply(desc, arch=arch, request=request)
    write_files({output: encode(reply, arch, allow_remove_on_register=allow_remove)})
