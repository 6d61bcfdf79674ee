"""Verifying the ledger at hand: that the record is what it was.

Imports whatever in `ledger` it checks; the command line may import it.
"""
