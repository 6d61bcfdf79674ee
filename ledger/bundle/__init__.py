"""A case handed over in one zip file that proves itself.

Imports `publish`, `timestamp` and below; any floor above may import it.
"""
