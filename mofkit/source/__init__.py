"""Files as text and back: encodings, places, edits, includes. It records facts and reports nothing.

Start reading at `source_file.py`.
"""

from mofkit.source.edit import Edit, apply_edits
from mofkit.source.encoding import EncodeError, Encoding
from mofkit.source.facts import FactKind, SourceFact
from mofkit.source.loader import IncludeError, Loader, MappingLoader
from mofkit.source.source_file import SourceFile
from mofkit.source.span import Position, Span

__all__ = [
    "Edit",
    "EncodeError",
    "Encoding",
    "FactKind",
    "IncludeError",
    "Loader",
    "MappingLoader",
    "Position",
    "SourceFact",
    "SourceFile",
    "Span",
    "apply_edits",
]
