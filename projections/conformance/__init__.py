"""Judge cases by policies: whether each was decided as it should have been.

Imports `bar_register`, `timeline`, `evidence` and below; any floor above may import it.
"""
