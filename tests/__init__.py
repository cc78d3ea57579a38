"""The tests: cases in data/<stage>/, shared Python in support.py, fixtures in conftest.py."""
