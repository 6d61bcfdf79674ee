"""Say what one may search for, and how texts are cut into words.

Imports the rest of the domain; anyone may import it.
"""
