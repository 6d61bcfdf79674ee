"""Measure how long each step took over many cases, and count how many things stand how.

Imports `bar_register`, `timeline`, `evidence` and below; any floor above may import it.
"""
