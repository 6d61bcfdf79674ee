"""Write verdicts, and what falls due, in words and in the formats of other programs.

Pure functions of verdicts; what is written for programs names parties by pseudonyms. It imports the
rest of conformance, which does not import it.
"""
