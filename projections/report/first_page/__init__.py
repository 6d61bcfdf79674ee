"""The first page of a report: what the case comes to, in sentences.

Imports the look-ups of a report and below; `written` imports it.
"""
