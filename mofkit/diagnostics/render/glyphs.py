"""What a terminal shows of a text: characters made harmless, and how many cells each takes.

MOF files come from anywhere. A control character in one must not move the cursor, and a
right-to-left mark must not make code look like other code (CVE-2021-42574), so whatever Unicode
does not call printable is shown by its number, as `<U+001B>`: a form that is no escape of MOF's.
"""

__all__ = ["cell_count", "glyph", "visible"]

_TAB = " " * 4


def visible(text: str, *, ascii_only: bool = False) -> str:
    r"""Return `text` as it can safely be shown.

    >>> visible("a\x1b[31m\u202eb\u00fc")
    'a<U+001B>[31m<U+202E>bü'
    >>> visible("\u00fc", ascii_only=True)
    '<U+00FC>'
    """
    if text.isprintable() and (text.isascii() or not ascii_only):
        return text
    return "".join(glyph(character, ascii_only=ascii_only) for character in text)


def glyph(character: str, *, ascii_only: bool) -> str:
    """Return what stands for one character; a tab is four cells wide wherever it stands."""
    if character == "\t":
        return _TAB
    if character.isprintable() and (character.isascii() or not ascii_only):
        return character
    return f"<U+{ord(character):04X}>"


def cell_count(shown: str) -> int:
    """Return how many cells of a terminal `shown` takes: two for `漢`, none for an accent."""
    if shown.isascii():
        return len(shown)
    from unicodedata import category, east_asian_width

    def cells(character: str) -> int:
        if category(character) in ("Mn", "Me"):
            return 0
        return 2 if east_asian_width(character) in "WF" else 1

    return sum(map(cells, shown))
