"""Which CLSIDs a provider must not be given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from mofkit.binary.guid_text import guid_text
from mofkit.rewriter.errors import BumpError
from mofkit.rewriter.occurrence import Occurrence
from mofkit.rewriter.providers import DECOUPLED, Provider

__all__ = ["check_new_clsid"]

_SAMPLES: Final = {
    UUID("fe9af5c0-d3b6-11ce-a5b6-00aa00680c3f"): "regprov",
    UUID("e30ec6a0-23cf-11d1-8fde-0000f804aa5c"): None,
    UUID("a41602a4-c038-11d1-aeb6-00c04fb68820"): None,
    UUID("4916157b-fbe7-11d1-aec4-00c04fb68820"): None,
    UUID("423b32c9-b033-4242-efb6-55c044242821"): None,
    UUID("aa7828c5-95f9-11d2-bb0d-00c042424242"): None,
    UUID("aa70ddf4-e11c-11d1-abb0-00c04fd9159e"): "ms_view_instance_provider",
}
"""CLSIDs of Microsoft's pages on registering providers; where one belongs to a provider that comes
with Windows, the name of that."""


def check_new_clsid(new: UUID, provider: Provider, present: Iterable[Occurrence]) -> None:
    """Refuse a CLSID that is none, is not new, or belongs to something else.

    `present` are the places where it stands already.

    Raises:
        BumpError: the message says which of these.
    """
    text = f"{{{guid_text(new)}}}"
    if not new.int:
        raise BumpError(f"{text} is the nil GUID, which no class can have")
    if new == provider.clsid:
        raise BumpError(f"provider `{provider.name}` has the CLSID {text} already")
    if new == DECOUPLED:
        raise BumpError(f"{text} is what WMI loads for decoupled providers")
    if new in _SAMPLES and _SAMPLES[new] != provider.name.lower():
        raise BumpError(
            f"{text} is the CLSID of a sample in the documentation; make one of your own"
        )
    for occurrence in present:
        raise BumpError(f"{text} is not new, it is in {occurrence.place}")
