"""Make registers of what is open, how long it took, and whether like findings were answered alike.

Imports what `registers` may.
"""
