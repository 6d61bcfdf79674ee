"""The people accountable, the sanctions against them, and the obligations still open.

Imports `facts`; any floor above may import it.
"""
