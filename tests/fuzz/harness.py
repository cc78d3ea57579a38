"""`python -m tests.fuzz.harness TARGET [libFuzzer's options] [CORPUS...]`: one target in Atheris.

The code of mofkit is instrumented as it is imported, so nothing of it may be imported before.
"""

import sys

import atheris

with atheris.instrument_imports(include=["mofkit"]):
    from tests.fuzz.targets import laws_of

if __name__ == "__main__":
    target = sys.argv.pop(1)
    atheris.Setup(sys.argv, laws_of(target))
    atheris.Fuzz()
