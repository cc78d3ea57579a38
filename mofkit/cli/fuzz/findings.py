"""Files for what was found."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mofkit.cli.output import write_files

if TYPE_CHECKING:
    from mofkit.cli.fuzz.showing import Shown

__all__ = ["save", "slug"]


def save(folder: str, title: str, shown: Shown) -> str:
    """Write an input into a folder, which is made, and return its path.

    Raises:
        OSError: it cannot be written.
    """
    digest = hashlib.sha256(shown.data).hexdigest()[:8]
    Path(folder).mkdir(parents=True, exist_ok=True)
    path = str(Path(folder, f"{slug(title)}-{digest}{shown.suffix}"))
    write_files({path: shown.data})
    return path


def slug(title: str) -> str:
    """Return a title as a part of a file's name.

    >>> slug("Flags of entry 2: two kinds")
    'flags-of-entry-2-two-kinds'
    """
    return re.sub(r"[^0-9a-z]+", "-", title.lower()).strip("-")[:60].rstrip("-")
