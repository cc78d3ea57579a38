"""The forms of diagnostics, one module each, with one function `render`.

`full` is for people, `concise` for people and editors, `json_` for programs. All of them sort by
file and place, and give text that ends with a line end, or nothing where there is nothing to say.
"""
