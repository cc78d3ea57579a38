"""The MOFDATA resources of a PE image, as a driver's .rc file names them: `FanMof MOFDATA fan.bmf`.

pefile, the extra `mofkit[pe]`, reads the headers. The tree of resources below them has three
levels, type, name and language. A folder has 16 bytes, with the counts of named and of numbered
entries at 0xC and 0xE, in front of 8 bytes an entry (PE Format, "The .rsrc Section"). It is walked
here, within bounds: pefile would read all other resources too, those of a hostile file over and
over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from struct import Struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pefile import PE

__all__ = ["Resource", "can_read_resources", "is_image", "mof_resources"]

_TYPE: Final = "MOFDATA"
_RESOURCE_DIRECTORY: Final = 2  # its number among the data directories
_MAX_SECTIONS: Final = 96  # the most that Windows loads
_MAX_ENTRIES: Final = 10_000  # of the folders that are read
_MAX_NAME_UNITS: Final = 256
_IS_NAME = _IS_FOLDER = 1 << 31

_folder = Struct("<12xHH")
_entry = Struct("<II")
_leaf = Struct("<II8x")


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of type MOFDATA, and where in the file it is.

    Attributes:
        name: `#7` for the number 7.
        language: such as 0x409; 0 is neutral.
        start: behind the end of the file, where its address is in no section.
    """

    name: str
    language: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{_TYPE} resource {self.name}, language {self.language:#x}"


def is_image(data: bytes) -> bool:
    """Say whether this is meant to be a PE image."""
    header = int.from_bytes(data[0x3C:0x40], "little")
    return data[:2] == b"MZ" and data[header : header + 4] == b"PE\0\0"


def can_read_resources() -> bool:
    """Say whether pefile is installed."""
    return find_spec("pefile") is not None


def mof_resources(data: bytes) -> list[Resource]:
    """Return the MOFDATA resources of an image; none where its headers are malformed.

    Raises:
        ImportError: pefile is not installed.
    """
    from pefile import PE, PEFormatError

    try:
        image = PE(data=data, fast_load=True)
    except PEFormatError:
        return []
    return list(_Tree(data, image).mof_resources())


class _Tree:
    """The tree of resources. Places in it count from its root; so does `_IS_FOLDER` mark them."""

    def __init__(self, data: bytes, image: PE) -> None:
        self._data = data
        self._sections = [
            (
                section.VirtualAddress,
                max(section.Misc_VirtualSize, section.SizeOfRawData),
                image.adjust_PointerToRawData(section.PointerToRawData),
            )
            for section in image.sections[:_MAX_SECTIONS]
        ]
        directories = image.OPTIONAL_HEADER.DATA_DIRECTORY[_RESOURCE_DIRECTORY:]
        self._root = self._offset_of(directories[0].VirtualAddress) if directories else len(data)
        self._entries_left = _MAX_ENTRIES

    def mof_resources(self) -> Iterator[Resource]:
        """Yield those of type MOFDATA, a language of a name after the other."""
        for kind, names in self._entries(_IS_FOLDER):
            if kind.upper() == _TYPE:
                for name, languages in self._entries(names):
                    for language, leaf in self._entries(languages):
                        yield from self._resource(name, language, leaf)

    def _offset_of(self, rva: int) -> int:
        """Return where in the file it is that an image loads to this address, or the file's end."""
        for address, n_bytes, offset in self._sections:
            if address <= rva < address + n_bytes:
                return min(int(offset + rva - address), len(self._data))
        return len(self._data)

    def _entries(self, place: int) -> Iterator[tuple[str, int]]:
        """Yield name and place of what is in a folder; nothing if the place is that of a leaf."""
        folder = place & ~_IS_FOLDER
        for at in range(sum(self._read(_folder, folder)) if place & _IS_FOLDER else 0):
            entry = self._read(_entry, folder + _folder.size + at * _entry.size)
            self._entries_left -= 1
            if not entry or self._entries_left < 0:
                return
            yield self._name(entry[0]), entry[1]

    def _name(self, name: int) -> str:
        if not name & _IS_NAME:
            return f"#{name}"
        start = self._root + (name & ~_IS_NAME)
        n_units = int.from_bytes(self._data[start : start + 2], "little")
        units = self._data[start + 2 : start + 2 + 2 * min(n_units, _MAX_NAME_UNITS)]
        return units.decode("utf-16-le", "replace")

    def _resource(self, name: str, language: str, leaf: int) -> Iterator[Resource]:
        place = self._read(_leaf, leaf)  # nothing is there if it is marked as a folder
        if place:
            rva, n_bytes = place
            start = self._offset_of(rva)
            number = int(language[1:]) if language.startswith("#") else 0
            yield Resource(name, number, start, start + n_bytes)

    def _read(self, row: Struct, place: int) -> tuple[int, ...]:
        """Return the numbers that are there, or none."""
        start = self._root + place
        if start + row.size > len(self._data):
            return ()
        return row.unpack_from(self._data, start)
