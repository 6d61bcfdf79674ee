"""Know the terminal: how wide its screen is, and that what it cannot say breaks no command.

Imports nothing else of `shared`; all of it may import it.
"""
