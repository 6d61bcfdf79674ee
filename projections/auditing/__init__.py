"""Lay out what an auditor asks: what backs each consequence, and what was changed since.

Imports `grounds` and below.
"""
