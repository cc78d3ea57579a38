"""The binder: syntax trees in, a `cim.Schema` and the SEM diagnostics out.

Start reading at `binder.py`; `rules.py` has a page for every code.
"""

from mofkit.compiler.binder import BindResult, bind
from mofkit.compiler.rules import RULES

__all__ = ["RULES", "BindResult", "bind"]
