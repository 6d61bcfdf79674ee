"""Make registers of who is accountable, who is barred, and which cases there are.

Imports what `registers` may.
"""
