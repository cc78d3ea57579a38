"""What a buffer is that nobody named: the reading of it that alone is sound, or explains it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import click

from mofkit.binary import Annotation, BinaryFormatError

__all__ = ["ARCHES", "annotated_reginfo", "kind_of"]

ARCHES = ("x64", "x86")

_BMF_SIGNATURE = b"FOMB"
_MAX_DOUBTS = 3
_MAX_ALIGNING_BYTES = 7
_UNUSED = ("(unused)", "(behind BufferSize)")  # so a WNODE's annotation calls what no field claims


def kind_of(data: bytes) -> str:
    """Return the one kind of which the buffer is a sound one, or which alone explains all of it.

    Binary MOF has a signature; what is no buffer of the other kinds may have some inside.

    Raises:
        click.UsageError: it could be either, or is neither.
    """
    from mofkit.wnode import decode as decode_wnode

    if data.startswith(_BMF_SIGNATURE):
        return "bmf"
    faults = {f"reginfo, {arch}": _reginfo_fault(data, arch) for arch in ARCHES}
    faults["wnode"] = _fault(decode_wnode, data)
    if all(faults.values()):
        if _holds_bmf(data):
            return "bmf"
        raise click.UsageError(
            "this is no sound buffer of any kind: say --as bmf, --as reginfo or --as wnode"
            + _told(faults)
        )
    sound = [name for name, fault in faults.items() if fault is None]
    if len(kinds := _kinds(sound)) == 1:
        return kinds.pop()
    doubts = {name: _doubts(_read_as(name, data)) for name in sound}
    if len(kinds := _kinds(name for name, doubt in doubts.items() if not doubt)) == 1:
        return kinds.pop()
    raise click.UsageError(
        "this can be a WMIREGINFO and a WNODE: say --as reginfo or --as wnode" + _told(doubts)
    )


def _holds_bmf(data: bytes) -> bool:
    from mofkit.bmf.carve import find

    return bool(find(data))


def _kinds(readings: Iterable[str]) -> set[str]:
    return {name.partition(",")[0] for name in readings}


def _read_as(reading: str, data: bytes) -> Annotation:
    kind, _, arch = reading.partition(", ")
    if kind == "wnode":
        from mofkit.wnode.annotate import annotate as annotate_wnode

        return annotate_wnode(data)
    return annotated_reginfo(data, arch, "register")


def _doubts(annotation: Annotation) -> str:
    """Return what speaks against a sound reading; empty if it explains every byte."""
    n_unused = sum(end - start for start, end in _unused_runs(annotation))
    found = [f"{n_unused:,} bytes have no meaning"] if n_unused else []
    found += [str(warning) for warning in annotation.warnings[:_MAX_DOUBTS]]
    return "; ".join(found)


def _unused_runs(annotation: Annotation) -> Iterator[tuple[int, int]]:
    """Yield where the bytes without a meaning start and end; a few zeros are alignment."""
    used = [
        (field.offset_bytes, field.offset_bytes + field.length_bytes)
        for field in annotation.fields
        if field.path not in _UNUSED
    ]
    end = 0
    for start, next_end in [*used, (len(annotation.data),) * 2]:
        if start - end > _MAX_ALIGNING_BYTES or any(annotation.data[end:start]):
            yield end, start
        end = max(end, next_end)


def annotated_reginfo(data: bytes, arch: str | None, request: str) -> Annotation:
    """Return what the bytes of a WMIREGINFO are; of the one architecture it fits without `arch`.

    Raises:
        click.UsageError: it fits both or none.
    """
    from mofkit.reginfo import Arch, Request
    from mofkit.reginfo.annotate import annotate

    return annotate(data, Arch(arch or _arch_of(data)), Request(request))


def _arch_of(data: bytes) -> str:
    """Return the one architecture for which the buffer is sound; the buffer does not name it.

    Raises:
        click.UsageError: it could be either, or is neither.
    """
    from mofkit.reginfo.decoder import TOO_SMALL_BYTES

    if len(data) == TOO_SMALL_BYTES:  # the same for both
        return ARCHES[0]
    faults = {arch: _reginfo_fault(data, arch) for arch in ARCHES}
    sound = [arch for arch, fault in faults.items() if fault is None]
    if len(sound) == 1:
        return sound[0]
    raise click.UsageError(
        "this can be an x64 and an x86 buffer: say --arch x64 or --arch x86"
        + _told({arch: _doubts(_read_as(f"reginfo, {arch}", data)) for arch in sound})
        if sound
        else f"this is malformed for both architectures: say --arch x64 or x86{_told(faults)}"
    )


def _reginfo_fault(data: bytes, arch: str) -> BinaryFormatError | None:
    from mofkit.reginfo import decode

    return _fault(lambda data: decode(data, arch), data)


def _fault(decode: Callable[[bytes], object], data: bytes) -> BinaryFormatError | None:
    try:
        decode(data)
    except BinaryFormatError as error:
        return error
    return None


def _told(readings: Mapping[str, object]) -> str:
    return "".join(
        f"\n  {name}: {said or 'explains every byte'}" for name, said in readings.items()
    )
