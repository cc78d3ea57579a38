"""What the figures were measured on and with."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from mofkit._version import __version__


def describe() -> str:
    """Return two lines: the versions of everything measured, and the machine."""
    tools = ", ".join(f"{name} {version(name)}" for name in ("lark", "ply", "pywbem"))
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        f"mofkit {__version__} beside {tools}, on {python}\n"
        f"{_processor()}, {os.cpu_count()} CPUs, {platform.platform()}"
    )


def _processor() -> str:
    cpu_info = Path("/proc/cpuinfo")
    if cpu_info.exists():
        for line in cpu_info.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
