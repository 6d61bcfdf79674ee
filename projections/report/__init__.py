"""The report on one case.

Imports any floor below; the command line may import it, and no projection.
"""
