"""Find, show and compare policies, for all commands of `answerable policy`.

Imports `shared` and what is asked of those who judge; the module `policy` imports it.
"""
