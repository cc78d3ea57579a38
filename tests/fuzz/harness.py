"""`python -m tests.fuzz.harness TARGET [libFuzzer's options] [CORPUS...]`: one target in Atheris.

The code of mofkit is instrumented as it is imported, so nothing of it may be imported before, and
all of it is at once: much is loaded only when it is needed, such as what finds errors in MOF.
"""

import sys
from importlib import import_module


def main() -> None:
    """Run until libFuzzer ends the process."""
    atheris = import_module("atheris")  # which many versions of Python cannot have
    with atheris.instrument_imports(include=["mofkit"]):
        targets = import_module("tests.fuzz.targets")
        import_module("mofkit.cli.fuzz.preload").load_everything()
    target = sys.argv.pop(1)
    atheris.Setup(sys.argv, targets.laws_of(target))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
