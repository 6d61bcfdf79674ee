"""The steps of a replay in words, for whatever shows them.

Imports the replay, and what it imports.
"""
