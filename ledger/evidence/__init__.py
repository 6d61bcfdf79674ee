"""The files that evidence was taken from: found, hashed, held against the record.

Imports the ledger and below; `bundle` and the command line may import it.
"""
