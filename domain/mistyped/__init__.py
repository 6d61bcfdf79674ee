"""Find what was meant by what is mistyped.

Imports nothing; anyone may import it.
"""
