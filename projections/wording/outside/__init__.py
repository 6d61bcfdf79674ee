"""Say how agreements and proceedings outside of the house stand.

Imports what they are, and the wording above it; answers import it.
"""
