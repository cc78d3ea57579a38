"""A class against its ancestors: order in the file, circles, types and keys of what it inherits.

mofcomp stores a file's classes one by one from top to bottom, so a superclass has to stand above
or be in the repository already (Microsoft's "Creating a class"). DSP0004 §5.1.2 and §7.4: a
subclass may repeat a property to override its qualifiers, not its type, and keys once defined are
final.
"""

from __future__ import annotations

from mofkit.cim import CimClass, CimProperty, CimString, CimType
from mofkit.cim.qualifiers import has_qualifier, qualifier_named
from mofkit.compiler import rules
from mofkit.compiler.hierarchy import ClassView, Inherited, cycles
from mofkit.compiler.scope import ClassEntry, Scope, class_key, origin_of, related

__all__ = ["check_circles", "check_inheritance", "check_order_of_types"]


def check_circles(scope: Scope) -> None:
    """Report classes that inherit from themselves."""
    for circle in cycles(scope):
        if not all(entry.is_sound for entry in circle):
            continue
        names = [entry.cim_class.name for entry in circle]
        origin = origin_of(circle[0].cim_class.origin)
        scope.report(
            rules.SUPERCLASS_CYCLE,
            f"class `{names[0]}` inherits from itself: {' : '.join([*names, names[0]])}",
            origin,
            origin.name_span,
            related=tuple(
                [related(entry.cim_class.origin, "through this") for entry in circle[1:]]
            ),
        )


def check_inheritance(scope: Scope, view: ClassView) -> None:
    """Report what a class makes of its ancestors."""
    cim_class = view.cim_class
    superclass = view.superclass
    if superclass is None:
        for cim_property in cim_class.properties:
            _check_key(scope, cim_property)
        return
    first = scope.first_definition(superclass.cim_class)
    if first.position > view.entry.position and first.unit is view.entry.unit:
        _report_order(scope, cim_class, first.cim_class)
    has_inherited_key = any(key.owner is not cim_class for key in view.keys)
    for cim_property in cim_class.properties:
        _check_key(scope, cim_property)
        inherited = view.inherited_property(cim_property.name)
        if inherited is not None:
            _check_type(scope, cim_property, inherited)
        elif has_inherited_key and has_qualifier(cim_property.qualifiers, "key"):
            _report_added_key(scope, cim_property, cim_class, view)
    if view.is_known:
        _check_overrides(scope, view)


def _report_order(scope: Scope, cim_class: CimClass, superclass: CimClass) -> None:
    origin = origin_of(cim_class.origin)
    scope.report(
        rules.DECLARED_LATER,
        f"class `{cim_class.name}` stands above its superclass `{superclass.name}`",
        origin,
        origin.name_span,
        related=(related(superclass.origin, "the superclass"),),
        help="move the superclass up: mofcomp stores classes from top to bottom",
    )


def check_order_of_types(scope: Scope, entry: ClassEntry) -> None:
    """Report references and embedded objects whose class stands below this one.

    Two classes that name each other cannot both stand above, and nothing is said of them.
    """
    cim_class = entry.cim_class
    for cim_property in cim_class.properties:
        if cim_property.type not in (CimType.REFERENCE, CimType.OBJECT):
            continue
        definitions = scope.classes.get(class_key(cim_property.type_word, cim_class.pragmas))
        if not definitions:
            continue
        first = definitions[0]
        is_below = first.position > entry.position and first.unit is entry.unit
        key = class_key(first.cim_class.name, first.cim_class.pragmas)
        if is_below and cim_class.name.lower() not in scope.class_words[key]:
            origin = origin_of(cim_property.origin)
            scope.report(
                rules.DECLARED_LATER,
                f"property `{cim_property.name}` stands above its class `{first.cim_class.name}`",
                origin,
                origin.name_span,
                related=(related(first.cim_class.origin, "the class"),),
                help="move the class up: mofcomp stores classes from top to bottom",
            )


def _check_type(scope: Scope, cim_property: CimProperty, inherited: Inherited) -> None:
    before = inherited.member
    assert isinstance(before, CimProperty)
    if before.type is cim_property.type and before.is_array == cim_property.is_array:
        return
    origin = origin_of(cim_property.origin)
    scope.report(
        rules.INHERITED_TYPE,
        f"property `{cim_property.name}` is {type_name(cim_property)}, but the one inherited from"
        f" `{inherited.owner.name}` is {type_name(before)}",
        origin,
        origin.name_span,
        related=(related(before.origin, "inherited from here"),),
    )


def type_name(cim_property: CimProperty) -> str:
    """Return the type as a message says it."""
    word = cim_property.type_word
    if cim_property.type is CimType.REFERENCE:
        word += " ref"
    return word + "[]" if cim_property.is_array else word


def _check_key(scope: Scope, cim_property: CimProperty) -> None:
    if cim_property.is_array and has_qualifier(cim_property.qualifiers, "key"):
        origin = origin_of(cim_property.origin)
        scope.report(
            rules.ARRAY_KEY,
            f"key property `{cim_property.name}` is an array",
            origin,
            origin.name_span,
        )


def _report_added_key(
    scope: Scope, cim_property: CimProperty, cim_class: CimClass, view: ClassView
) -> None:
    first = next(key for key in view.keys if key.owner is not cim_class)
    origin = origin_of(cim_property.origin)
    scope.report(
        rules.ADDED_KEY,
        f"class `{cim_class.name}` adds key `{cim_property.name}` to those of `{first.owner.name}`",
        origin,
        origin.name_span,
        related=(related(first.member.origin, "a key that it inherits"),),
    )


def _check_overrides(scope: Scope, view: ClassView) -> None:
    """Report `Override("Name")` where no ancestor has a member of that name."""
    for feature in view.cim_class.features:
        qualifier = qualifier_named(feature.qualifiers, "override")
        if qualifier is None or not isinstance(qualifier.value, CimString):
            continue
        name = qualifier.value.value
        if view.inherited_property(name) is None and view.inherited_method(name) is None:
            origin = origin_of(qualifier.origin)
            scope.report(
                rules.NOTHING_TO_OVERRIDE,
                f"`{feature.name}` overrides `{name}`, which class `{view.cim_class.name}` does"
                " not inherit",
                origin,
                origin.span,
            )
