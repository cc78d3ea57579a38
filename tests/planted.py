"""Defects to plant: a line of a function of mofkit that is changed while a test runs.

A function keeps its identity and gets the code of its changed source, so that whoever imported it
by name is wrong, too.
"""

import __future__

import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import FunctionType
from typing import Any, NamedTuple

__all__ = ["PLANTS", "Plant", "planted"]


class Plant(NamedTuple):
    """A defect.

    Attributes:
        title: what is wrong then.
        kinds: whose laws are to find it, the words of a command line.
        target: the function, `mofkit.bmf.writer:_Writer._array`.
        right: a piece of its source, in it once.
        wrong: what stands there instead.
    """

    title: str
    kinds: str
    target: str
    right: str
    wrong: str


@contextmanager
def planted(plant: Plant) -> Iterator[None]:
    """Let a function be wrong for a while.

    Raises:
        ValueError: the source of the function is no longer what the plant was made for.
    """
    function = _function(plant.target)
    source = textwrap.dedent(inspect.getsource(function))
    if source.count(plant.right) != 1:
        raise ValueError(f"{plant.target} has {plant.right!r} {source.count(plant.right)} times")
    right = function.__code__
    function.__code__ = _code(function, source.replace(plant.right, plant.wrong))
    try:
        yield
    finally:
        function.__code__ = right


def _function(target: str) -> FunctionType:
    module, _, path = target.partition(":")
    found: Any = import_module(module)
    for name in path.split("."):
        found = getattr(found, name)
    found = inspect.unwrap(found)
    assert isinstance(found, FunctionType)
    return found


def _code(function: FunctionType, source: str) -> Any:
    flags = __future__.annotations.compiler_flag
    made: dict[str, Any] = {}
    exec(compile(source, "<planted>", "exec", flags), function.__globals__, made)
    return inspect.unwrap(made[function.__name__]).__code__


PLANTS = [
    # ------------------------------------------------------------------------- registration
    Plant(
        "a lone surrogate is lost when a string is written",
        "reginfo",
        "mofkit.reginfo.encoder:_Part._add",
        "data = encode_units(text)",
        'data = text.encode("utf-16-le", "ignore")',
    ),
    Plant(
        "offsets of strings are off by one",
        "reginfo",
        "mofkit.reginfo.encoder:_Part._add",
        "offset = self._end\n",
        "offset = self._end + 1\n",
    ),
    Plant(
        "BaseNameOffset of the second entry leads two bytes too far",
        "reginfo",
        "mofkit.reginfo.encoder:_Part._base",
        'return self._add(names.base, index, "BaseNameOffset")',
        'return self._add(names.base, index, "BaseNameOffset") + 2 * (index == 1)',
    ),
    Plant(
        "NextWmiRegInfo leaves out the padding",
        "reginfo",
        "mofkit.reginfo.encoder:_Part.to_bytes",
        "0 if is_last else self._end + len(padding)",
        "0 if is_last else self._end",
    ),
    Plant(
        "GuidCount is believed",
        "reginfo",
        "mofkit.reginfo.chain:_check_size",
        "if part.guid_count and part.array_end > part.end:",
        "if False:",
    ),
    Plant(
        "the Length of a string is believed",
        "reginfo",
        "mofkit.reginfo.strings:StringReader._read",
        "if end > part.end:",
        "if False:",
    ),
    Plant(
        "a string with a NUL inside is looked at for ever",
        "reginfo",
        "mofkit.reginfo.strings:StringReader._look_at",
        'if "\\0" in text and _INNER_NUL.search(text):\n',
        'while "\\0" in text and _INNER_NUL.search(text):\n',
    ),
    Plant(
        "two kinds of names are accepted",
        "reginfo",
        "mofkit.reginfo.decoder:check_name_kind",
        "kinds.bit_count() > 1",
        "kinds.bit_count() > 2",
    ),
    Plant(
        "a description has an empty path where there is none",
        "reginfo",
        "mofkit.reginfo.description.writer:_plain_info",
        "_bare(info.registry_path)",
        '_bare(info.registry_path or "")',
    ),
    Plant(
        "an update does not remove what goes",
        "update",
        "mofkit.reginfo.registration:diff",
        "if guid not in new.blocks]",
        "if guid in ()]",
    ),
    Plant(
        "an update leaves out blocks that change",
        "update",
        "mofkit.reginfo.registration:diff",
        "if old.blocks.get(guid) != block]",
        "if guid not in old.blocks]",
    ),
    # -------------------------------------------------------------------------------- WNODE
    Plant(
        "the data of an instance stand on a multiple of 4",
        "wnode",
        "mofkit.wnode.encoder:_single",
        "round_up(n_fixed + len(tail), DATA_ALIGNMENT)",
        "round_up(n_fixed + len(tail), 4)",
    ),
    Plant(
        "the offset of the third name is two too small",
        "wnode",
        "mofkit.wnode.encoder:_names",
        "offset += len(string)",
        "offset += len(string) - 2 * (i == 1)",
    ),
    Plant(
        "WmiSizeIs is ignored: an array has one element",
        "block",
        "mofkit.wnode.block_reader:BlockReader._count",
        "count = known[item.count.lower()]",
        "count = min(known[item.count.lower()], 1)",
    ),
    Plant(
        "an embedded object at the end is not padded",
        "block",
        "mofkit.wnode.block_writer:BlockWriter._value",
        'self._put(b"")',
        "pass",
    ),
    # --------------------------------------------------------------------------- binary MOF
    Plant(
        "the padding switch is ignored: every element of an array is padded",
        "bmf bmf-schema",
        "mofkit.bmf.writer:_Writer._array",
        "self._pads = index == last",
        "self._pads = True",
    ),
    Plant(
        "the flavor of the second qualifier is dropped",
        "bmf-schema",
        "mofkit.bmf.writer:_Writer._qualifier",
        "if flavor:",
        "if flavor and not self._flavors:",
    ),
    Plant(
        "MAX of an array of one is left out",
        "bmf-schema",
        "mofkit.bmf.planner:_Planner._bound",
        "return (max_qualifier(size),)",
        "return (max_qualifier(size),) if size > 1 else ()",
    ),
    Plant(
        "reals are rounded",
        "bmf-schema",
        "mofkit.bmf.writer:_Writer._scalar",
        "_REAL64(real)",
        "_REAL64(round(real, 3))",
    ),
    Plant(
        "the value of a parameter's ID is always 0",
        "bmf-schema decompile",
        "mofkit.bmf.planner:_Planner._copies",
        "id_qualifier(written, index)",
        "id_qualifier(written, 0)",
    ),
    Plant(
        "nested objects are followed as deep as they go",
        "bmf",
        "mofkit.bmf.reader:_Reader._property",
        "name_end <= value_end <= length",
        "name_end <= value_end",
    ),
    Plant(
        "a match that repeats itself is copied once",
        "bmf-file",
        "mofkit.bmf.decompression:_expand",
        "(length // distance + 1)",
        "(length // distance)",
    ),
    Plant(
        "distances from 320 on are one off",
        "bmf bmf-file",
        "mofkit.bmf.compression:_distance_code",
        "(distance - 320) << 3",
        "(distance - 321) << 3",
    ),
    Plant(
        "the decompiler loses the escape in front of a quote",
        "decompile",
        "mofkit.decompiler.spelling:_escape",
        'return f"\\\\{escaped}"',
        'return f"\\\\{escaped}" if escaped != \'"\' else escaped',
    ),
    Plant(
        "the decompiler leaves out arrays' bounds",
        "decompile",
        "mofkit.decompiler.declarations:_bound",
        "f\"[{size or ''}]\"",
        '"[]"',
    ),
    # ------------------------------------------------------------------------------ MOF text
    Plant(
        "the sign of a number is lost",
        "mof",
        "mofkit.compiler.literals:number",
        '-value if found["sign"] == "-" else value',
        "value",
    ),
    Plant(
        "octal numbers are read as decimal ones",
        "mof",
        "mofkit.compiler.literals:number",
        "_BASES[form]",
        '_BASES[form.replace("octal", "decimal")]',
    ),
    Plant(
        "of strings side by side the first counts",
        "mof",
        "mofkit.compiler.literals:string",
        'joined = "".join(parts)',
        "joined = (parts := parts[:1])[0]",
    ),
    Plant(
        "escapes have two digits at most",
        "mof",
        "mofkit.compiler.literals:_meaning",
        "int(digits, 16)",
        "int(digits[:2], 16)",
    ),
    Plant(
        "halves of a surrogate pair stay apart",
        "mof",
        "mofkit.compiler.literals:string",
        "if _SURROGATE.search(joined):",
        "if False:",
    ),
    Plant(
        "the formatter drops comments inside of a line",
        "format",
        "mofkit.formatter.gaps:_read",
        "leading.append(_comment(text, piece, place))",
        "leading += [_comment(text, piece, place)][place == INLINE :]",
    ),
    Plant(
        "the formatter takes turns with blank lines",
        "format",
        "mofkit.formatter.gaps:_comment",
        "piece.line_ends > 1",
        "piece.line_ends == 1",
    ),
    Plant(
        "a bump changes one digit too many",
        "bump",
        "mofkit.rewriter.guid_digits:digit_edits",
        "written = next(new) if is_digit else character",
        'written = next(new) if is_digit else "0"',
    ),
    Plant(
        "a fix is made as often as there are rounds",
        "fix",
        "mofkit.linter.fixer:fix_file",
        "taken += edits\n",
        'taken += [Edit(edits[0].span, " " + source.text[slice(*edits[0].span)])]\n',
    ),
]
