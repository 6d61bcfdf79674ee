"""The commands that ask of a case, a person or a party.

Imports `shared`; `measuring` and `replaying` may import it.
"""
