"""The C preprocessor for MOF: `#define`, `#if` and `#include "x.h"`, with places kept.

Start reading at `preprocessor.py`. The files of drivers are often meant for `cl /EP` before
mofcomp; `rules.py` has a page for what can be wrong with their lines.
"""

from mofkit.preprocessor.expansion import Expansion
from mofkit.preprocessor.preprocessor import check_macros, needs_preprocessing, preprocess
from mofkit.preprocessor.rules import RULES

__all__ = ["RULES", "Expansion", "check_macros", "needs_preprocessing", "preprocess"]
