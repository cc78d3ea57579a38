"""What the binary formats share: GUIDs, UTF-16, errors with a place, annotated dumps."""

from mofkit.binary.annotation import Annotation, Field
from mofkit.binary.errors import BinaryFormatError, BinaryWarning, BuildError

__all__ = ["Annotation", "BinaryFormatError", "BinaryWarning", "BuildError", "Field"]
