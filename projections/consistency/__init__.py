"""Tell whether like findings were answered alike.

Imports `extents` and below; any floor above may import it, documents among them.
"""
