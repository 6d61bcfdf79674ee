"""Ask what was meant by what is mistyped, and tell all that is missing, at once.

Imports what commands share; `once` and the commands import it.
"""
