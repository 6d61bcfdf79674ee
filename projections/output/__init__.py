"""Write answers: JSON, CSV, inert Markdown.

Imports `wording` and below; any floor above may import it.
"""
