"""Make registers of verdicts, and of what falls due.

Imports what `registers` may.
"""
