"""The derivation of a sanction, down to the evidence.

Imports `bar_register`, `timeline`, `evidence` and below; any floor above may import it.
"""
