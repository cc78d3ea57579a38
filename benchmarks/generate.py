"""MOF text of any size, for measuring: the mix of a provider's file, from a seed.

Classes with qualifiers, value maps, methods and references, and instances of some. The text is
valid ASCII, and the same for the same arguments on every machine.
"""

import random
from collections.abc import Iterator
from typing import NamedTuple

_TYPES = "boolean uint8 uint16 uint32 uint64 sint32 real64 string datetime".split()
_NOUNS = "Battery Cache Cooler Disk Fan Lamp Link Port Pump Rack Relay Sensor Shelf Valve".split()
_TRAITS = "Count Delay Health Label Level Limit Load Mode Owner Power Speed State".split()
_WORDS = (
    "the a of for each current last measured value state unit device which is in use when it was "
    "set by its driver or read from firmware since start zero means that nothing is known yet"
).split()


class _Class(NamedTuple):
    name: str
    key: str  # its own, or that of the class it derives from


def generate(n_bytes: int, seed: int = 1) -> str:
    """Return valid MOF of at least `n_bytes`, at most one class more (some 3 KB).

    >>> generate(10_000) == generate(10_000)
    True
    >>> generate(20_000).startswith(generate(10_000))
    True
    """
    parts: list[str] = []
    size = 0
    for declaration in _declarations(random.Random(seed)):
        if size >= n_bytes:
            break
        parts.append(declaration)
        size += len(declaration)
    return "".join(parts)


def nested_braces(depth: int) -> str:
    r"""Return an instance whose one value stands in `depth` pairs of braces.

    >>> nested_braces(3)
    'instance of Deep { Value = {{{1}}}; };\n'
    """
    return f"instance of Deep {{ Value = {'{' * depth}1{'}' * depth}; }};\n"


def unclosed_braces(depth: int) -> str:
    r"""Return an instance which opens `depth` braces for its value and closes none.

    >>> unclosed_braces(3)
    'instance of Deep { Value = {{{1;\n'
    """
    return f"instance of Deep {{ Value = {'{' * depth}1;\n"


def _declarations(rng: random.Random) -> Iterator[str]:
    yield '#pragma namespace("\\\\\\\\.\\\\root\\\\bench")\n\n'
    classes: list[_Class] = []
    while True:
        name = f"Bench_{rng.choice(_NOUNS)}{len(classes)}"
        parent = rng.choice(classes) if classes and rng.random() < 0.3 else None
        made = _Class(name, parent.key if parent else f"{name}Id")
        yield _class_text(rng, made, parent, classes)
        classes.append(made)
        if rng.random() < 0.3:
            yield _instance_text(rng, made, len(classes))


def _class_text(
    rng: random.Random, made: _Class, parent: _Class | None, others: list[_Class]
) -> str:
    members: list[str] = []
    if parent is None:
        members.append(f"    [Key, {_description(rng, 6)}]\n    string {made.key};\n")
    traits = rng.sample(_TRAITS, rng.randint(3, 8))
    members += [_property_text(rng, f"{made.name}{trait}") for trait in traits]
    if others and rng.random() < 0.5:
        members.append(f"    {rng.choice(others).name} ref {made.name}Peer;\n")
    if rng.random() < 0.5:
        members.append(_method_text(rng, f"Reset{made.name}"))
    superclass = f" : {parent.name}" if parent else ""
    head = f"// {_sentence(rng, 8)}\n[{_description(rng, 20)}]\nclass {made.name}{superclass}\n"
    return head + "{\n" + "\n".join(members) + "};\n\n"


def _property_text(rng: random.Random, name: str) -> str:
    qualifiers = [_description(rng, rng.randint(5, 40))]
    declaration = f"{rng.choice(_TYPES)} {name}{rng.choice(['', '', '', '[]', '[8]'])}"
    if rng.random() < 0.3:
        numbers = ", ".join(f'"{number}"' for number in range(6))
        words = ", ".join(f'"{word}"' for word in rng.choices(_NOUNS, k=6))
        qualifiers += [f"ValueMap {{ {numbers} }}", f"Values {{ {words} }}"]
        declaration = f"uint32 {name} = {rng.randint(0, 5)}"
    elif rng.random() < 0.2:
        qualifiers.append(f"MaxLen ({rng.randint(16, 1024)})")
        declaration = f"string {name}"
    separated = ",\n     ".join(qualifiers)
    return f"    [{separated}]\n    {declaration};\n"


def _method_text(rng: random.Random, name: str) -> str:
    return (
        f"    [{_description(rng, 12)}]\n"
        f"    uint32 {name}(\n"
        f"        [In, {_description(rng, 6)}] uint32 Delay,\n"
        f"        [Out, {_description(rng, 6)}] string Messages[]);\n"
    )


def _instance_text(rng: random.Random, of: _Class, number: int) -> str:
    value = f'    {of.key} = "{_sentence(rng, 3)}";'
    return f"instance of {of.name} as $Item{number}\n{{\n{value} // {_sentence(rng, 5)}\n}};\n\n"


def _description(rng: random.Random, n_words: int) -> str:
    """Return a Description qualifier, in strings of a dozen words as people break them."""
    lines = [_sentence(rng, min(12, n_words - done)) for done in range(0, n_words, 12)]
    return "Description (" + "\n        ".join(f'"{line} "' for line in lines) + ")"


def _sentence(rng: random.Random, n_words: int) -> str:
    return " ".join(rng.choices(_WORDS, k=n_words)).capitalize()
