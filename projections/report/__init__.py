"""The report on one case.

Imports whatever lies below; the command line may import it.
"""
