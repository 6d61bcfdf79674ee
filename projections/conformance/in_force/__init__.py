"""Find which versions of which policies were in force when something happened, and for whom.

Imports the documents of policies, and the facts.
"""
