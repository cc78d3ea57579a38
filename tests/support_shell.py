"""How Windows' two shells read a script: a small model of cmd, and a real grammar of PowerShell.

The model of cmd has what decides whether a name stays inside its quotes: percent expansion, which
comes first and once, and then quotes, carets and operators. It is for scripts without delayed
expansion and without `call` of more than labels.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

__all__ = ["CmdScript", "cmd_shape", "expand_percents", "ps_errors", "ps_literals", "ps_shape"]

HERE = "D:\\a package\\"

# %% · %~dp0 · %1 · %NAME% · %NAME:~0,1% ; a lone percent sign disappears
_PERCENT = re.compile(r"%(?:(%)|~([a-z]*)([0-9])|([0-9])|([^%:]+)(?::~(\d+),(\d+))?%)?")


def expand_percents(line: str, variables: Mapping[str, str], arguments: tuple[str, ...]) -> str:
    """Return a line after cmd's first phase; what comes out is not looked at again."""

    def value(match: re.Match[str]) -> str:
        if match[1]:
            return "%"
        if match[2] is not None and "p" in match[2]:
            return HERE
        number = match[3] or match[4]
        if number:
            index = int(number) - 1
            return arguments[index].strip('"') if 0 <= index < len(arguments) else ""
        if match[5] is None:
            return ""
        found = variables.get(match[5].upper(), "")
        return found[int(match[6]) : int(match[6]) + int(match[7])] if match[6] else found

    return _PERCENT.sub(value, line)


@dataclass(slots=True)
class Command:
    """What stands between two operators: words outside quotes, and strings inside them."""

    operator: str
    plain: str = ""
    quoted: list[str] = field(default_factory=list)


def commands_of(line: str) -> list[Command]:
    """Return an expanded line as cmd's second phase takes it apart."""
    commands = [Command("")]
    characters = iter(line)
    in_quotes = False
    for character in characters:
        if character == '"':
            in_quotes = not in_quotes
            if in_quotes:
                commands[-1].quoted.append("")
        elif in_quotes:
            commands[-1].quoted[-1] += character
        elif character == "^":
            commands[-1].plain += next(characters, "")
        elif character in "&|<>()":
            commands.append(Command(character))
        else:
            commands[-1].plain += character
    return commands


class CmdScript:
    """A .cmd of which the assignments have been carried out."""

    def __init__(self, text: str, *arguments: str) -> None:
        self.lines = text.split("\r\n")
        self.arguments = arguments
        self.variables = {"SYSTEMROOT": "C:\\Windows"}
        for line in self.lines:
            if line.startswith('set "'):
                self._assign(line)

    def commands(self) -> Iterator[list[Command]]:
        """Yield each line, less what only scripts with other names than ASCII have."""
        for line in self.lines:
            if not line.startswith(("set ", "rem ", "for ")) and "chcp.com" not in line:
                yield commands_of(expand_percents(line, self.variables, self.arguments))

    def _assign(self, line: str) -> None:
        (command,) = commands_of(expand_percents(line, self.variables, self.arguments))
        assert command.plain == "set ", line
        (assignment,) = command.quoted
        name, _, value = assignment.partition("=")
        self.variables[name.upper()] = value


def cmd_shape(script: CmdScript) -> list[list[tuple[str, str, int]]]:
    """Return what is left of a script without what stands in quotes."""
    return [
        [(command.operator, command.plain, len(command.quoted)) for command in commands]
        for commands in script.commands()
    ]


# ------------------------------------------------------------------------------ PowerShell

_PARSER = Parser(Language(tree_sitter_powershell.language()))
_PS_QUOTES = "'\u2018\u2019\u201a\u201b"


def _tree(text: str) -> Node:
    return _PARSER.parse(text.removeprefix("\ufeff").encode()).root_node


def _nodes(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += reversed(found.children)


def ps_errors(text: str) -> list[str]:
    """Return what the grammar cannot read."""
    return [
        f"{node.start_point}: {(node.text or b'')[:60]!r}"
        for node in _nodes(_tree(text))
        if node.is_error or node.is_missing
    ]


def ps_shape(text: str) -> list[str]:
    """Return the kinds of all nodes, which say everything but what the names are."""
    return [node.type for node in _nodes(_tree(text))]


def ps_literals(text: str) -> list[str]:
    """Return the values of the single-quoted literals."""
    return [
        _literal_value((node.text or b"").decode())
        for node in _nodes(_tree(text))
        if node.type == "verbatim_string_characters"
    ]


def _literal_value(literal: str) -> str:
    """Return what PowerShell makes of a literal: of two quotes of any kind it keeps the second."""
    body, value = iter(literal[1:-1]), ""
    for character in body:
        if character in _PS_QUOTES:
            following = next(body, "")
            assert following in _PS_QUOTES, f"{literal} ends at {character}"
            assert following, f"{literal} ends at {character}"
            value += following
        else:
            value += character
    return value
