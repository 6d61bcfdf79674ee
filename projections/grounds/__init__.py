"""Find what each act rests on, and what is missing or wrong with that: one source for all answers.

Imports `wording` and below; any floor above may import it.
"""
