"""Why a rewriter refuses."""

from mofkit.errors import MofkitError

__all__ = ["BumpError"]


class BumpError(MofkitError):
    """The new CLSID would make no update of a provider, or a wrong one; nothing was changed."""
