"""Pragmas and namespaces."""
