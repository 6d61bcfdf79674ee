"""What the commands have in common: options, output, references, names.

Imports no command; every command may import it.
"""
