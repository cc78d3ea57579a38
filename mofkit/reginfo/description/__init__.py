"""Registration info as data: descriptions in JSON or TOML, for people and programs to write.

`reader.py` says what a description may hold; `description.schema.json` beside this folder is its
shape as a JSON Schema.
"""

from mofkit.reginfo.description.errors import DescriptionError, Problem
from mofkit.reginfo.description.reader import read
from mofkit.reginfo.description.writer import to_json, to_plain, to_toml

__all__ = ["DescriptionError", "Problem", "read", "to_json", "to_plain", "to_toml"]
