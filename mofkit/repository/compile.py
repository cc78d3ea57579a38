r"""`compile_schema_into`: what mofcomp does to a repository when it compiles a file.

mofcomp looks at the syntax of the whole file first and stores nothing where that is wrong. Then it
stores one object after the other, in the order of the file, and stops at the first that WMI
refuses; what it stored until then stays (WmiSdk/mofcomp,
WmiSdk/handling-errors-with-the-mof-compiler).

>>> from mofkit.cim import CimClass, PragmaState, Schema
>>> in_wmi = PragmaState(r"root\wmi")
>>> schema = Schema((CimClass("Fan", pragmas=in_wmi), CimClass("TurboFan", "Gone", pragmas=in_wmi)))
>>> result = compile_schema_into(fresh(), schema)
>>> [str(step.path) for step in result.steps if step.change is Change.CREATED]
['\\\\.\\root\\wmi:Fan']
>>> print(result.error.status)
WBEM_E_INVALID_SUPERCLASS 0x8004100D
"""

from __future__ import annotations

from mofkit.cim import CimClass, CimDirective, CimInstance, Schema, SchemaItem
from mofkit.repository.aliases import Aliases
from mofkit.repository.deletions import delete_class, delete_instance
from mofkit.repository.object_path import ObjectPath
from mofkit.repository.options import CompileOptions
from mofkit.repository.put_class import put_class
from mofkit.repository.put_instance import put_instance
from mofkit.repository.repository import Repository, fresh
from mofkit.repository.run import Refused, Run
from mofkit.repository.step import Change, CompileResult, Step
from mofkit.repository.syntax_check import check_syntax

__all__ = ["Change", "CompileResult", "Step", "compile_schema_into", "fresh"]

_DEFAULT = CompileOptions()


def compile_schema_into(
    repository: Repository, schema: Schema, options: CompileOptions = _DEFAULT
) -> CompileResult:
    """Return the repository after a run of mofcomp, and what the run did, step by step.

    `schema` is one file with what it includes: aliases hold within it. Nothing is raised: what WMI
    refuses is the last step, `CompileResult.error`.
    """
    run = Run(repository, schema, options)
    aliases = Aliases(run)
    try:
        check_syntax(run)
        for item in schema.items:
            run.origin = item.origin
            _put(run, aliases, item)
    except Refused as refused:
        error = Step(
            Change.REFUSED,
            refused.path,
            refused.basis,
            refused.message,
            origin=run.origin,
            status=refused.status,
        )
        return CompileResult(run.result(), (*run.steps, error), error)
    return CompileResult(run.result(), tuple(run.steps))


def _put(run: Run, aliases: Aliases, item: SchemaItem) -> None:
    match item:
        case CimClass():
            put_class(run, item)
        case CimInstance():
            put_instance(run, aliases, item)
        case CimDirective():
            _obey(run, item)


def _obey(run: Run, directive: CimDirective) -> None:
    namespace = run.namespace_of(directive.pragmas)
    match directive.name.lower():
        case "namespace":
            run.draft(namespace)
        case "deleteclass":
            delete_class(run, namespace, directive)
        case "deleteinstance":
            delete_instance(run, namespace, directive)
        case "autorecover":
            run.note(
                Change.NOTED,
                ObjectPath(namespace),
                "WmiSdk/pragma-autorecover",
                "the file is compiled again when the repository is rebuilt",
            )
