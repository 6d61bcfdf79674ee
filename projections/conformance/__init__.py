"""Checks of whether a case was handled as required.

Imports `bar_register`, `timeline`, `evidence` and below; any floor above may import it.
"""
