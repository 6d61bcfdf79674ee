"""Ask the same of every case, in several processes where there are many.

Imports `shared` and the modules of the commands that judge; these import it when they are run.
"""
