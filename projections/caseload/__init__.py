"""Tell what one case adds to the figures over all cases: reports, outcome, steps, money.

Imports `timeline`, `consistency` and below; any floor above may import it.
"""
