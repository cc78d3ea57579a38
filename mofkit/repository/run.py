"""`Run`: what a compilation has at hand: drafts of the namespaces, flags, the steps so far."""

from __future__ import annotations

from typing import Final

from mofkit.cim import (
    CLASS_FLAGS,
    CimClass,
    CimInstance,
    Origin,
    PragmaState,
    Schema,
    namespace_key,
)
from mofkit.errors import MofkitError
from mofkit.repository.draft import Draft
from mofkit.repository.namespace import Namespace
from mofkit.repository.object_path import ObjectPath, namespace_text
from mofkit.repository.options import CompileOptions
from mofkit.repository.repository import Repository
from mofkit.repository.status import WbemStatus
from mofkit.repository.step import Change, Step
from mofkit.repository.system_classes import known_classes

__all__ = ["CREATE_ONLY", "FORCE_UPDATE", "SAFE_UPDATE", "UPDATE_ONLY", "Refused", "Run"]

UPDATE_ONLY: Final = CLASS_FLAGS["updateonly"]
CREATE_ONLY: Final = CLASS_FLAGS["createonly"]
SAFE_UPDATE: Final = CLASS_FLAGS["safeupdate"]
FORCE_UPDATE: Final = CLASS_FLAGS["forceupdate"]


class Refused(MofkitError):  # noqa: N818  # an answer of WMI, which becomes the last step
    """WMI does not do what the file asks for."""

    def __init__(
        self, path: ObjectPath, status: WbemStatus | None, basis: str, message: str
    ) -> None:
        super().__init__(message)
        self.path = path
        self.status = status
        self.basis = basis
        self.message = message


class Run:
    """A compilation while it goes on.

    Attributes:
        origin: of the item that is being stored; the steps get it.
    """

    def __init__(self, repository: Repository, schema: Schema, options: CompileOptions) -> None:
        self.schema = schema
        self.options = options
        self.steps: list[Step] = []
        self.origin: Origin | None = None
        self._namespaces: dict[str, Namespace] = dict(repository.by_key)

    def result(self) -> Repository:
        """Return the repository with what is stored so far."""
        return Repository(
            {
                key: found.freeze() if isinstance(found, Draft) else found
                for key, found in self._namespaces.items()
            }
        )

    def note(
        self,
        change: Change,
        path: ObjectPath,
        basis: str,
        message: str = "",
        *,
        before: CimClass | CimInstance | None = None,
        after: CimClass | CimInstance | None = None,
    ) -> None:
        """Add a step."""
        self.steps.append(Step(change, path, basis, message, before, after, self.origin))

    def namespace_of(self, pragmas: PragmaState) -> str:
        """Return the path of the namespace that the pragmas above a declaration mean."""
        written = pragmas.namespace
        return namespace_text(self.options.namespace if written is None else written)

    def draft(self, namespace: str) -> Draft:
        """Return a namespace to write to.

        Raises:
            Refused: there is none, and none is assumed.
        """
        key = namespace_key(namespace)
        found = self._namespaces.get(key)
        if found is None:
            found = self._assume_namespace(namespace)
        if not isinstance(found, Draft):
            found = self._namespaces[key] = Draft(found)
        return found

    def has_namespace(self, namespace: str) -> bool:
        """Say whether a namespace is there."""
        return namespace_key(namespace) in self._namespaces

    def _assume_namespace(self, namespace: str) -> Namespace:
        path = ObjectPath(namespace)
        if not self.options.assume_namespaces or not namespace:
            raise Refused(
                path,
                WbemStatus.INVALID_NAMESPACE,
                "WmiSdk/wmi-error-constants",
                f"there is no namespace `{namespace}`; an instance of __Namespace makes one",
            )
        self.note(Change.ASSUMED, path, "policy: assume_namespaces", "taken to be there")
        return Namespace(namespace)

    def add_namespace(self, namespace: str) -> None:
        """Make a namespace, unless it is there."""
        self._namespaces.setdefault(namespace_key(namespace), Namespace(namespace))

    def remove_namespace(self, namespace: str) -> list[Namespace]:
        """Delete a namespace with those inside it (WmiSdk/--namespace), and return them."""
        key = namespace_key(namespace)
        gone = [each for each in self._namespaces if each == key or each.startswith(key + "/")]
        return [self._namespaces.pop(each) for each in gone]

    def class_flags(self, pragmas: PragmaState) -> int:
        """Return the flags that hold for a class."""
        return self._flags(pragmas.class_flags, self.options.class_policy)

    def instance_flags(self, pragmas: PragmaState) -> int:
        """Return the flags that hold for an instance."""
        return self._flags(pragmas.instance_flags, self.options.instance_policy)

    def _flags(self, written: int | None, switch: int) -> int:
        if written is None:
            return switch
        return written | switch if self.options.policy.pragma_flags == "add" else written

    def find_class(self, draft: Draft, name: str) -> CimClass | None:
        """Return a class of a namespace, one that is assumed if the options allow it."""
        found = draft.find_class(name)
        if found is not None or not self.options.assume_classes or name.startswith("__"):
            return found
        known = known_classes().get(name.lower())
        found = CimClass(name) if known is None else known
        draft.put_class(found, is_assumed=known is None)
        path = ObjectPath(draft.path, name)
        self.note(Change.ASSUMED, path, "policy: assume_classes", "taken to be there", after=found)
        return found
