"""One event whole.

Imports any floor below, and what a written answer is made of.
"""
