"""The version, as a literal: `mofkit --version` prints it without asking importlib.metadata.

The build reads this file too (`[tool.hatch.version]` in pyproject.toml).
"""

__version__ = "0.1.0"
