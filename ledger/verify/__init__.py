"""Verifying the ledger at hand: that the record is what it was.

Imports any floor below; the command line may import it, and nothing in `ledger`.
"""
