"""A written answer as one page of HTML that needs nothing beside itself.

Imports any projection below; the command line may import it, and no projection.
"""
