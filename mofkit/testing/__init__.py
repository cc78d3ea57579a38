"""Inputs for tests of what reads or writes MOF, binary MOF, registration info and WNODEs.

- `mofkit.testing.strategies`: Hypothesis strategies; they need the extra `mofkit[testing]`
- `mofkit.testing.mutations`: near-valid input, and what a correct reader says of it
- `mofkit.testing.laws`: what always holds, as functions; `KINDS` has strategies and laws by format

Nothing is imported here, so that mutations can be had without Hypothesis.
"""
