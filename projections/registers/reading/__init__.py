"""Make registers of what was recorded, and of what is found in it.

Imports what `registers` may.
"""
