"""What a page draws in SVG, beside the same in words: the timeline, and derivations.

Imports answers and their wording; the page imports it.
"""
