"""How answers are written: JSON, CSV, inert Markdown.

Imports the standard library; every projection above and the command line may import it.
"""
