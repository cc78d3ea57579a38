"""Finding binary MOF: in driver images, ACPI tables, dumps and hex text.

`find` takes the bytes of any file and lists what it holds.
"""

from mofkit.bmf.carve.finder import find, hidden_from
from mofkit.bmf.carve.found import FoundBmf

__all__ = ["FoundBmf", "find", "hidden_from"]
