"""A witness of other logs: cosigns what only grew (C2SP tlog-witness).

Imports `publish` and below; the command line may import it.
"""
