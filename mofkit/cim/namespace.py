r"""Namespace paths: which spellings mean the same one.

Real files write `\\.\root\cimv2`, `root\cimv2`, `\root\cimv2`, `root/cimv2` and `//./root/cimv2`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

__all__ = ["DEFAULT_NAMESPACE", "namespace_key"]

DEFAULT_NAMESPACE: Final = r"root\default"
"""Where WMI puts what no `#pragma namespace` stands above."""


@lru_cache(maxsize=256)
def namespace_key(namespace: str | None) -> str:
    r"""Return one spelling for all that mean the same namespace, for comparing.

    >>> namespace_key(r"\\.\Root\CIMv2"), namespace_key("//./root/cimv2/"), namespace_key(None)
    ('root/cimv2', 'root/cimv2', 'root/default')
    """
    text = (DEFAULT_NAMESPACE if namespace is None else namespace).replace("\\", "/").lower()
    if text.startswith("//"):
        _server, _, text = text[2:].partition("/")
    return text.strip("/")
