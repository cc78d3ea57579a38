"""`mofkit inspect` of a WNODE: its annotation, by the class that describes its data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import click

from mofkit.binary import Annotation

if TYPE_CHECKING:
    from mofkit.cim import Schema
    from mofkit.wnode import Wnode

__all__ = ["WnodeOptions", "annotated_wnode", "plain_wnode", "schema_with"]


@dataclass(frozen=True, slots=True)
class WnodeOptions:
    """What the command line says of the data of a WNODE.

    Attributes:
        schema: what the MOF file declares; None without one.
        class_name: the class of the data; None for the one that has the WNODE's guid.
        method_output: the data of a method are its output.
    """

    schema: Schema | None = None
    class_name: str | None = None
    method_output: bool = False


def schema_with(mof: str, class_name: str | None) -> Schema:
    """Return what a MOF file declares.

    Raises:
        click.BadParameter: the class is not there.
    """
    from mofkit.cli.files import read_source
    from mofkit.cli.includes import FileLoader, folder_of
    from mofkit.compiler import bind
    from mofkit.syntax import parse

    schema = bind([parse(read_source(mof))], loader=FileLoader((), [folder_of(mof)])).schema
    names = [found.name for found in schema.classes]
    if class_name and class_name.lower() not in map(str.lower, names):
        raise click.BadParameter(
            f"{'<stdin>' if mof == '-' else mof} has no class {class_name}"
            f"{_suggestion(class_name, names)}",
            param_hint="'--class'",
        )
    return schema


def annotated_wnode(data: bytes, options: WnodeOptions) -> Annotation:
    """Return what the bytes of a WNODE are; say which class is taken where several could be."""
    from mofkit.wnode.annotate import annotate

    annotation = annotate(
        data,
        schema=options.schema,
        class_name=options.class_name,
        method_output=options.method_output,
    )
    if options.schema is not None and options.class_name is None:
        _tell_rivals(annotation, options.schema)
    return annotation


def plain_wnode(annotation: Annotation, options: WnodeOptions) -> object:
    """Return what the WNODE says as plain data, a chain as a list; None if not all is explained."""
    from mofkit.wnode import decode, decode_chain, is_chain

    if annotation.error is not None or annotation.left_out:
        return None
    data = annotation.data
    wnodes = decode_chain(data) if is_chain(data) else (decode(data),)
    plain = [_plain(wnode, options) for wnode in wnodes]
    return plain if is_chain(data) else plain[0]


def _tell_rivals(annotation: Annotation, schema: Schema) -> None:
    """Say so where several classes have the guid of a WNODE, and which of them is taken."""
    from mofkit.wnode import classes_of_guid

    guids = {field.value for field in annotation.fields if field.path.endswith("WnodeHeader.Guid")}
    for guid in sorted(guids):
        names = [found.name for found in classes_of_guid(schema, UUID(guid))]
        if len(names) > 1:
            click.echo(
                f"mofkit: note: {', '.join(names)} have the guid {guid}; {names[-1]} is taken, "
                "--class takes another",
                err=True,
            )


def _plain(wnode: Wnode, options: WnodeOptions) -> dict[str, object]:
    from mofkit.wnode import class_named, class_of_guid, decode_blocks, to_plain

    schema, class_name = options.schema, options.class_name
    if schema is None:
        return to_plain(wnode)
    found = (
        class_named(schema, class_name) if class_name else class_of_guid(schema, wnode.header.guid)
    )
    if found is None:
        return to_plain(wnode)
    return to_plain(wnode, decode_blocks(wnode, schema, found, method_output=options.method_output))


def _suggestion(name: str, names: list[str]) -> str:
    from mofkit.diagnostics.suggestions import nearest

    if near := nearest(name, names):
        return f"; did you mean {near}?"
    return f"; it has {', '.join(names)}" if 0 < len(names) <= 10 else ""
