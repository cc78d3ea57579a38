"""Stock Lark with our grammar: `python -m benchmarks.workers.lark_parse DIR`.

LALR with the contextual lexer, every other option as Lark has it: it drops punctuation and
positions, both of which our tree keeps, and is the faster for it. Building the parser is not
counted.
"""

import sys
import time
from pathlib import Path

from lark import Lark

from benchmarks.inputs import mof_texts
from mofkit.syntax.grammar import START, grammar_text


def main(folder: Path) -> float:
    """Return the CPU seconds for parsing all of `folder`."""
    parser = Lark(grammar_text(), parser="lalr", lexer="contextual", start=START["mof"])
    texts = mof_texts(folder)

    start = time.process_time()
    for text in texts:
        parser.parse(text)
    return time.process_time() - start


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
