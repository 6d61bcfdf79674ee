"""Judge by policies - check, what-if, due - and make and adopt these.

Imports `shared`; no other command imports it.
"""
