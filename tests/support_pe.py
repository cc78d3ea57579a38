"""PE images as small as they can be: headers, and one section of resources."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import groupby

__all__ = ["RSRC_OFFSET", "RSRC_RVA", "Key", "pe_around", "pe_image", "resource_section"]

Key = tuple[int | str, int | str, int]
"""Type, name and language of a resource."""

RSRC_OFFSET, RSRC_RVA = 0x200, 0x3000
_IS_NAME = _IS_FOLDER = 1 << 31


def pe_image(resources: Mapping[Key, bytes], *, is_64_bit: bool = True) -> bytes:
    """Return an image with these resources."""
    return pe_around(resource_section(resources), is_64_bit=is_64_bit)


def pe_around(section: bytes, *, is_64_bit: bool = True) -> bytes:
    """Return an image whose only section is `.rsrc`, with any contents."""
    optional = struct.pack("<H", 0x20B if is_64_bit else 0x10B) + bytes(106 if is_64_bit else 90)
    optional += struct.pack("<I", 16)  # how many data directories
    directories = [(0, 0)] * 16
    directories[2] = (RSRC_RVA, len(section))
    optional += b"".join(struct.pack("<II", *directory) for directory in directories)
    machine = 0x8664 if is_64_bit else 0x14C
    headers = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    headers += b"PE\0\0" + struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, len(optional), 0x2022)
    raw_bytes = -(-len(section) // 0x200) * 0x200
    headers += optional + struct.pack(
        "<8s8I", b".rsrc", len(section), RSRC_RVA, raw_bytes, RSRC_OFFSET, 0, 0, 0, 0x40000040
    )
    return headers.ljust(RSRC_OFFSET, b"\0") + section.ljust(raw_bytes, b"\0")


def resource_section(resources: Mapping[Key, bytes]) -> bytes:
    """Return the tree of types, names and languages, then the names, then the data."""
    keys = sorted(resources, key=lambda key: [(isinstance(part, int), str(part)) for part in key])
    folders: list[list[tuple[int | str, Key]]] = []
    for depth in range(3):
        for _, group in groupby(keys, key=lambda key: key[:depth]):
            folders.append([(key[depth], key) for key in _firsts(list(group), depth)])
    starts, at = [], 0
    for folder in folders:
        starts.append(at)
        at += 16 + 8 * len(folder)
    leaves = {key: at + 16 * number for number, key in enumerate(keys)}
    at += 16 * len(keys)
    texts = {part: b"" for key in keys for part in key if isinstance(part, str)}
    name_places: dict[int | str, int] = {}
    names = b""
    for text in texts:
        name_places[text] = at + len(names)
        names += struct.pack("<H", len(str(text))) + str(text).encode("utf-16-le")
    data_start = -(-(at + len(names)) // 8) * 8
    out = bytearray()
    children = iter(starts[1:])
    for folder in folders:
        n_named = sum(isinstance(part, str) for part, _ in folder)
        out += struct.pack("<12xHH", n_named, len(folder) - n_named)
        for part, key in folder:
            name = name_places[part] | _IS_NAME if isinstance(part, str) else part
            place = next(children, None)
            out += struct.pack("<II", name, leaves[key] if place is None else place | _IS_FOLDER)
    data = b""
    for key in keys:
        out += struct.pack("<IIII", RSRC_RVA + data_start + len(data), len(resources[key]), 0, 0)
        data += resources[key] + bytes(-len(resources[key]) % 8)
    return bytes(out + names).ljust(data_start, b"\0") + data


def _firsts(keys: list[Key], depth: int) -> list[Key]:
    return [next(group) for _, group in groupby(keys, key=lambda key: key[: depth + 1])]
