"""The files that evidence was taken from: found, hashed, held against the record.

Imports the ledger and below; any floor above may import it.
"""
