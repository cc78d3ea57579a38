"""The languages inside MOF strings: WQL, SDDL, object paths, datetimes.

Each is a module with a `parse` that takes a text and returns what it says, every part with its
place in the text: `wql`, `sddl`, `object_path`, `datetime_`. A text of another kind raises
`EmbeddedError`. Where a place in the text is in the file is the business of
`mofkit.compiler.string_map`.
"""

from mofkit.embedded.error import EmbeddedError, Word

__all__ = ["EmbeddedError", "Word"]
