"""The record as it was known by the end of a day, and what readers that narrow it are made of.

It imports the fold, which tells the zone of a case; what looks at the record imports it.
"""
