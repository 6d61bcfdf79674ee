"""The keys of a ledger, their passphrase, and what commands that sign or verify have in common.

Imports the rest of `shared`; every command may import it.
"""
