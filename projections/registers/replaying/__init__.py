"""Make registers of how a case came to be decided.

Imports what `registers` may.
"""
