"""The commands that measure over many cases: metrics, compare, gaps.

Imports `shared` and `asking`; nothing imports it.
"""
