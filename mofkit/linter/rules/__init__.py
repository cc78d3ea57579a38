"""The rules, a file each, in a folder for each family; `mofkit/linter/registry.py` lists them."""
