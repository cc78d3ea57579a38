"""Dumps of an `Annotation`: `text` for terminals, `json_` for programs, `html` for browsers.

Each module has one function `render`. They know no format, and show nothing of a file raw.
"""
