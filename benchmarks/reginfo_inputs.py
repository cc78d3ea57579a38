"""A WMIREGINFO of any number of entries, each with a base name of its own, for measuring."""

from uuid import UUID

from mofkit.reginfo import RegGuid, RegInfo, RegInfoReply

ARCH = "x64"

_STEP = 0x9E3779B97F4A7C15F39CC0605CEDC835  # spreads the GUIDs


def reply_of(n_entries: int) -> RegInfoReply:
    """Return a reply that has one string to follow for every entry.

    >>> reply_of(3).infos[0].guids[2].names
    BaseName(base='Sensor 3')
    """
    guids = tuple(
        RegGuid.with_base_name(UUID(int=index * _STEP % 2**128), f"Sensor {index}", 2)
        for index in range(1, n_entries + 1)
    )
    path = "\\Registry\\Machine\\System\\CurrentControlSet\\Services\\Fenwick"
    return RegInfoReply((RegInfo(path, "FenwickMof", guids),))
