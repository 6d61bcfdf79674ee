"""A written answer as a tree of blocks, whatever it is written as: Markdown, HTML or text.

Imports nothing but the escaping of texts; reports and pages build it, and renderers read it.
"""
