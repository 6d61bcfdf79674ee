"""The command `replay`, as a text and step by step.

Imports `shared` and `asking`; nothing imports it.
"""
