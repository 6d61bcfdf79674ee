"""The record to be gone through in a browser: pages that lead to one another.

Imports the pages beside it and the lists of `answerable.projections.listing`; the command line
may import it, and no projection.
"""
