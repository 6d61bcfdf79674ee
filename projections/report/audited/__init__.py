"""The sections of a report that an auditor tests it by: what backs what, and what rules say.

Imports the look-ups of a report and below; `written` imports it.
"""
