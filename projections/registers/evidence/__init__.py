"""Make registers of the exhibits, and of who kept them.

Imports what `registers` may.
"""
