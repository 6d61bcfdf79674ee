"""The disk, processes and the web, as the ledger needs them.

Imports nothing of answerable but errors; anything in `ledger` may import it.
"""
