"""The command `evidence` and its subcommands.

Imports `shared` and `recording`; no other command imports it.
"""
