"""What a sanction rests on, down to the evidence.

Imports `bar_register`, `timeline`, `evidence` and below; any floor above may import it.
"""
