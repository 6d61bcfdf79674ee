"""Events on their way in and out: JSON lines, import, export, restore.

Imports the ledger and below; any floor above may import it.
"""
