"""Write the sections of the report on all cases, a module a section.

Imports what it is made of, `across.across`, and what `across` may; `across.written` imports it.
"""
