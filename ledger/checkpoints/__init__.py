"""The heads of the log that were signed: keys, rotation, proofs to strangers.

Imports the ledger and below; any floor above may import it.
"""
