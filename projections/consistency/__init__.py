"""Tell whether like findings were answered alike.

Imports `bar_register`, `timeline`, `evidence` and below; any floor above may import it.
"""
