"""Have an answer written as one asks for it: the options of it, alike for every answer, and where.

Imports what `shared` may; every command may import it.
"""
