"""What a plan looks at in repositories: runs of the compiler, providers, what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mofkit.cim import CimClass, CimInstance, CimString, CimValue, Schema
from mofkit.repository.compile import compile_schema_into
from mofkit.repository.namespace import StoredInstance
from mofkit.repository.object_path import ObjectPath
from mofkit.repository.options import CompileOptions
from mofkit.repository.plan import Place
from mofkit.repository.repository import Repository, fresh
from mofkit.repository.step import Change, Step

__all__ = [
    "CLIENT_CLSID",
    "CLSID",
    "Provider",
    "Run",
    "all_classes",
    "all_instances",
    "compile_all",
    "text_of",
]

CLSID = "CLSID"
CLIENT_CLSID = "ClientLoadableCLSID"

_BASE = "__Win32Provider"
_STORED = (Change.CREATED, Change.UPDATED, Change.UNCHANGED)

# A registration derives from classes of Windows, or is for a namespace of another product.
_OPTIONS = CompileOptions(assume_classes=True, assume_namespaces=True)


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as a registration declares it, and the one of its CLSIDs that is looked at.

    Attributes:
        clsid: in lower case, without braces.
        clsid_property: `CLSID`, or `ClientLoadableCLSID` for the part that clients load.
    """

    stored: StoredInstance
    name: str
    clsid: str
    hosting: str
    clsid_property: str = CLSID

    @property
    def path(self) -> ObjectPath:
        """The path of its instance."""
        return self.stored.path

    @property
    def place(self) -> Place | None:
        """Where it is written."""
        return Place.of(self.stored.instance.origin)


@dataclass(frozen=True, slots=True)
class Run:
    """What compiling files, one after the other, led to; an error ends the file that has it."""

    repository: Repository
    steps: tuple[Step, ...] = ()
    errors: tuple[Step, ...] = ()

    @property
    def providers(self) -> list[Provider]:
        """The providers that the files declare, in order; twice what they declare twice."""
        return [
            _provider(self.repository, StoredInstance(step.path, step.after))
            for step in self.steps
            if step.change in _STORED
            and isinstance(step.after, CimInstance)
            and _is_provider(self.repository, step.path)
        ]

    @property
    def declared(self) -> set[object]:
        """The classes and instances that the files put, as `ObjectPath.folded`."""
        return {step.path.folded for step in self.steps if step.change in _STORED}

    def provider_at(self, path: ObjectPath, clsid_property: str = CLSID) -> Provider | None:
        """Return the provider that is stored under a path."""
        stored = self.repository.find(path)
        return None if stored is None else _provider(self.repository, stored, clsid_property)

    def looked_at(self, provider: Provider, clsid_property: str) -> Provider:
        """Return a provider of this run with another of its CLSIDs."""
        return _provider(self.repository, provider.stored, clsid_property)


def compile_all(schemas: Sequence[Schema], onto: Repository | None = None) -> Run:
    """Return what compiling files into a repository does, or into that of a new Windows."""
    run = Run(fresh() if onto is None else onto)
    for schema in schemas:
        result = compile_schema_into(run.repository, schema, _OPTIONS)
        errors = (result.error,) if result.error else ()
        run = Run(result.repository, (*run.steps, *result.steps), (*run.errors, *errors))
    return run


def all_instances(
    repository: Repository, class_name: str | None = None
) -> Iterator[StoredInstance]:
    """Yield the instances in all namespaces: every one, or those of a class and below it."""
    for namespace in repository.namespaces:
        if class_name is None:
            yield from namespace.instances.values()
        else:
            yield from namespace.instances_of(class_name)


def all_classes(repository: Repository) -> Iterator[tuple[ObjectPath, CimClass]]:
    """Yield the classes in all namespaces, without the system classes."""
    for namespace in repository.namespaces:
        for cim_class in namespace.classes.values():
            yield ObjectPath(namespace.path, cim_class.name), cim_class


def text_of(value: CimValue | None) -> str:
    """Return a string value; "" for anything else."""
    return value.value if isinstance(value, CimString) else ""


def _is_provider(repository: Repository, path: ObjectPath) -> bool:
    namespace = repository.namespace(path.namespace)
    return namespace is not None and any(
        found.name.lower() == _BASE.lower() for found in namespace.lineage(path.class_name)
    )


def _provider(
    repository: Repository, stored: StoredInstance, clsid_property: str = CLSID
) -> Provider:
    name, clsid, hosting = (
        text_of(repository.value_of(stored, each))
        for each in ("Name", clsid_property, "HostingModel")
    )
    return Provider(stored, name, clsid.strip().strip("{}").lower(), hosting, clsid_property)
