"""Indexes that find answers quickly and can be made again from the record: views, names, words.

Imports `store` and below; the ledger and what lies above may import it.
"""
