"""Judge a case by what rules found in others that answered the same to all that they asked.

Imports the facts, the policies, and what judges say.
"""
