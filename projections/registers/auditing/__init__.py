"""Make registers of what backs each consequence, and of what was changed.

Imports what `registers` may.
"""
