"""What always holds, as functions: by format, with what to try it on.

A law takes one input and returns, or raises `LawBroken`. `KINDS` is the table: per format a
strategy of valid input, the laws of that, near-valid input of it, and the laws of any bytes at all.
So a test, or a run with a seed and without pytest, needs no list of its own:

>>> from hypothesis import given, seed, settings
>>> kind = KINDS["wnode"]
>>> for law in kind.laws:
...     seed(1)(settings(max_examples=5, database=None)(given(kind.inputs())(law.check)))()

Hypothesis is loaded when `inputs` is called. `mofkit.testing.runner` looks for inputs that break a
law, as `mofkit fuzz roundtrip` does.
"""

from mofkit.testing.laws.kinds import KINDS
from mofkit.testing.laws.law import Kind, Law, LawBroken, check_mutation

__all__ = ["KINDS", "Kind", "Law", "LawBroken", "check_mutation"]
