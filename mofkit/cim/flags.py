"""The words of `#pragma classflags` and `instanceflags`, and their bits.

The bits are WBEM_FLAG_* of Microsoft's `IWbemServices`, which is how the binary MOF stores them.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CLASS_FLAGS", "INSTANCE_FLAGS", "flag_names"]

CLASS_FLAGS: Final = {"updateonly": 1, "createonly": 2, "safeupdate": 0x20, "forceupdate": 0x40}
INSTANCE_FLAGS: Final = {"updateonly": 1, "createonly": 2}


def flag_names(flags: int) -> list[str]:
    """Return the words for the bits, lowest first; bits without a word are left out.

    >>> flag_names(0x41)
    ['updateonly', 'forceupdate']
    """
    return [word for word, bit in CLASS_FLAGS.items() if flags & bit]
