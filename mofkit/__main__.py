"""The program `mofkit`. `--version` is answered here, before anything heavy is loaded."""

from __future__ import annotations

import sys

from mofkit._version import __version__


def main() -> int:
    """Run the command line and return its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"mofkit {__version__}")  # noqa: T201
        return 0
    from mofkit.cli import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
