"""A validator for the part of JSON Schema that docs/dump-schema.json uses.

A keyword that it does not know is an error, so that nothing in the schema goes unchecked.
"""

from typing import Any

__all__ = ["problems"]

_TYPES: dict[str, tuple[type, ...]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}
_NOT_CHECKED = {"$schema", "title", "description", "$defs"}


def problems(
    value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "$"
) -> list[str]:
    """Return where a value is not as the schema says, each with its path; none: it is valid."""
    found: list[str] = []
    for keyword, rule in schema.items():
        match keyword:
            case "$ref":
                found += problems(value, root["$defs"][rule.removeprefix("#/$defs/")], root, path)
            case "type":
                names = rule if isinstance(rule, list) else [rule]
                if not any(_is_of(value, name) for name in names):
                    found.append(f"{path}: {value!r} is not {' or '.join(names)}")
            case "const":
                if value != rule or type(value) is not type(rule):
                    found.append(f"{path}: {value!r} is not {rule!r}")
            case "enum":
                if value not in rule:
                    found.append(f"{path}: {value!r} is not one of {rule!r}")
            case "anyOf":
                tries = [problems(value, choice, root, path) for choice in rule]
                if all(tries):
                    found += min(tries, key=len)  # type: ignore[arg-type]  # lists have a length
            case "properties":
                if isinstance(value, dict):
                    for name in rule.keys() & value.keys():
                        found += problems(value[name], rule[name], root, f"{path}.{name}")
            case "required":
                found += [f"{path}: no {name!r}" for name in rule if name not in value]
            case "additionalProperties":
                assert rule is False
                extra = value.keys() - schema["properties"].keys()
                found += [f"{path}: {name!r} is too much" for name in extra]
            case "items":
                for number, item in enumerate(value if isinstance(value, list) else []):
                    found += problems(item, rule, root, f"{path}[{number}]")
            case _ if keyword not in _NOT_CHECKED:
                raise NotImplementedError(keyword)
        if found and keyword == "type":
            break
    return found


def _is_of(value: Any, name: str) -> bool:
    return isinstance(value, _TYPES[name]) and (name == "boolean" or not isinstance(value, bool))
