"""Work out what lies outside of the house's own handling: agreements and proceedings.

Imports the facts, and of accountability the appeals; obligations and answers import it.
"""
