"""Draw, in SVG, what a page shows beside the same in words: the timeline, and derivations.

Imports answers and their wording; the page imports it.
"""
