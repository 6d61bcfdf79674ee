"""The commands that judge by policies: check.

Imports `shared`; no other command imports it.
"""
