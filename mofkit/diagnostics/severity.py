"""How bad a finding is."""

from enum import IntEnum

__all__ = ["Severity"]


class Severity(IntEnum):
    """Ordered, so that `severity >= Severity.WARNING` asks whether something fails a check."""

    INFO = 10
    WARNING = 20
    ERROR = 30

    @property
    def label(self) -> str:
        """The word shown to people: `info`, `warning` or `error`."""
        return self.name.lower()
