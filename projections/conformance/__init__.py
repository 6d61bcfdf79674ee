"""Whether a case was handled as the checks require.

Imports `bar_register`, `timeline`, `evidence` and below; any floor above may import it.
"""
