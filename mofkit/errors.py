"""The root of every error that mofkit raises on purpose.

Each layer defines its own children beside the code that raises them. Broken MOF text is no
exception: it is reported as diagnostics. Wrong arguments are `ValueError` or `TypeError`.
"""

__all__ = ["MofkitError"]


class MofkitError(Exception):
    """Something mofkit was given cannot be used; the message says what and where."""
