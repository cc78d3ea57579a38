"""pywbem's lexer and LALR parser alone: `python -m benchmarks.workers.ply_parse DIR`.

pywbem's tables drive PLY's lexer and parser over every file, but the grammar's actions, which look
up classes and make CIM objects, are replaced by one that does nothing. What remains is the least
that any use of pywbem costs. Setting up and reading the files is not counted.
"""

import sys
import time
from pathlib import Path

from pywbem import _mof_compiler as compiler

from benchmarks.inputs import mof_texts


def main(folder: Path) -> float:
    """Return the CPU seconds for parsing all of `folder`."""
    parser = compiler._yacc()
    for production in parser.productions:
        production.callable = _no_action
    lexer = compiler._lex()
    lexer.parser = parser  # its error functions ask the parser for the name of the file
    lexer.last_msg = None
    texts = mof_texts(folder)

    start = time.process_time()
    for text in texts:
        lexer.lineno = 1
        parser.parse(text, lexer=lexer)
    return time.process_time() - start


def _no_action(_production: object) -> None:
    return


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
