"""Binary MOF, `mofcomp -B`: to what it declares, and back, byte for byte.

`decode` and `encode` go between files and `mofkit.cim.Schema`; `decode_payload` and
`encode_payload` do so without the compression. What a file cannot say of a schema says
`find_losses`; `encode_noting` does both at once.
"""

from mofkit.bmf.decoder import DecodeResult, decode, decode_payload
from mofkit.bmf.encoder import Encoded, encode, encode_noting, encode_payload, find_losses
from mofkit.bmf.findings import IrregularError
from mofkit.bmf.losses import Loss, LossKind

__all__ = [
    "DecodeResult",
    "Encoded",
    "IrregularError",
    "Loss",
    "LossKind",
    "decode",
    "decode_payload",
    "encode",
    "encode_noting",
    "encode_payload",
    "find_losses",
]
