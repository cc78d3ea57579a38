"""Pragmas, those that a schema says and those that its items need; and qualifier declarations."""

from __future__ import annotations

from typing import Final

from mofkit.cim import (
    CLASS_FLAGS,
    DEFAULT_NAMESPACE,
    INSTANCE_FLAGS,
    CimDirective,
    CimQualifierDeclaration,
    PragmaState,
    flavors_of,
)
from mofkit.compiler.types import is_type_word
from mofkit.decompiler.declarations import type_text
from mofkit.decompiler.notes import Notes, comment
from mofkit.decompiler.spelling import name, string
from mofkit.decompiler.values import value_text
from mofkit.diagnostics.render.glyphs import visible

__all__ = ["directive_text", "pragmas_text", "qualifier_declaration_text"]


def pragmas_text(pragmas: PragmaState, notes: Notes) -> str:
    """Return the pragmas that bring about what holds for an item; none where it holds already."""
    before, notes.pragmas = notes.pragmas, pragmas
    lines = []
    if _path(pragmas) != _path(before):
        lines.append(f"#pragma namespace({string(_path(pragmas))})")
    if pragmas.class_flags != before.class_flags:
        lines.append(_flags("classflags", pragmas.class_flags, CLASS_FLAGS, notes))
    if pragmas.instance_flags != before.instance_flags:
        lines.append(_flags("instanceflags", pragmas.instance_flags, INSTANCE_FLAGS, notes))
    return "\n".join(lines)


def _path(pragmas: PragmaState) -> str:
    return DEFAULT_NAMESPACE if pragmas.namespace is None else pragmas.namespace


def _flags(pragma: str, flags: int | None, known: dict[str, int], notes: Notes) -> str:
    """Return a pragma with the words for the bits, or with the number where these do not do."""
    if flags is None:
        message = f"from here on no {pragma} hold, which no pragma says; 0 means the same"
        return f"{notes.remark('W-MOF-PRAGMA', message)}\n#pragma {pragma}(0)"
    words = [word for word, bit in known.items() if flags & bit]
    is_said = sum(known[word] for word in words) == flags != 0
    if is_said and not any(flags & pair == pair for pair in _CONTRADICTIONS):
        return f"#pragma {pragma}({', '.join(map(string, words))})"
    return f"#pragma {pragma}({flags})"


_CONTRADICTIONS: Final = (0x03, 0x60)
"""Updateonly and createonly, safeupdate and forceupdate: compilers refuse these words together."""


def directive_text(found: CimDirective, notes: Notes) -> str:
    """Return a directive; of an include that was followed a comment, since its items follow."""
    notes.pragmas = found.pragmas
    if found.included is not None:
        return comment(f"included: {visible(found.included, ascii_only=True)}")
    arguments = [
        argument if isinstance(argument, str) and argument.lower() in _BARE else _argument(argument)
        for argument in found.arguments
    ]
    parameters = f"({', '.join(arguments)})" if arguments else ""
    return f"#pragma {name(found.name, notes)}{parameters}"


_BARE: Final = frozenset({"fail", "nofail"})
"""What deletions take without quotes."""


def _argument(argument: str | int) -> str:
    return string(argument) if isinstance(argument, str) else str(argument)


def qualifier_declaration_text(found: CimQualifierDeclaration, notes: Notes) -> str:
    """Return a qualifier declaration, DMTF's with a type or WMI's with flavors only."""
    notes.flavors[found.name.lower()] = flavors_of(found.flavors)
    head = f"qualifier {name(found.name, notes)} :"
    if found.type is None:
        return f"{head} {' '.join([name(word, notes) for word in found.flavors])};"
    text = ""
    if found.is_array:
        text += f"[{found.array_size or ''}]"
    if found.default is not None:
        text += f" = {value_text(found.default, notes)}"
    for clause, words in (("scope", found.scopes), ("flavor", found.flavors)):
        if words:
            text += f", {clause}({', '.join([name(word, notes) for word in words])})"
    if not text and not is_type_word(found.type_word):
        notes.refuse("W-MOF-TYPE", f"`{found.type_word}` would be read as a flavor")
    return f"{head} {type_text(found.type, found.type_word, notes)}{text};"
