"""A witness of other logs: cosigns what only grew (C2SP tlog-witness).

Imports `publish`, `timestamp` and below; any floor above may import it.
"""
