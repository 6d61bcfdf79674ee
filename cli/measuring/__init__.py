"""The commands that measure over many cases: metrics, figures, compare, gaps.

Imports `shared`; no other command imports it.
"""
