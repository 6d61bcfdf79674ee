"""Lead an answer: a case by its title, a line of a register, a sentence that says it all.

Imports what is worded of single things.
"""
