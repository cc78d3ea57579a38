"""MOF text in one canonical layout: what gofmt is to Go.

Takes a `SyntaxTree`, gives text with the same tokens and comments, laid out anew whatever the
layout was. Start reading at `formatting.py`. The steps:

1. `productions.py` has the style: which function says what goes between the parts of a node. The
   functions are in `declarations.py`, `members.py` and `values.py`.
2. `builder.py` walks the tree with them and makes a document (`document.py`): texts, comments, and
   places where a line may or must end, in groups that are either all on one line or broken.
3. `measure.py` computes how wide each group is, and which must break.
4. `printer.py` writes the lines.

Each is one pass over a flat list: time is linear, and nesting costs no Python stack.
"""

from mofkit.formatter.formatting import format_file, format_tree
from mofkit.formatter.style import Style

__all__ = ["Style", "format_file", "format_tree"]
