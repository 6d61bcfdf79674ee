"""Commands that carry a ledger over: to another store, into a backup, and back.

They import what is in `answerable.cli.shared`, and no command of another group.
"""
