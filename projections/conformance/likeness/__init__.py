"""Find the cases that are alike in all that rules turn on, and judge one of them for all.

Imports the facts, the policies, and what judges say.
"""
