"""The parts that commands have in common: options, output, keys, references to events, and trust.

Imports no command; every command may import it.
"""
