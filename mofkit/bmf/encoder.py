"""From a schema to binary MOF, byte for byte as Microsoft's compiler writes it.

Nothing but the schema decides the bytes: offsets, sizes, padding and what the compiler adds follow
from it. `find_losses` says what the bytes will not say.
"""

from __future__ import annotations

from mofkit.binary import BuildError
from mofkit.bmf.compression import Level
from mofkit.bmf.container import write_container
from mofkit.bmf.losses import Loss, LossKind
from mofkit.bmf.planner import plan
from mofkit.bmf.writer import write_payload
from mofkit.cim import Schema
from mofkit.collector import garbage_collector_paused

__all__ = ["encode", "encode_payload", "find_losses"]


def encode(schema: Schema, *, compression: Level = "mofcomp") -> bytes:
    """Return the file for a schema.

    Raises:
        BuildError: something cannot be written; `find_losses` has all of it, with places.
        ValueError: there is no such compression.
    """
    return write_container(encode_payload(schema), compression)


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
        for loss in planned.losses:
            if loss.kind is LossKind.UNWRITABLE:
                raise BuildError("E-UNWRITABLE", loss.path, loss.message)
        return write_payload(planned.objects)


def find_losses(schema: Schema) -> tuple[Loss, ...]:
    """Return what binary MOF does not hold of a schema, in order; the UNWRITABLE cannot be encoded.

    >>> from mofkit.cim import CimDirective
    >>> find_losses(Schema((CimDirective("autorecover"),)))[0].message
    'pragma `autorecover` leaves no trace'
    """
    return tuple(plan(schema).losses)
