"""Define what a policy may say: rules of a closed vocabulary, calendars, and terms of time.

It does no I/O. It imports the kinds, fields, dates and zones of the domain; what judges by a policy
is in `answerable.projections.conformance`.
"""
