"""The heads of the log that were signed: keys, rotation, proofs to strangers.

Imports the ledger and below; `publish`, `timestamp`, `bundle` and `verify` may import it.
"""
