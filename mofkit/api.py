"""One function a job, for programs: the layers below, put together.

Values in, values out: nothing here touches a file. `mofkit` re-exports these names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mofkit.compilation.errors import CompileError
from mofkit.compiler import RULES as _COMPILER_RULES
from mofkit.compiler import BindResult, bind
from mofkit.diagnostics import Diagnostic, Rule
from mofkit.linter import LintConfig, lint_bound
from mofkit.repository.plan import UpdateError, UpdatePlan
from mofkit.repository.update import plan_update
from mofkit.rewriter import BumpError, BumpOptions, BumpResult, bump_clsid
from mofkit.source import Loader, SourceFile
from mofkit.syntax import ParseResult, parse_bytes, parse_source
from mofkit.syntax.rules import RULES as _SYNTAX_RULES

if TYPE_CHECKING:
    from mofkit.binary import BinaryWarning
    from mofkit.bmf.compression import Level
    from mofkit.cim import Schema
    from mofkit.formatter import Style

__all__ = [
    "BindResult",
    "BumpError",
    "BumpOptions",
    "BumpResult",
    "CompileError",
    "DecompileResult",
    "LintConfig",
    "ParseResult",
    "UpdateError",
    "UpdatePlan",
    "bind",
    "bump_clsid",
    "compile_schema",
    "compile_source",
    "decompile",
    "format_source",
    "lint",
    "parse_bytes",
    "parse_source",
    "plan_update",
    "rules",
]


def lint(
    results: Sequence[ParseResult],
    config: LintConfig | None = None,
    *,
    loader: Loader | None = None,
    macros: Mapping[str, str] | None = None,
) -> list[Diagnostic]:
    """Return what is wrong with files: with their bytes, syntax and meaning, and by the rules.

    It is what `mofkit check` finds. Each file is bound by itself, with what it includes; rules
    about several files see all of them. A file with lines for the C preprocessor goes through it
    first; with `macros`, any file does. The loader finds headers and included files; without one,
    includes are not followed. The findings are in order of path and place; by default those that
    are information are left out.

    Raises:
        ValueError: the name or the value of a macro is wrong.

    >>> [d.message for d in lint([parse_source("[WMI] class Fan { uint32 Rpm; };")])][:1]
    ['class `Fan` has no guid qualifier']
    """
    from mofkit.compilation.inputs import CheckReader
    from mofkit.preprocessor import check_macros

    check_macros(macros or {})
    reader = CheckReader(macros or {}, loader)
    read = [reader.reread(result) for result in results]
    bound = [bind([result], loader=loader, read=reader.read) for result in read]
    return lint_bound(
        [new for old, new in zip(results, read, strict=True) if old is new],
        bound,
        config or LintConfig(),
        reader.findings,
        expansions=reader.expansions,
    )


def compile_source(
    text: str,
    *,
    path: str = "<text>",
    loader: Loader | None = None,
    namespace: str | None = None,
    class_policy: str | None = None,
    instance_policy: str | None = None,
    compression: Level = "mofcomp",
    wmi: bool = False,
    macros: Mapping[str, str] | None = None,
) -> bytes:
    r"""Return the binary MOF of MOF text: what `mofcomp -B` writes.

    Text with lines for the C preprocessor goes through it first; with `macros`, any text does. The
    loader finds headers and included files. `namespace`, `class_policy` and `instance_policy` say
    what holds above the first pragma, as mofcomp's `-N:`, `-class:` and `-instance:` do; the
    policies are words of `#pragma classflags` and `instanceflags`. With `wmi` the rules for
    drivers' classes (WDM) are applied, as by `mofcomp -WMI`.

    Raises:
        CompileError: the text has errors.
        ValueError: a word, the namespace or the name of a macro is wrong.

    >>> compile_source("class Tank { LEVEL Level; };", macros={"LEVEL": "uint8"})[:4]
    b'FOMB'
    """
    from mofkit.compilation import CompileSettings, compile_files

    settings = CompileSettings(
        namespace=namespace,
        class_policy=class_policy,
        instance_policy=instance_policy,
        macros=macros or {},
        wmi=wmi,
        compression=compression,
    )
    source = SourceFile.from_text(text, path=path)
    return compile_files([source], settings=settings, loader=loader).checked_data()


def compile_schema(schema: Schema, *, compression: Level = "mofcomp") -> bytes:
    r"""Return the binary MOF of a schema, such as `bind` or `decompile` give.

    Raises:
        CompileError: something in it has no place in binary MOF.
        ValueError: there is no such compression.
    """
    from mofkit import compilation

    return compilation.compile_schema(schema, compression=compression)


@dataclass(frozen=True, slots=True)
class DecompileResult:
    """MOF text for binary MOF.

    Attributes:
        text: compiles to the same bytes, but for what a comment in it says.
        schema: what the binary MOF declares.
        warnings: what is odd in the bytes, then what MOF cannot say. Each has a comment in the
            text. Offsets count in the payload, but in the file where the path begins with
            `container` or `DS`.
    """

    text: str
    schema: Schema
    warnings: tuple[BinaryWarning, ...] = ()


def decompile(data: bytes, *, strict: bool = False) -> DecompileResult:
    """Return the text of binary MOF; what cannot be read or said is left out, with a warning.

    Raises:
        BinaryFormatError: this is no binary MOF, or it is cut off; strict: the file is not as a
            compiler writes it, or MOF cannot say all of it (`mofkit.bmf.IrregularError`).
    """
    from mofkit.decompiler import decompile_file  # here, as it loads Construct
    from mofkit.formatter import format_tree

    found = decompile_file(data, strict=strict)
    return DecompileResult(format_tree(found.result.tree), found.schema, found.warnings)


def format_source(text: str, style: Style | None = None) -> str:
    r"""Return MOF text in the canonical layout, with the same tokens and comments.

    What cannot be parsed, and lines for the C preprocessor, stay as they are.

    >>> print(format_source("class Fan{[key]string Name;};"), end="")
    class Fan
    {
        [key] string Name;
    };
    """
    from mofkit.formatter import Style, format_tree

    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return mark + format_tree(parse_source(text).tree, style or Style())


def rules() -> tuple[Rule, ...]:
    """Return every rule mofkit checks, in order of code.

    >>> [rule.name for rule in rules() if rule.code == "SYN002"]
    ['missing-semicolon']
    """
    # Here, since only lists of rules need them.
    from mofkit.compilation.rules import RULES as COMPILATION_RULES
    from mofkit.linter.engine import all_rules
    from mofkit.linter.suppression_rules import RULES as SUPPRESSION_RULES
    from mofkit.preprocessor.rules import RULES as PREPROCESSOR_RULES
    from mofkit.reginfo.rules import RULES

    every_rule = (
        *_SYNTAX_RULES,
        *PREPROCESSOR_RULES,
        *_COMPILER_RULES,
        *COMPILATION_RULES,
        *RULES,
        *all_rules(),
        *SUPPRESSION_RULES,
    )
    return tuple(sorted(every_rule, key=lambda rule: rule.code))
