"""Pages on another day than today: which times are asked about, and what falls due by a day.

It may import what `answerable.projections.pages.browsing` may.
"""
