"""The commands that measure over many cases: metrics, compare, gaps.

Imports `shared`; no other command imports it.
"""
