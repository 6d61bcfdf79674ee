"""The command `replay`, as a text and step by step.

Imports `shared`; no other command imports it.
"""
