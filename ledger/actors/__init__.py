"""Signatures of those who record, and who may sign as whom: OpenSSH's formats.

Imports `store` and below; the ledger and what lies above may import it.
"""
