"""The disk, processes and the web, as the ledger needs them.

Imports `errors` and the domain; any floor above may import it.
"""
