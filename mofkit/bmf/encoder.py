"""From a schema to binary MOF, byte for byte as Microsoft's compiler writes it.

Nothing but the schema decides the bytes: offsets, sizes, padding and what the compiler adds follow
from it. `find_losses` says what the bytes will not say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mofkit.binary import BuildError
from mofkit.bmf.compression import Level
from mofkit.bmf.container import MAX_PAYLOAD_BYTES, write_container
from mofkit.bmf.losses import Loss, LossKind
from mofkit.bmf.matches import BLOCK_BYTES
from mofkit.bmf.planner import plan
from mofkit.bmf.writer import write_payload
from mofkit.cim import Schema
from mofkit.collector import garbage_collector_paused

__all__ = ["Encoded", "encode", "encode_noting", "encode_payload", "find_losses"]


class Encoded(NamedTuple):
    """A file, and what binary MOF does not hold of its schema.

    Attributes:
        data: None where one of the losses is UNWRITABLE.
    """

    data: bytes | None
    losses: tuple[Loss, ...]


def encode(schema: Schema, *, compression: Level = "mofcomp") -> bytes:
    """Return the file for a schema.

    Raises:
        BuildError: something cannot be written; `find_losses` has all of it, with places. Or the
            payload were longer than mofkit reads (`MAX_PAYLOAD_BYTES`).
        ValueError: there is no such compression.
    """
    made = encode_noting(schema, compression=compression)
    if made.data is None:
        raise _first_error(made.losses)
    return made.data


def encode_noting(schema: Schema, *, compression: Level = "mofcomp") -> Encoded:
    """Return the file for a schema, if there can be one, and what it does not say.

    Raises:
        ValueError: there is no such compression.
    """
    with garbage_collector_paused():
        planned = plan(schema)
        losses = tuple(planned.losses)
        if _unwritable(losses):
            return Encoded(None, losses)
        payload = write_payload(planned.objects)
    if len(payload) > MAX_PAYLOAD_BYTES:
        return Encoded(None, (*losses, _too_large(schema, payload)))
    if len(payload) % BLOCK_BYTES == 0:
        losses = (*losses, _whole_blocks(schema, payload))
    return Encoded(write_container(payload, compression), losses)


def encode_payload(schema: Schema) -> bytes:
    r"""Return what the stream of the file expands to.

    Raises:
        BuildError: something cannot be written.

    >>> from mofkit.cim import CimClass
    >>> encode_payload(Schema((CimClass("Fan"),)))[:8]
    b'FOMB\xb4\x00\x00\x00'
    """
    with garbage_collector_paused():
        planned = plan(schema)
        if _unwritable(planned.losses):
            raise _first_error(planned.losses)
        return write_payload(planned.objects)


def find_losses(schema: Schema) -> tuple[Loss, ...]:
    """Return what binary MOF does not hold of a schema, in order; the UNWRITABLE cannot be encoded.

    >>> from mofkit.cim import CimDirective
    >>> find_losses(Schema((CimDirective("autorecover"),)))[0].message
    'pragma `autorecover` leaves no trace'
    """
    return tuple(plan(schema).losses)


def _unwritable(losses: Iterable[Loss]) -> list[Loss]:
    return [loss for loss in losses if loss.kind is LossKind.UNWRITABLE]


def _first_error(losses: Iterable[Loss]) -> BuildError:
    first = _unwritable(losses)[0]
    return BuildError("E-UNWRITABLE", first.path, first.message)


def _whole_blocks(schema: Schema, payload: bytes) -> Loss:
    message = (
        f"no known file has a payload whose size 512 divides, as its {len(payload):,} bytes; "
        "one sync ends it by analogy"
    )
    return Loss(LossKind.UNVERIFIED, "", message, schema.items[0].origin)


def _too_large(schema: Schema, payload: bytes) -> Loss:
    message = (
        f"what is declared takes {len(payload):,} bytes, more than the {MAX_PAYLOAD_BYTES:,} "
        "that mofkit reads"
    )
    return Loss(LossKind.UNWRITABLE, "", message, schema.items[0].origin)
