"""The command `evidence` and its subcommands.

Imports `shared` and `recording`; nothing imports it.
"""
