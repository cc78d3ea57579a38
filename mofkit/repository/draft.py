"""`Draft`: a namespace while a compilation writes to it."""

from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.repository.namespace import Identity, Namespace, StoredInstance

__all__ = ["Draft"]


class Draft(Namespace):
    """A copy of a namespace that can be written to. `freeze` gives the namespace it has become."""

    def __init__(self, base: Namespace) -> None:
        super().__init__(base.path, base.classes, base.instances, base.assumed)
        self.classes: dict[str, CimClass] = dict(base.classes)
        self.instances: dict[Identity, StoredInstance] = dict(base.instances)

    def freeze(self) -> Namespace:
        """Return the namespace with what it holds now; nothing may be written afterwards."""
        return Namespace(self.path, self.classes, self.instances, self.assumed)

    def put_class(self, cim_class: CimClass, *, is_assumed: bool = False) -> None:
        """Store a class in place of the one of its name."""
        name = cim_class.name.lower()
        old = self.classes.get(name)
        self._forget_shapes(name)
        if old is not None:
            self._leave_superclass(old)
        self.classes[name] = cim_class
        if is_assumed != (name in self.assumed):
            self.assumed ^= {name}
        if cim_class.superclass is not None:
            self._children.setdefault(cim_class.superclass.lower(), {})[name] = None

    def delete_class(self, name: str) -> None:
        """Delete a class and its instances; those below it must be gone."""
        name = name.lower()
        for identity in list(self._by_class.get(name, ())):
            self.delete_instance(identity)
        self._forget_shapes(name)
        self._leave_superclass(self.classes.pop(name))
        self.assumed -= {name}

    def put_instance(self, identity: Identity, stored: StoredInstance) -> None:
        """Store an instance in place of the one with its identity."""
        old = self.instances.get(identity)
        if old is not None and old.path.class_name.lower() != stored.path.class_name.lower():
            self.delete_instance(identity)
        self.instances[identity] = stored
        self._by_class.setdefault(stored.path.class_name.lower(), {})[identity] = stored

    def delete_instance(self, identity: Identity) -> StoredInstance:
        """Delete an instance and return it."""
        gone = self.instances[identity]
        del self._by_class[gone.path.class_name.lower()][identity]  # made of `instances` when asked
        del self.instances[identity]
        return gone

    def _leave_superclass(self, cim_class: CimClass) -> None:
        if cim_class.superclass is not None:
            self._children[cim_class.superclass.lower()].pop(cim_class.name.lower(), None)

    def _forget_shapes(self, name: str) -> None:
        for stale in (name, *self.descendants(name)):
            self._shapes.pop(stale, None)
