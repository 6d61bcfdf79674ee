"""Hold the document of a policy: its rules, its calendar, and how it is read from TOML.

A document is data in a closed vocabulary; nothing in it is ever evaluated. What it amounts to for
a case is in `projections/conformance/`. Imports kinds and what they stand on; models (pydantic) are
loaded where a document is read.
"""
