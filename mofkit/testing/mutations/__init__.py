"""Near-valid input for each format: one thing changed at a time, and what has to be said of it.

Takes valid input, gives every `Mutation` that applies to it, lazily and in order. Needs no
Hypothesis; where a test uses it, `st.sampled_from(list(...))` picks one.

>>> from mofkit.testing.codes import mof_codes
>>> for mutation in mof_mutations(b'class Fan { string Name = "a"; };'):
...     assert mutation.is_met_by(mof_codes(mutation.data)), mutation
"""

from mofkit.testing.mutations.bmf import bmf_file_mutations, bmf_mutations
from mofkit.testing.mutations.mof import mof_mutations
from mofkit.testing.mutations.mutation import Mutation
from mofkit.testing.mutations.reginfo import reginfo_mutations
from mofkit.testing.mutations.wnode import wnode_mutations

__all__ = [
    "Mutation",
    "bmf_file_mutations",
    "bmf_mutations",
    "mof_mutations",
    "reginfo_mutations",
    "wnode_mutations",
]
