"""One job each, run in a process of its own, which prints its CPU seconds or bytes as one number.

A process of its own gives every job the same fresh heap and garbage collector. Reading and setting
up are outside the clock unless a worker says otherwise.
"""
