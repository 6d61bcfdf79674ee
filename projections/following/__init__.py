"""Tell what was just recorded, what it lacks, and what usually follows: for receipts and guides.

Imports `grounds` and below, and `titles`; whole answers and commands may import it.
"""
