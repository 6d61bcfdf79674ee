"""Make registers of answers: tables as data, which `output` writes as CSV, XLSX and Markdown.

A function an answer, in the folder of its chapter. Imports any floor below; the report may import
it, and no other projection.
"""
