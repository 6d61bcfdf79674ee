"""Write verdicts, and what falls due, in the formats of other programs.

It imports nothing of the engine but its records; what is written out names parties by pseudonyms.
"""
