"""The commands that judge by policies - check, what-if, due - and that make and adopt these.

Imports `shared`; no other command imports it.
"""
