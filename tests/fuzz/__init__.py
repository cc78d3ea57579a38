"""Fuzzing that goes on for hours: guided by coverage (`make fuzz`), and exhaustively.

- `python -m tests.fuzz` runs a harness for every reader of bytes, each for a while, from the seeds
  and the corpus of the runs before; figures add up in `.fuzz/state.json`.
- `python -m tests.fuzz.exhaustive` cuts real files at every byte and flips each of their bits.

What they find goes into `tests/data/fuzz/cases/<target>/`, where `tests/test_fuzz_cases.py` holds
it to the laws from then on.
"""
