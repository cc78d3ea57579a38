"""The templates beside this module, filled in. Jinja2 is loaded when one is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["render"]


def render(
    name: str,
    values: Mapping[str, object],
    filters: Mapping[str, Callable[..., Any]],
    tests: Mapping[str, Callable[..., bool]] | None = None,
) -> str:
    """Return a template of `templates/` with its values; one that is missing is an error.

    Nothing is escaped: a filter makes what comes from outside harmless in the language of the text.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("mofkit.codegen"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters |= filters
    environment.tests |= tests or {}
    return environment.get_template(name).render(values)
